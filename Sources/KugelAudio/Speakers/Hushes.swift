import Synchronization

/// The hushes of one run of the speakers: asked for on any thread, each answered by the feeding thread
/// once it has dropped what it had, with the place where the new sound begins.
final class Hushes: Sendable {
  struct State: Equatable {
    /// How often silence was asked for.
    var asked = 0
    /// How many of them the feeding side has answered.
    var answered = 0
    /// Ring position of the first sample after the last answer.
    var freshFrom = 0
  }

  private let shared = Mutex(State())

  var state: State { shared.withLock { $0 } }

  func ask() { shared.withLock { $0.asked += 1 } }

  func answer(freshFrom position: Int) {
    shared.withLock { state in
      state.answered += 1
      state.freshFrom = position
    }
  }
}

/// Where a hush stands for the playing thread. Pure.
struct HushCourse {
  enum Step: Equatable {
    /// Fall silent; then what arrives is dropped.
    case fall
    /// What arrives is old: drop it.
    case discard
    /// Go on at this ring position.
    case goOn(from: Int)
  }

  private enum Phase {
    case sounding(over: Int)
    /// What arrives is old until hush `asked` is answered.
    case discarding(asked: Int, over: Int)
  }

  private var phase = Phase.sounding(over: 0)
  /// Frames of the source that were dropped unheard.
  private(set) var dropped = 0
  /// Frames of the source that had been heard when the last hush was over.
  private(set) var start = 0

  /// Hushes that are over.
  var over: Int {
    switch phase {
    case .sounding(let over), .discarding(_, let over): over
    }
  }

  /// - Parameter heard: the ring position that was heard last.
  /// - Returns: nil when nothing is hushed.
  mutating func next(_ state: Hushes.State, heard: Int) -> Step? {
    switch phase {
    case .sounding(let over):
      guard state.asked > over else { return nil }
      phase = .discarding(asked: state.asked, over: over)
      return .fall
    case .discarding(let asked, let over):
      if state.asked > asked {
        phase = .discarding(asked: state.asked, over: over)
        return .fall
      }
      guard state.answered >= asked else { return .discard }
      phase = .sounding(over: asked)
      start = heard - dropped
      dropped += state.freshFrom - heard
      return .goOn(from: state.freshFrom)
    }
  }
}
