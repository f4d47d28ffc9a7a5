/// What became of something that was recorded in a conversation.
struct RecordingReport: Equatable {
  var path: String
  var seconds: Double
  var hasFailed: Bool
}
