import KugelAudio
import KugelJobs
import KugelNarration
import KugelWire

/// One item that is to be made.
struct ItemTask: Sendable {
  /// Among all items of the run.
  var index: Int
  var item: NarrationItem
  var file: String
  var hash: String
  /// How it is spoken.
  var speech: SpeechRequest
  var takes: [Take]
  /// Where the sound grows, and what stands beside it.
  var part: String
  var subtitleParts: [(kind: SubtitleKind, part: String)]
}

/// What came of it.
enum ItemOutcome: Sendable {
  case made(NarrationFolder.Made)
  /// A fragment without a stop.
  case failed(String)
}

/// What the workers tell the one who waits for them.
enum NarrationNews: Sendable {
  /// So many seconds were spoken and kept, of so many letters.
  case progress(seconds: Double, characters: Int)
  case ended(index: Int, ItemOutcome)
  /// Something went wrong that the other items would meet too.
  case broken(UserError)
  case signal(CInt)
  case workerLeft
}
