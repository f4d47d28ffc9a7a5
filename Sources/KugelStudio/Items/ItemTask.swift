import KugelAudio
import KugelJobs
import KugelNarration
import KugelText
import KugelWire

/// The items that are to be made, of which those get ready that are under way.
struct ItemTasks: Sendable {
  let entries: [PlannedItem]
  /// Those of the entries that are made, in order.
  let indices: [Int]
  let rules: Take.Rules
  let subtitles: [SubtitleKind]
  /// By the file's name: further subtitles that stand beside it from before, and would not fit the new sound.
  let stale: [String: [SubtitleKind]]
  /// The directory.
  let path: String

  var count: Int { indices.count }

  /// Unicode scalars of all of them.
  var characters: Int { indices.reduce(0) { $0 + entries[$1].item.text.count } }

  /// - Parameter place: from 0.
  subscript(place: Int) -> ItemTask {
    let entry = entries[indices[place]]
    return ItemTask(
      index: indices[place], item: entry.item, said: entry.item.said, file: entry.file,
      hash: entry.hash, speech: entry.speech,
      takes: entry.item.takes(rules, language: entry.speech.language),
      part: NarrationFolder.part(entry.file, hash: entry.hash, in: path),
      subtitleParts: (subtitles + stale[entry.file, default: []]).map {
        ($0, NarrationFolder.part(entry.file, hash: entry.hash, ending: $0.rawValue, in: path))
      })
  }
}

/// One item that is to be made.
struct ItemTask: Sendable {
  /// Among all items of the run.
  var index: Int
  var item: NarrationItem
  /// What is said of it.
  var said: SourcedText
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
