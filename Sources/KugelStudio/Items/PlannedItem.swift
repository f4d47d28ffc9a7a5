import KugelJobs
import KugelNarration

/// An item with its file, and what is to be done about it.
struct PlannedItem: Sendable {
  var item: NarrationItem
  /// Below the directory.
  var file: String
  /// Of its content.
  var hash: String
  var shared: SharedSpeech
  var decision: ItemDecision

  /// How it is spoken.
  var speech: SpeechRequest { shared.request }

  /// Whether the name of its file is its own.
  var hasName: Bool {
    switch decision {
    case .refuse(.collision), .refuse(.badName): false
    default: true
    }
  }
}
