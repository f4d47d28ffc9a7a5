import KugelReading
import KugelText

/// Makes items of a text: it is read as it will be said, then cut.
package struct TextItems: Sendable {
  package var filters: TextFilters
  package var target: TextTarget
  package var split: SplitRule
  package var pace: SpeechPace
  /// What a book's contents name; empty where nothing names any.
  package var chapters: [BookText.Chapter] = []

  package init(
    filters: TextFilters, target: TextTarget, split: SplitRule, pace: SpeechPace = SpeechPace()
  ) {
    self.filters = filters
    self.target = target
    self.split = split
    self.pace = pace
  }

  /// - Parameters:
  ///   - text: of the source, whole.
  ///   - source: what the input is called.
  ///   - now: at which all of it is read.
  /// - Returns: the items in order, without numbers; one without a word when the text has none.
  package func items(
    _ text: String, source: String, at now: ContinuousClock.Instant
  ) -> [NarrationItem] {
    guard split == .lines else {
      return items(text, source: source, place: source, offset: 0, at: now)
    }
    let lines = NumberedLines(text).filter { !$0.text.allSatisfy(\.isWhitespace) }
    return lines.flatMap { line in
      items(
        line.text, source: source, place: "\(source), line \(line.number)", offset: line.offset,
        at: now)
    }
  }

  /// - Parameter offset: scalars of the source before the text.
  private func items(
    _ text: String, source: String, place: String, offset: Int, at now: ContinuousClock.Instant
  ) -> [NarrationItem] {
    let said = said(text, at: now)
    let original = SourceText(text)
    let whole = 0..<original.count
    let parts =
      split == .headings && !chapters.isEmpty
      ? SplitRule.parts(of: said, at: chapters)
      : split.parts(
        of: said, original: original, findsHeadings: !filters.names.contains(.markdown),
        pace: pace, language: target.language)
    guard !parts.isEmpty else {
      return [
        NarrationItem(
          number: 0, source: source, range: offset..<offset + whole.count, said: said,
          original: original, part: whole, place: place)
      ]
    }
    return parts.map { part in
      let own = said[part.range]
      let range = parts.count == 1 ? whole : own.source(of: 0..<own.count)
      let start = min(range.lowerBound, whole.upperBound)
      let end = min(max(start, range.upperBound), whole.upperBound)
      return NarrationItem(
        number: 0, source: source, range: offset + start..<offset + end,
        said: own, original: original, part: start..<end, title: part.title, place: place)
    }
  }

  /// Unicode scalars that are read at once.
  private static let piece = 1 << 14

  /// What is said of a text.
  private func said(_ text: String, at now: ContinuousClock.Instant) -> SourcedText {
    var pipeline = TextPipeline(filters, for: target)
    var said = SourcedText()
    // No time passes: nothing is let go before it is decided. In pieces, as what a stage holds of a book
    // would be as large as the book.
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Self.piece)
      said.append(pipeline.feed(String(piece), at: now))
      rest = rest[piece.endIndex...]
    }
    said.append(pipeline.finish())
    return said
  }
}
