import KugelAudio
import KugelClient
import KugelConversation
import KugelSession
import KugelText
import KugelWire

/// Everything `say` or `stream` was asked to do, checked as far as that needs neither engine nor device.
@dynamicMemberLookup
package struct SpeechRequest: Equatable, Sendable {
  package var source: TextSource
  /// What ends a turn.
  package var turnEnd = TurnEnd.endOfInput
  package var preset = Preset.balanced
  /// What is copied to standard output.
  package var tee: Tee?
  /// Whether what would be said is printed, and nothing is said.
  package var prints = false
  /// How the text is to be read.
  package var text = TextRequest()
  /// How to read it where a model or an agent may have written it.
  package var answers = AnswerRequest()
  /// Whether it comes as a program or a model writes it.
  package var flows = false

  package var engine = EngineName.offline
  /// nil leaves it to the engine, or to `language`.
  package var voice: VoiceReference?
  /// A language tag such as `de` or `en-gb`.
  package var language: String?
  /// 1 is the voice's normal pace (175 words a minute); within `engine.speeds`.
  package var speed = 1.0
  /// 0...100, 50 is the voice's own.
  package var pitch = 50

  /// What was asked for with options of the engine; absent ones are the engine's own.
  package var settings = TurnSettings()
  /// What the engine understands alone, by its own names.
  package var engineOptions: [String: String] = [:]
  /// Of an engine that is somebody else's program.
  package var limits = Timeouts()
  /// Set when a service elsewhere speaks.
  package var service: ServiceRequest?

  /// Outputs, messages, and what else all speaking commands share.
  package var run = RunRequest()

  /// Set for a conversation.
  package var style: ConversationStyle?
  /// Whether `/save` may replace files.
  package var overwritesRecordings = false

  package init(source: TextSource) { self.source = source }

  /// Whether turn follows turn, with silence in between for as long as it takes.
  package var takesTurns: Bool { style != nil || turnEnd != .endOfInput }

  package subscript<Value>(dynamicMember path: WritableKeyPath<RunRequest, Value>) -> Value {
    get { run[keyPath: path] }
    set { run[keyPath: path] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<RunRequest, Value>) -> Value {
    run[keyPath: path]
  }
}

/// What of a text is copied on.
package enum Tee: String, ChoiceValue {
  /// Unchanged and at once.
  case written
  /// The bytes of a model's stream, where the answer in them is spoken.
  case raw
  /// As the voice gets it, when it is heard.
  case spoken

  package var meaning: String {
    switch self {
    case .written: "the text as it comes, unchanged and at once; of a model's stream the answer"
    case .raw: "the input as it comes, whatever it is"
    case .spoken: "the text as the voice gets it, in step with the voice"
    }
  }
}

/// Where the text comes from.
package enum TextSource: Equatable, Sendable {
  /// Known completely; not empty unless `allowsEmpty`.
  case words(String)
  /// Paths in order; `-` is standard input. `Host.openInput` opens each.
  case files([String])
  /// Spoken as it arrives.
  case standardInput
}

package struct SpeakerOutput: Equatable, Sendable {
  /// ALSA's name or a unique start of one; nil is the default device.
  package var device: String?
  package var settings = PlaybackSettings()
  /// Decibels.
  package var volume = 0.0

  package init(device: String? = nil) { self.device = device }
}

package struct FileOutput: Equatable, Sendable {
  /// `-` is standard output.
  package var path: String
  package var format: AudioFormat
  /// Hz, one that the format holds; nil leaves it to format and engine.
  package var rate: Int?
  /// Whether a file that is there may be replaced.
  package var overwrite: Bool
  package var pace = Pace.fast
  /// Decibels that the sound is raised by.
  package var volume = 0.0
  /// Silence before the first sound.
  package var leadIn = Duration.zero

  package init(path: String, format: AudioFormat, rate: Int? = nil, overwrite: Bool = false) {
    self.path = path
    self.format = format
    self.rate = rate
    self.overwrite = overwrite
  }
}

package enum Verbosity: Equatable, Sendable {
  case quiet, normal, verbose
  /// With every message on the wire.
  case wire
}

extension SpeechRequest {
  /// Whether words come that somebody may type.
  package var readsStandardInput: Bool {
    switch source {
    case .standardInput: true
    case .files(let paths): paths.contains("-")
    case .words: false
    }
  }
}
