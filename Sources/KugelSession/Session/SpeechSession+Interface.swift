import KugelText
import KugelWire

// What a session is told, and what it wants done.
extension SpeechSession {
  package enum Event: Equatable, Sendable {
    /// Connect before there is anything to say.
    case start
    case opened
    indirect case lost(ServiceFailure)
    case received(ServiceMessage)
    /// Settings for the turns to come.
    indirect case configure(TurnSettings)
    indirect case update(SettingsUpdate)
    /// Begins a turn when none is open; its text follows, or there is none.
    case beginTurn
    /// Begins a turn when none is open.
    case text(String)
    case endTurn
    /// Barge-in: every turn that is not finished ends now.
    case cancel
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
    indirect case send(ClientFrame)
    case turnBegan(Int)
    /// A text chunk went to the model.
    case segment(String, chunk: Int, turn: Int)
    case play(AudioFrame, turn: Int)
    case words([WordTime], chunk: Int, turn: Int)
    indirect case settingsUpdated(SettingsInEffect)
    indirect case settingsRefused(ServiceError)
    indirect case retrying(attempt: Int, after: Duration, cause: ServiceFailure)
    /// The turn goes on over a new connection.
    case resumed(turn: Int)
    indirect case turnEnded(TurnReport)
    /// Connecting failed for good while no turn was under way.
    indirect case unreachable(SessionFailure)
    case finished
  }
}
