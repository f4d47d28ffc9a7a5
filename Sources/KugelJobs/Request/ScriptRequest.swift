import KugelAudio
import KugelText
import KugelWire

/// Everything `multi` was asked to do, checked as far as that needs neither script nor engine.
@dynamicMemberLookup
package struct ScriptRequest: Equatable, Sendable {
  package enum Purpose: Equatable, Sendable { case speak, check, convert }

  /// nil is standard input.
  package var path: String?
  package var purpose = Purpose.speak
  /// Whether names without a voice get one.
  package var castsUndeclared = false
  /// Of voices that name none.
  package var engine = EngineName.offline
  /// Whether nobody chose it: a voice that it has not is somebody else's then.
  package var isEngineOpen = false
  /// What the engine understands alone, by its own names.
  package var engineOptions: [String: String] = [:]
  /// What the service that is spoken with usually is reached by.
  package var service = ServiceRequest()
  /// And the others, by what speaks.
  package var otherServices: [EngineName: ServiceRequest] = [:]
  /// Of voices that have none; nil leaves it to the engine, or to the language.
  package var voice: VoiceReference?
  /// Of voices that have none.
  package var language: String?
  /// Of voices that say none.
  package var pace = SpeakingPace(rate: nil, speed: nil)
  /// What was asked for with options of the engine, for all its voices.
  package var settings = TurnSettings()
  /// How its lines are to be read.
  package var text = TextRequest()
  /// Lines that are spoken while an earlier one is heard.
  package var ahead = 3
  /// 1, or 2 for left and right.
  package var channels = 1

  /// Outputs, messages, and what else all speaking commands share.
  package var run = RunRequest()
  /// Folder for a file of each speaker.
  package var stems: String?
  /// Folder for a file of each line.
  package var lines: String?
  /// Of the files in those folders.
  package var partFormat = AudioFormat.wav
  /// Hz; nil leaves it to format and mix.
  package var partRate: Int?
  /// Decibels that their sound is raised by.
  package var partVolume = 0.0
  /// Silence before the first sound of each speaker's file.
  package var partLeadIn = Duration.zero
  package var overwrite = false

  package init(path: String?) { self.path = path }

  package var readsStandardInput: Bool { path == nil }
  package subscript<Value>(dynamicMember path: WritableKeyPath<RunRequest, Value>) -> Value {
    get { run[keyPath: path] }
    set { run[keyPath: path] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<RunRequest, Value>) -> Value {
    run[keyPath: path]
  }

  package func service(of engine: EngineName) -> ServiceRequest {
    otherServices[engine] ?? service
  }

  /// What messages call the script.
  package var scriptName: String { path ?? "standard input" }
}
