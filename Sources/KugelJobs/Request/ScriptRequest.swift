import KugelAudio

/// Everything `multi` was asked to do, checked as far as that needs neither script nor engine.
package struct ScriptRequest: Equatable, Sendable {
  package enum Purpose: Equatable, Sendable { case speak, check, convert }

  /// nil is standard input.
  package var path: String?
  package var purpose = Purpose.speak
  /// Whether names without a voice get one.
  package var castsUndeclared = false
  /// Of voices that name none.
  package var engine = EngineName.offline
  /// What the engine `kugel` speaks with.
  package var service = ServiceRequest()
  /// Of voices that have none.
  package var language: String?
  /// Lines that are spoken while an earlier one is heard.
  package var ahead = 3
  /// 1, or 2 for left and right.
  package var channels = 1

  /// nil: nothing is played.
  package var speakers: SpeakerOutput?
  /// nil: the mix is not written.
  package var file: FileOutput?
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

  package var allowsEmpty = false
  package var verbosity = Verbosity.normal

  package init(path: String?) { self.path = path }

  package var readsStandardInput: Bool { path == nil }
  /// What messages call the script.
  package var scriptName: String { path ?? "standard input" }
}
