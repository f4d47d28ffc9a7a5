import KugelAudio
import KugelService
import KugelSession
import KugelSystem
import KugelText
import KugelWire

/// Everything a run is made of.
package struct SpeechSetup {
  package var settings: TurnSettings
  package var policy = SessionPolicy()
  /// A service elsewhere posts its news to the inbox as `.link`.
  package var service: ServicePlace
  /// Their `onChange` posts `.sinkChanged` to the inbox.
  package var sinks: [SinkRunner]
  /// The speakers; its sinks' `onChange` posts `.sinkChanged` too.
  package var playback: (any Playback)?
  /// Files hold what was heard and nothing else.
  package var recordsHeard = false
  /// Opens a recording; throws what people are told.
  package var makeRecorder: (String) throws(ConversationProblem) -> SinkRunner = {
    (path) throws(ConversationProblem) in throw ConversationProblem("nothing can be recorded here")
  }
  /// For a conversation that has to know the voices. Called on a thread of its own; may block.
  package var listVoices: @Sendable () -> Result<[Voice], ConversationProblem> = { .success([]) }
  /// Taken for each turn; nil: the speakers are ours throughout, or nobody's.
  package var floor: TurnFloor?
  package var events: EventLog?
  /// Seconds of audio that may wait for the slowest sink before reading stops.
  package var queueSeconds: Double
  /// Where the input's bytes are copied to, as they come.
  package var copyTo: CInt?
  package var inbox: Inbox<SpeechRun.Event>
  package var observer: (any SpeechObserver)?

  package init(
    settings: TurnSettings, service: ServicePlace, sinks: [SinkRunner], queueSeconds: Double,
    inbox: Inbox<SpeechRun.Event>
  ) {
    self.settings = settings
    self.service = service
    self.sinks = sinks
    self.queueSeconds = queueSeconds
    self.inbox = inbox
  }
}

/// Looks on while a run goes on; called on the run's thread.
package protocol SpeechObserver: AnyObject {
  /// Time between two calls of `look`.
  var interval: Duration { get }
  /// Text as it was given, in order.
  func hear(text: String)
  /// No text follows.
  func hearEnd()
  func look(at now: ContinuousClock.Instant)
}

/// How a run ended.
package struct SpeechOutcome {
  package var reports: [TurnReport] = []
  /// The service could not be used at all.
  package var failure: SessionFailure?
  package var sinkErrors: [SinkError] = []
  /// The input that could not be read, and the error number.
  package var inputError: (name: String, code: CInt)?
  /// The error number when the input could not be copied on.
  package var copyError: CInt?
  package var signal: CInt?
  /// Another process played, and that was not to be waited for.
  package var speakersWereTaken = false
  /// Of sound that was given to files.
  package var writtenSeconds = 0.0
  /// The input was read to its end.
  package var hasWholeInput = false

  package init() {}

  /// Whether there was anything to say.
  package var hadText: Bool { reports.contains { $0.ending != .empty } }
}

/// What a run tells while it goes on.
package enum SpeechNotice {
  case session(SpeechSession.Action)
  case invalidText(in: String, offset: Int)
  /// A connection was made.
  case opened
  /// The sound broke off within a turn and goes on; `cushion` is what is waited for from now on.
  case ranDry(cushion: Duration)
  /// Another process plays; what is said now is heard when it has ended.
  case waitingForOthers
}
