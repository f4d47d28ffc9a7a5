import Synchronization

/// What a paced sink has let through, and what holds it; for any thread. Made before there is a sink.
package final class PaceControl: Sendable {
  private struct State {
    var passed = 0
    var seconds = 0.0
    var isPaused = false
    var isFrozen = false
    var isCut = false
    /// Hushes asked for, and those that the sink has carried out: in between it lets nothing through.
    var (asked, done) = (0, 0)

    var isHushing: Bool { asked != done }
  }

  /// What is to become of a frame.
  enum Fate { case passes, waits, isDropped }

  private let state = Mutex(State())
  private let wake = Wake()

  package init() {}

  /// Samples let through, of all channels; no more follow those of before a silence.
  package var passed: Int { state.withLock { $0.passed } }
  /// How long they sound.
  package var seconds: Double { state.withLock { $0.seconds } }

  /// Lets nothing through until it is told to go on.
  package func pause(_ paused: Bool) {
    state.withLock { $0.isPaused = paused }
    wake.signal()
  }

  /// Silence: of what was given until `hush` returns nothing more is let through, however far its way
  /// through queues has been.
  ///
  /// - Parameter hush: makes the sink's runner drop what it has.
  /// - Returns: samples that had been let through.
  package func silence(_ hush: () -> Void) -> Int {
    let passed = state.withLock { state in
      state.isFrozen = true
      return state.passed
    }
    hush()
    state.withLock { $0.isFrozen = false }
    wake.signal()
    return passed
  }

  // MARK: The sink

  func hush() {
    state.withLock { $0.asked += 1 }
    wake.signal()
  }

  func wasHushed() { state.withLock { $0.done += 1 } }

  func cut() {
    state.withLock { $0.isCut = true }
    wake.signal()
  }

  /// Asked when the frame is due; one that passes is counted.
  func claim(_ samples: Int, seconds: Double) -> Fate {
    state.withLock { state in
      if state.isCut || state.isHushing { return .isDropped }
      if state.isPaused || state.isFrozen { return .waits }
      state.passed += samples
      state.seconds += seconds
      return .passes
    }
  }

  /// Whether what is being written need not be any more.
  var isOver: Bool { state.withLock { $0.isCut || $0.isHushing } }

  /// Returns when time is up, or something has changed.
  func wait(_ time: Duration?) { wake.wait(time) }
}
