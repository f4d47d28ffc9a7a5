import KugelSession
import KugelText
import KugelWire

// What a conversation is told, what it asks for, and what it says.
extension Conversation {
  package struct Setup: Sendable {
    package var style: ConversationStyle
    /// To choose from by name; nil: `listVoices` asks for them when they are needed.
    package var voices: VoiceCatalogue?
    /// The service may know voices that it does not list.
    package var takesUnlistedVoices: Bool
    /// Where a voice speaks one language only: the usual voice of a language. Another language is
    /// another voice then.
    package var voiceForLanguage: (@Sendable (String) -> Voice?)?
    /// What may be set; tells what needs another connection.
    package var offer: SettingOffer?
    /// Those at the start.
    package var settings = TurnSettings()

    package init(
      style: ConversationStyle, voices: VoiceCatalogue? = nil, takesUnlistedVoices: Bool = false
    ) {
      self.style = style
      self.voices = voices
      self.takesUnlistedVoices = takesUnlistedVoices
    }
  }

  package enum Event: Sendable {
    case input(ConversationRequest)
    case endOfInput
    /// Ctrl-C at a terminal: barge-in; a second one within a second leaves.
    case interrupt
    /// What is being said is over.
    case skip
    /// Silence, then leave.
    case stop
    /// What the run has seen; `Happenings` have counted it.
    case happened([Happening])
    /// The sound was cut as wished, and what came of that.
    case silenced([Happening])
    /// The position of the sound was looked at, and what came of that.
    case looked([Happening])
    case togglePause
    /// The answer to `record`; `error` is why it could not be done.
    case recording(path: String?, error: String?, Origin)
    /// The answer to `listVoices`.
    case voices(Result<[Voice], ConversationProblem>)
    /// The position was looked at before.
    case tick
  }

  package enum Action: Sendable {
    case session(SpeechSession.Event)
    case reply(Answer)
    /// Cut the sound now and report `silenced`.
    case silence
    case pause(Bool)
    /// Go a sentence back, or on.
    case go(back: Bool)
    case volume(decibels: Double)
    case record(String?, Origin)
    /// Report `voices` once they are known; meanwhile everything else goes on.
    case listVoices
  }

  /// Where a command came from.
  package struct Origin: Equatable, Sendable {
    package var line: Int?
    package var id: RequestID?
    package var operation: String?

    init() {}
    init(_ input: ConversationRequest) {
      line = input.line
      id = input.id
      operation = input.operation
    }
  }

  package struct Answer: Equatable, Sendable {
    package var reply: ConversationReply
    package var turn: Int?
    package var origin: Origin

    init(reply: ConversationReply, turn: Int?, origin: Origin) {
      self.reply = reply
      self.turn = turn
      self.origin = origin
    }

    package init(_ reply: ConversationReply, origin: Origin) {
      self.init(reply: reply, turn: nil, origin: origin)
    }
  }

  /// Why nothing is said any more, though more was to be said.
  enum Leaving: Equatable, Sendable {
    /// The service will not answer any more.
    case gone(SessionFailure)
    /// Whoever was at the terminal left by interrupting.
    case interrupted
  }
}
