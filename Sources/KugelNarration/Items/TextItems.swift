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
    let written = Array(text.unicodeScalars)
    let parts =
      split == .headings && !chapters.isEmpty
      ? SplitRule.parts(of: said, at: chapters)
      : split.parts(
        of: said, findsHeadings: !filters.names.contains(.markdown), pace: pace,
        language: target.language)
    guard !parts.isEmpty else {
      return [
        NarrationItem(
          number: 0, source: source, range: offset..<offset + written.count, said: said,
          written: written, place: place)
      ]
    }
    return parts.map { part in
      let own = said[part.range]
      let range = parts.count == 1 ? 0..<written.count : own.source(of: 0..<own.count)
      let start = min(range.lowerBound, written.count)
      let end = min(max(start, range.upperBound), written.count)
      return NarrationItem(
        number: 0, source: source, range: offset + start..<offset + end,
        said: own, written: Array(written[start..<end]), origin: start, title: part.title,
        place: place)
    }
  }

  /// What is said of a text.
  private func said(_ text: String, at now: ContinuousClock.Instant) -> SourcedText {
    var pipeline = TextPipeline(filters, for: target)
    // No time passes: nothing is let go before it is decided.
    var said = pipeline.feed(text, at: now)
    said.append(pipeline.finish())
    return said
  }
}
