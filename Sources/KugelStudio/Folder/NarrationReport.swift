import KugelJobs
import KugelNarration
import KugelText
import KugelWire

/// What was made, and what of it is doubtful, for programs.
enum NarrationReport {
  struct Item {
    var item: NarrationItem
    var file: String
    /// nil when it was not made.
    var entry: ManifestEntry?
    /// A fragment without a stop; nil when all is well.
    var failure: String?
  }

  /// - Parameter unread: what of the input could not be read, and is no item.
  static func json(_ items: some Sequence<Item>, unread: [NarrationFailure] = []) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("version", 1)
      writer.field("items", items.reduce(0) { count, _ in count + 1 })
      writer.field(
        "seconds", items.reduce(0) { $0 + ($1.entry?.duration ?? 0) }.rounded(toPlaces: 3))
      let sentences = items.reduce(0) { $0 + ($1.entry?.timeline.sentences.count ?? 0) }
      writer.field("sentences", sentences)
      let failed =
        unread.map { (failure: $0, item: Item?.none) }
        + items.compactMap { item in
          item.failure.map { (NarrationFailure(place: item.item.place, cause: $0), item) }
        }
      writer.array("failed", failed) { writer, failed in
        writer.object { writer in
          if let item = failed.item { writer.field("item", item.item.number) }
          writer.field("place", failed.failure.place)
          if let item = failed.item { writer.field("file", item.file) }
          writer.field("cause", failed.failure.cause)
        }
      }
      writer.array("doubts", doubts(items)) { writer, doubt in
        writer.object { writer in
          writer.field("item", doubt.item.item.number)
          writer.field("file", doubt.item.file)
          writer.field("sentence", doubt.doubt.sentence)
          writer.field("from", doubt.doubt.from.rounded(toPlaces: 3))
          writer.field("to", doubt.doubt.to.rounded(toPlaces: 3))
          writer.field("doubt", doubt.doubt.kinds.map(\.rawValue))
          writer.field("text", doubt.text)
          writer.field("source", [doubt.source.lowerBound, doubt.source.upperBound])
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  struct DoubtfulSentence {
    var item: Item
    var doubt: ManifestEntry.Doubt
    var text: String
    /// Unicode scalars of the source.
    var source: Range<Int>

    /// Its beginning, on one line.
    var shortText: String {
      let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return words.count > 60 ? words.prefix(59) + "…" : words
    }
  }

  static func doubts(_ items: some Sequence<Item>) -> [DoubtfulSentence] {
    items.flatMap { item -> [DoubtfulSentence] in
      guard let entry = item.entry, !entry.doubts.isEmpty else { return [] }
      let said = item.item.said
      let sentences = Array(entry.timeline.sentences)
      let shift = item.item.range.lowerBound - item.item.part.lowerBound
      return entry.doubts.map { doubt in
        let index = doubt.sentence - 1
        let range =
          sentences.indices.contains(index)
          ? sentences[index].text.clamped(to: 0..<said.count) : 0..<0
        let source = said.source(of: range)
        return DoubtfulSentence(
          item: item, doubt: doubt,
          text: String(String.UnicodeScalarView(said.scalars[range])).trimmed,
          source: source.lowerBound + shift..<source.upperBound + shift)
      }
    }
  }
}
