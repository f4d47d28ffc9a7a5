import KugelAudio
import KugelConnections
import KugelConversation
import KugelSession
import KugelSystem
import KugelText
import KugelWire

/// What a run of one voice is made of, besides what every run is.
package struct SpeechSetup {
  package var settings: TurnSettings
  package var policy = SessionPolicy()
  package var connection: any SpeechConnection
  /// Whether somebody wants to know what of a text was heard.
  package var keepsTexts = false
  /// Opens a recording; throws what people are told.
  package var makeRecorder: (String) throws(ConversationProblem) -> SinkRunner = {
    (path) throws(ConversationProblem) in throw ConversationProblem("nothing can be recorded here")
  }
  /// For a conversation that has to know the voices. Called on a thread of its own; may block.
  package var listVoices: @Sendable () -> Result<[Voice], ConversationProblem> = { .success([]) }

  package init(settings: TurnSettings, connection: any SpeechConnection) {
    self.settings = settings
    self.connection = connection
  }
}

/// How a run of one voice ended.
@dynamicMemberLookup
package struct SpeechOutcome {
  package var run = RunOutcome()
  package var turns = TurnTally()
  /// The service could not be used at all.
  package var failure: SessionFailure?
  /// Of sound that was heard, or written where nothing was played.
  package var heardSeconds = 0.0
  /// From the first text to the first sound of the first turn that had any.
  package var timeToFirstSound: Duration?
  /// The input was read to its end.
  package var hasWholeInput = false

  package init() {}

  package subscript<Value>(dynamicMember path: KeyPath<RunOutcome, Value>) -> Value {
    run[keyPath: path]
  }
}
