import Glibc
import KugelAudio
import KugelJobs
import KugelNarration
import KugelSystem
import KugelText

/// Makes the files of one item, take by take. Used on one thread.
final class ItemMaker {
  let task: ItemTask
  private let format: AudioFormat
  private let rate: Int?
  private let rules: CueMaker.Rules
  private let cues: ItemCues
  private let subtitles: [SubtitleDraft]
  private let sink: any AudioSink
  private var timeline = SoundTimeline()
  private var doubts: [(sentence: Int, samples: Range<Int>, kinds: [DoubtKind])] = []
  private var samples = 0
  /// Hz, of what is spoken.
  private var spokenRate = 0

  /// Whether a recogniser listened.
  private let isVerified: Bool

  /// - Throws: when the files cannot be made.
  init(_ task: ItemTask, _ request: NarrateRequest, isVerified: Bool) throws {
    self.task = task
    self.isVerified = isVerified
    format = request.format
    rate = request.rate
    rules = request.cues
    cues = ItemCues(request.cues, said: task.said, original: task.item.original)
    let title = task.item.wish.title ?? task.item.title
    subtitles = try task.subtitleParts.map {
      try SubtitleDraft($0.kind, title: title, path: $0.part)
    }
    let file = FileSink(draft: task.part, format: format, rate: rate)
    if let loudness = request.loudness {
      sink = LeveledSink(file, loudness: loudness, draft: task.part + ".level")
    } else {
      sink = file
    }
  }

  /// Seconds that are there.
  var seconds: Double { Double(samples) / Double(max(1, spokenRate)) }

  /// Silence up to a moment, where that is not past.
  ///
  /// - Parameter rate: Hz, of what is spoken next.
  func wait(until moment: Double, rate: Int) throws(SinkError) {
    if spokenRate == 0 { spokenRate = rate }
    var missing = Int((moment * Double(spokenRate)).rounded()) - samples
    while missing > 0 {
      let count = min(missing, 1 << 16)
      try sink.write([Int16](repeating: 0, count: count), rate: spokenRate)
      samples += count
      missing -= count
    }
  }

  /// Adds a take that is kept.
  ///
  /// - Parameters:
  ///   - words: places of what is said, and in the sound of the take.
  ///   - sentences: in the sound of the take, with what is doubted of each.
  func add(
    _ sound: (samples: [Int16], rate: Int), words: [SoundTimeline.Span],
    sentences: [(SentenceSound, [DoubtKind])]
  ) throws {
    if spokenRate == 0 { spokenRate = sound.rate }
    var piece = SoundTimeline()
    piece.words = PackedSpans(words.lazy.map { [samples] in $0.moved(text: 0, samples: samples) })
    for (sentence, kinds) in sentences {
      piece.sentences.append(
        SoundTimeline.Span(text: sentence.text, samples: sentence.samples)
          .moved(text: 0, samples: samples))
      guard !kinds.isEmpty else { continue }
      let range = sentence.samples
      doubts.append(
        (
          timeline.sentences.count + piece.sentences.count,
          range.lowerBound + samples..<range.upperBound + samples, kinds
        ))
    }
    timeline.append(piece, text: 0, samples: 0)
    samples += sound.samples.count
    try sink.write(sound.samples, rate: sound.rate)
    guard !subtitles.isEmpty else { return }
    let cues = cues.cues(piece, rate: spokenRate)
    for draft in subtitles { try draft.write(cues) }
  }

  /// Whether anything was heard so far.
  var isSilent: Bool { samples == 0 }

  /// Ends the files.
  ///
  /// - Throws: `SinkError` or `SystemError`.
  func finish() throws -> NarrationFolder.Made {
    try sink.finish()
    var entry = ManifestEntry(file: task.file, state: doubts.isEmpty ? .done : .doubtful)
    entry.hash = task.hash
    entry.source = task.item.source
    entry.text = task.item.range
    (entry.samples, entry.rate) = (samples, spokenRate)
    entry.bytes = try FileStatus(of: task.part).size
    entry.characters = task.takes.reduce(0) { $0 + $1.range.count }
    entry.timeline = timeline
    let second = Double(max(1, spokenRate))
    entry.doubts = doubts.map {
      ManifestEntry.Doubt(
        sentence: $0.sentence, from: Double($0.samples.lowerBound) / second,
        to: Double($0.samples.upperBound) / second, kinds: $0.kinds)
    }
    entry.subtitles = task.subtitleParts.map(\.kind)
    entry.look = rules.description
    entry.isVerified = isVerified
    var files = [(part: task.part, name: task.file)]
    for draft in subtitles {
      try draft.finish()
      files.append((draft.path, FileName.changing(task.file, ending: draft.kind.rawValue)))
    }
    return NarrationFolder.Made(
      entry: entry, files: files, shortfall: (sink as? LeveledSink)?.shortfall ?? 0)
  }

  /// Leaves nothing behind: on a full disk others need the room.
  func abandon() {
    try? sink.cut()
    for path in [task.part] + subtitles.map(\.path) { unsafe unlink(path.nameBytes) }
  }
}
