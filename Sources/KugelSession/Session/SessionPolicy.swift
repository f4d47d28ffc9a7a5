import KugelWire

/// How patient a session is, and what it does when its connection goes.
package struct SessionPolicy: Equatable, Sendable {
  package enum OnDrop: String, CaseIterable, Sendable {
    /// Go on with the first sample not yet received.
    case resume
    /// Speak the turn again from its start.
    case restart
    case fail
  }

  /// Longest wait for a connection, each time one is tried.
  package var connectTimeout: Duration? = .seconds(5)
  /// Longest wait for the first audio of a turn whose text is complete.
  package var firstTimeout: Duration? = .seconds(10)
  /// Longest silence of the service within the audio of such a turn.
  package var stallTimeout: Duration? = .seconds(10)
  /// Longest time from the session's start to its end.
  package var totalTimeout: Duration?
  /// How long a cancelled turn may take to be acknowledged.
  package var cancelTimeout: Duration = .seconds(5)
  package var retries = 3
  /// A service that asks to wait longer is not tried again.
  package var longestPause: Duration = .seconds(30)
  package var onDrop = OnDrop.resume
  /// Unicode scalars that one turn on the wire may hold.
  package var charactersPerTurn = 10_000
  /// Contexts that a connection may hold at once.
  package var contextLimit = 20
  /// How often a context without anything to say is told to stay; half of what services wait.
  package var keepAlive: Duration = .seconds(10)
  /// Silence behind the last chunk after which a context's turn is over, for services without `final`.
  package var quietTimeout: Duration = .seconds(2)

  package init() {}

  /// The pause before try `attempt` (from 1): 0.1, 0.5, then 2 s, each up to a quarter longer.
  ///
  /// - Parameter chance: 0..<1, spreads clients that failed together.
  package static func pause(before attempt: Int, chance: Double) -> Duration {
    let base: Duration =
      switch attempt {
      case ...1: .milliseconds(100)
      case 2: .milliseconds(500)
      default: .seconds(2)
      }
    return base + base * (chance / 4)
  }

  /// The pause before try `attempt` after a loss; nil when trying again is not allowed or cannot help.
  func pause(before attempt: Int, after loss: ServiceFailure, chance: Double) -> Duration? {
    guard attempt <= retries, let wish = loss.replayDelay, wish <= longestPause / .seconds(1)
    else { return nil }
    return max(Self.pause(before: attempt, chance: chance), .seconds(wish))
  }
}
