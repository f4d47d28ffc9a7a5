import KugelQueue
import KugelSystem

/// Takes the speakers while something is being said, and leaves them to others in between. Used on one
/// thread.
package final class TurnFloor {
  package enum Claim: Equatable, Sendable {
    case granted
    /// Somebody else speaks; `granted` is called once they do not.
    case waiting
    /// Somebody else speaks, and nobody wants to wait.
    case refused
  }

  /// What comes of a wait.
  package enum Grant: Equatable, Sendable {
    case granted
    case dropped(QueueRules.Drop)
    /// Nobody waited any more.
    case unwanted
  }

  private enum State { case free, waiting, held }

  private let floor: SpeechFloor
  private let queue: SpeechFloor.Queue
  private let wish: QueueWish
  private let told: @Sendable (FloorNotice) -> Void
  private let granted: @Sendable (Grant) -> Void
  private var state = State.free
  /// A thread waits for the speakers, wanted or not.
  private var isQueued = false

  /// - Parameters:
  ///   - isHeld: the speakers were taken for this already.
  ///   - told: hears on another thread who is waited for, and who no longer.
  ///   - granted: called on another thread; brings the news to the owner's thread, which calls `take`.
  package init(
    _ floor: SpeechFloor, queue: SpeechFloor.Queue, wish: QueueWish = QueueWish(),
    isHeld: Bool = false, told: @escaping @Sendable (FloorNotice) -> Void = { _ in },
    granted: @escaping @Sendable (Grant) -> Void
  ) {
    self.told = told
    self.floor = floor
    self.queue = queue
    self.wish = wish
    self.granted = granted
    if isHeld { state = .held } else { floor.become(.silent) }
  }

  /// Who speaks.
  package var source: String? { wish.source }
  /// The beginning of what is said, where it was known before it began.
  package var title: String? { wish.title }
  package var isFree: Bool { state == .free }
  package var isWaiting: Bool { state == .waiting }

  /// Something is about to be said.
  package func claim() -> Claim {
    guard state == .free else { return state == .held ? .granted : .waiting }
    if queue == .mix {
      floor.mix(wish)
      return hold()
    }
    if queue == .replace { floor.stopOthers() }
    if queue == .fail {
      floor.place.enter(wish, .waiting)
      if !isQueued, floor.take() { return hold() }
      floor.place.leave()
      return .refused
    }
    // A thread that still waits for an earlier turn waits for this one too.
    floor.enlist(wish)
    if !isQueued, floor.tryToEnter() { return hold() }
    return wait()
  }

  /// This process was suspended, and has lost the speakers meanwhile: it waits for them again.
  ///
  /// - Returns: whether it was so.
  package func takeLoss() -> Bool {
    guard state == .held, queue != .mix, floor.isLost else { return false }
    told(.lostPlace)
    floor.yield()
    floor.enlist(wish)
    _ = wait()
    return true
  }

  private func wait() -> Claim {
    if !isQueued {
      let (floor, told, granted) = (floor, told, granted)
      let isUnderWay = try? Thread(name: "kugel-turn") {
        var wait = floor.wait()
        while true {
          switch wait.look(told: told) {
          case .granted: return granted(.granted)
          case .dropped(let why): return granted(.dropped(why))
          case .unwanted: return granted(.unwanted)
          case .wait(let time): rest(time)
          }
        }
      }
      // Without a thread to wait there is no turn-taking.
      guard isUnderWay != nil else { return hold() }
      isQueued = true
    }
    state = .waiting
    // Whoever wants silence means those too that would speak next.
    floor.become(.speakers)
    return .waiting
  }

  private func hold() -> Claim {
    state = .held
    floor.become(.speakers)
    return .granted
  }

  /// The wait is over.
  ///
  /// - Returns: whether what was waited for is ours, and still wanted.
  package func take(_ grant: Grant = .granted) -> Bool {
    isQueued = false
    guard state == .waiting else {
      // What was said since is over, too.
      if state == .free { floor.yield() }
      return false
    }
    switch grant {
    case .granted:
      _ = hold()
      return true
    case .unwanted: return wait() == .granted
    case .dropped:
      floor.yield()
      giveUp()
      return false
    }
  }

  /// Nothing is left to be heard.
  package func release() {
    guard state != .free else { return }
    floor.yield()
    giveUp()
  }

  /// What the others are told of what is said.
  package func entitle(_ title: String) { floor.entitle(title) }

  private func giveUp() {
    floor.become(.silent)
    state = .free
  }
}
