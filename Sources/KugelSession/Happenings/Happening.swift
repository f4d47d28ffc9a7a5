import KugelText
import KugelWire

/// One thing that happened in a run, as whoever looks on is told of it: programs that read events,
/// whoever reads the status line, the text that is marked while it is heard, a conversation, the
/// summary at the end.
package struct Happening: Equatable, Sendable {
  package var what: What
  package var at: ContinuousClock.Instant
  /// Counts from 1; nil for what concerns the connection or the run.
  package var turn: Int?
  /// Where there are several.
  package var context: String?
  /// Of the input, where the text stands; counts from 1.
  package var line: Int?

  package init(
    _ what: What, at: ContinuousClock.Instant, turn: Int? = nil, context: String? = nil,
    line: Int? = nil
  ) {
    self.what = what
    self.at = at
    self.turn = turn
    self.context = context
    self.line = line
  }

  /// Most are sound, and are to be small: what is larger and seldom stands apart.
  package enum What: Equatable, Sendable {
    // The connection.
    case connecting
    /// - `parts`: of connecting, as far as they are known; `total`: from `connecting` on.
    case connected(ConnectTimes?, total: Duration?)
    /// The turn goes over a connection that was there.
    case reused
    indirect case retrying(attempt: Int, after: Duration, cause: ServiceFailure)
    /// The turn goes on over a new connection; `source`: where in the input, if that is known.
    case resumed(source: Int?)
    /// Connecting failed for good, and no turn was there to fail with it.
    indirect case unreachable(SessionFailure)
    indirect case settingsUpdated(SettingsInEffect)
    indirect case settingsRefused(ServiceError)
    /// So many contexts take up a place at the service.
    case contexts(active: Int)
    /// The service has closed the context, and says what it cost.
    indirect case contextClosed(usage: Usage?)
    /// Nothing was said for a while, and the connection was kept alive.
    case keptAlive
    /// The service has said what it calls this connection.
    case greeted(session: String)

    // The text.
    case turnBegan
    /// Input was read that is of the turn; `at`: its place in the input.
    case written(String, at: Int)
    /// Text was sent; `from`: where in the input each of its scalars came from.
    case text(String, from: SourceMap)
    /// The service began a chunk.
    indirect case segment(Segment)
    case words([Word])

    // The sound.
    case sound(Sound)
    /// Where several sound together: the turn's sound begins so many seconds into the run's.
    case placed(at: Double)
    case firstByte(after: Duration)
    /// The first audible sample: heard where there are speakers, else received.
    case firstSound(after: Duration)
    /// The first audible sample of the turn has left the speakers, at the moment given.
    case soundReached(at: ContinuousClock.Instant)
    /// The speakers had nothing to play within the turn; `cushion` is what is waited for from now on.
    case ranDry(cushion: Duration)

    // The end.
    /// The service has finished with the turn.
    indirect case turnEnded(SpokenTurn, TurnReport)
    /// Everything received for the turn has been played.
    indirect case heard(SpokenTurn)
    /// The turn was cut short, and the service told.
    indirect case cut(SpokenTurn)
    /// The session is over.
    case finished
  }

  /// A text chunk that the service began.
  package struct Segment: Equatable, Sendable {
    package var chunk: Int
    package var text: String
    /// Where it stands in the input, when it can be found there.
    package var source: Range<Int>?
    /// Where it stands in what was sent of the turn, likewise.
    package var said: Range<Int>?
    /// Seconds of the run's sound before it, as far as that is known now; `Sound` knows better.
    package var startsAt: Double
  }

  /// A piece of sound that was received.
  package struct Sound: Equatable, Sendable {
    package var chunk: Int
    package var samples: Int
    /// Samples of the turn with it.
    package var total: Int
    /// Seconds of the run's sound before it.
    package var startsAt: Double
    package var seconds: Double
  }

  package struct Word: Equatable, Sendable {
    package var text: String
    package var chunk: Int
    /// Where it is in the turn's sound.
    package var samples: Range<Int>
    /// Seconds of the run's sound before it.
    package var startsAt: Double
    /// Where it stands in the input, when it can be found there.
    package var source: Range<Int>?
    /// Where it stands in what was sent of the turn, likewise.
    package var said: Range<Int>?
    package var score: Double
  }
}
