import KugelText
import KugelWire

// What a session of many contexts is told, and what it wants done.
extension MultiSession {
  package enum Event: Equatable, Sendable {
    /// Connect before there is anything to say.
    case start
    case opened
    case lost(ServiceFailure)
    case received(ServiceFrame)
    /// Makes a context known, and opens it if there is a place. Its settings are complete: where
    /// contexts differ in something, each has to say it, because services keep what was last said.
    case open(String, TurnSettings)
    /// Begins a turn when none is open; the context must be known.
    case text(String, context: String)
    case endTurn(context: String)
    /// The context is not needed any more, once its turns are over.
    case close(context: String)
    /// Barge-in: every turn of the context, or of all, ends now.
    case cancel(context: String?)
    /// For contexts that are opened later.
    case update(SettingsUpdate)
    /// No turn will follow; the session ends when those under way have.
    case finish
    /// Outputs are full and reading stands still, or goes on.
    case held(Bool)
    case tick
  }

  package enum Action: Equatable, Sendable {
    case connect
    /// Drop the connection; what still comes from it is nobody's.
    case disconnect
    case send(ClientFrame)
    /// Turns count from 1 over all contexts.
    case turnBegan(Int, context: String)
    case segment(String, chunk: Int, turn: Int, context: String)
    case play(AudioFrame, turn: Int, context: String)
    case words([WordTime], chunk: Int, turn: Int, context: String)
    case turnEnded(TurnReport, context: String)
    /// The turn goes on over a new connection.
    case resumed(turn: Int, context: String)
    /// The service has closed the context, and says what it cost.
    case contextClosed(String, usage: Usage?)
    case settingsUpdated(SettingsInEffect)
    case settingsRefused(ServiceError)
    case retrying(attempt: Int, after: Duration, cause: ServiceFailure)
    /// Connecting failed for good while no turn was under way.
    case unreachable(SessionFailure)
    case finished
  }
}
