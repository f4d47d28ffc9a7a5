import Glibc

/// What to do when a sound device refuses samples. Pure: codes in, decisions out.
struct PlaybackRecovery {
  enum Event: Equatable, Sendable {
    /// A write took samples.
    case progress
    /// A write failed with this negated `errno`.
    case write(CInt)
    /// The answer to `.resume`: 0 or a negated `errno`.
    case resumed(CInt)
    /// The answer to `.prepare`: 0 or a negated `errno`.
    case prepared(CInt)
  }

  enum Action: Equatable, Sendable {
    /// Write the same samples (again).
    case write
    /// Make a device that ran dry or was reset ready, then report.
    case prepare
    /// Wake a suspended device, then report.
    case resume
    /// Wait, then do the second action.
    indirect case wait(milliseconds: CInt, then: Action)
    /// The device is gone or stays stuck; the code says why.
    case giveUp(CInt)
  }

  /// Failures without a sample taken in between, after which a device counts as stuck.
  static let limit = 100

  /// Times the device ran dry.
  private(set) var underruns = 0
  private var failures = 0

  mutating func receive(_ event: Event) -> Action {
    switch event {
    case .progress:
      failures = 0
      return .write
    case .prepared(0), .resumed(0):
      return .write
    case .write(let code), .resumed(let code), .prepared(let code):
      failures += 1
      guard failures < Self.limit else { return .giveUp(code) }
      return decide(event, code)
    }
  }

  private mutating func decide(_ event: Event, _ code: CInt) -> Action {
    switch (event, -code) {
    case (.resumed, EAGAIN): return .wait(milliseconds: 50, then: .resume)
    case (_, EINTR): return .write
    case (_, EAGAIN): return .wait(milliseconds: 5, then: .write)
    case (.prepared, _): return .giveUp(code)
    // The hardware cannot continue where it stopped; it can start afresh.
    case (.resumed, _): return .prepare
    case (.write, EPIPE):
      underruns += 1
      return .prepare
    case (.write, ESTRPIPE): return .resume
    // The device is in a state that takes no samples, as after a stop by someone else.
    case (.write, EBADFD): return .prepare
    case (.write, _), (.progress, _): return .giveUp(code)
    }
  }
}
