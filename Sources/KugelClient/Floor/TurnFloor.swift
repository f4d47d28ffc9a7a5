import KugelSystem

/// Takes the speakers while something is being said, and leaves them to others in between: for
/// processes that are mostly silent. Used on one thread.
package final class TurnFloor {
  package enum Claim: Equatable, Sendable {
    case granted
    /// Somebody else speaks; `granted` is called once they do not.
    case waiting
    /// Somebody else speaks, and nobody wants to wait.
    case refused
  }

  private enum State { case free, waiting, held }

  private let floor: SpeechFloor
  private let queue: SpeechFloor.Queue
  private let told: @Sendable (FloorNotice) -> Void
  private let granted: @Sendable () -> Void
  private var state = State.free
  /// A thread waits for the speakers, wanted or not.
  private var isQueued = false

  /// - Parameters:
  ///   - told: hears on another thread who is no longer waited for.
  ///   - granted: called on another thread; brings the news to the owner's thread, which calls `take`.
  package init(
    _ floor: SpeechFloor, queue: SpeechFloor.Queue,
    told: @escaping @Sendable (FloorNotice) -> Void = { _ in },
    granted: @escaping @Sendable () -> Void
  ) {
    self.told = told
    self.floor = floor
    self.queue = queue
    self.granted = granted
    floor.become(.silent)
  }

  package var isFree: Bool { state == .free }
  package var isWaiting: Bool { state == .waiting }

  /// Something is about to be said.
  package func claim() -> Claim {
    guard state == .free else { return state == .held ? .granted : .waiting }
    if queue == .replace { floor.stopOthers() }
    if queue != .mix && (isQueued || !floor.tryToEnter()) {
      if queue == .fail { return .refused }
      if !isQueued {
        let (floor, told, granted) = (floor, told, granted)
        let isUnderWay = try? Thread(name: "kugel-floor") {
          floor.enterWhenFree(told: told)
          granted()
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
    return hold()
  }

  private func hold() -> Claim {
    state = .held
    floor.become(.speakers)
    return .granted
  }

  /// What was waited for is ours.
  ///
  /// - Returns: whether it is still wanted.
  package func take() -> Bool {
    isQueued = false
    guard state == .waiting else {
      floor.yield()
      return false
    }
    _ = hold()
    return true
  }

  /// Nothing is left to be heard.
  package func release() {
    guard state != .free else { return }
    if state == .held { floor.yield() }
    floor.become(.silent)
    state = .free
  }
}
