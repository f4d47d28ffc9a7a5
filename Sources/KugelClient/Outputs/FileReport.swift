import KugelSession

/// What became of a file beside that of everything: a recording in a conversation, a speaker's track, a
/// line of a script.
struct FileReport {
  var path: String
  var seconds: Double
  var state: SpeechEvent.FileState
  /// Whose sound it holds, where it holds one speaker's.
  var speaker: String?
  /// The one line of a script that it holds, as the run numbers it, and where it stands in the script.
  var number: Int?
  var scriptLine: Int?
}
