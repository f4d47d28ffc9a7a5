import KugelAudio
import KugelClient
import KugelFloor
import KugelQueue

/// What every command that speaks can be asked for.
package struct RunRequest: Equatable, Sendable {
  /// nil: nothing is played.
  package var speakers: SpeakerOutput?
  /// nil: nothing is written.
  package var file: FileOutput?

  /// nil: what is usual.
  package var queue: SpeechFloor.Queue?
  /// Whether keys steer what is played; nil: where nothing else is read from the terminal.
  package var keys: Bool?
  /// What the others of this user are told of it.
  package var wish = QueueWish()
  /// Where events are written to.
  package var events: EventTarget?
  package var eventsAudioMilliseconds: Int?
  /// Whether a file of events that is there may be replaced.
  package var overwritesEvents = false

  /// Where subtitles are written to.
  package var subtitles: SubtitleOutput?

  /// Whether a text without a word is success.
  package var allowsEmpty = false
  package var verbosity = Verbosity.normal
  package var progress = ProgressMode.auto
  /// Whether and how the text is shown as it is spoken.
  package var karaoke: Karaoke?

  package init() {}

  /// What a sink calls the speakers; nil when nothing is played.
  package var deviceName: String? { speakers.map { $0.device ?? ALSADevices.defaultName } }

  /// Whether somebody may hear the sound, or of it, while it is made. A file is read when it is whole.
  package var isFollowed: Bool {
    guard speakers == nil, events == nil, let file, file.pace == .fast else { return true }
    return !AudioOutput.isFile(file.path)
  }

  package var isVerbose: Bool { verbosity == .verbose || verbosity == .wire }
}
