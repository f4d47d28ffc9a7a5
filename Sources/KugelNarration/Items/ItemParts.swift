import KugelText

/// A part of a text that becomes an item.
package struct ItemPart: Equatable, Sendable {
  /// Unicode scalars of what is said.
  package var range: Range<Int>
  /// The text of its heading, if it begins with one.
  package var title: String?
}

extension SplitRule {
  /// The parts of a text, in order; together they are the text, but for what has no word in it.
  ///
  /// - Parameters:
  ///   - original: where its map leads.
  ///   - findsHeadings: whether headings are looked for in plain text.
  ///   - pace: how long the parts will take.
  ///   - language: of the text, for the ends of sentences.
  package func parts(
    of text: SourcedText, original: SourceText, findsHeadings: Bool, pace: SpeechPace,
    language: String?
  ) -> [ItemPart] {
    let blocks = text.blocks(findsHeadings: findsHeadings)
    guard !blocks.isEmpty else { return [] }
    switch self {
    case .files, .lines:
      return [ItemPart(range: 0..<text.count, title: text.title(of: blocks[...], in: original))]
    case .paragraphs:
      return blocks.indices.map {
        ItemPart(range: blocks[$0].range, title: text.title(of: blocks[$0...$0], in: original))
      }
    case .headings: return Self.chapters(blocks).map { text.part($0, of: original) }
    case .every(let seconds):
      return text.timed(blocks, seconds: seconds, pace: pace, language: language)
    }
  }

  /// The parts of a text that begin where its contents say; what comes before the first is one too.
  package static func parts(of text: SourcedText, at chapters: [BookText.Chapter]) -> [ItemPart] {
    var starts: [(offset: Int, title: String?)] = [(0, nil)]
    var index = 0
    for chapter in chapters {
      while index < text.count,
        text.source(of: index..<index + 1).lowerBound < chapter.start
          || text.source(of: index..<index + 1).isEmpty
      {
        index += 1
      }
      if let last = starts.last, !text.scalars[last.offset..<index].contains(where: \.isSpeakable) {
        // A part and its first chapter begin at one place, or with nothing between.
        let title = [last.title, chapter.title].compactMap(\.self).joined(separator: ", ")
        starts[starts.count - 1].title = title
      } else if index < text.count {
        starts.append((index, chapter.title))
      }
    }
    return starts.indices.map { place in
      let end = place + 1 < starts.count ? starts[place + 1].offset : text.count
      return ItemPart(range: starts[place].offset..<end, title: starts[place].title)
    }
  }

  /// Headings without a text between them head the same chapter.
  private static func chapters(_ blocks: [TextBlock]) -> [ArraySlice<TextBlock>] {
    var chapters: [ArraySlice<TextBlock>] = []
    var start = blocks.startIndex
    for index in blocks.indices.dropFirst()
    where blocks[index].isHeading && !blocks[index - 1].isHeading {
      chapters.append(blocks[start..<index])
      start = index
    }
    return chapters + [blocks[start...]]
  }
}

extension SourcedText {
  fileprivate func part(_ blocks: ArraySlice<TextBlock>, of original: SourceText) -> ItemPart {
    let start = blocks.first?.range.lowerBound ?? 0
    return ItemPart(
      range: start..<(blocks.last?.range.upperBound ?? start),
      title: title(of: blocks, in: original))
  }

  /// The headings at the beginning.
  fileprivate func title(of blocks: ArraySlice<TextBlock>, in original: SourceText) -> String? {
    let heads = blocks.prefix { $0.isHeading }
    guard !heads.isEmpty else { return nil }
    return heads.map { words(in: $0.range, of: original) }.joined(separator: ", ")
  }

  /// As it is written, so without the stop that a voice is given behind a heading.
  private func words(in range: Range<Int>, of original: SourceText) -> String {
    let part = self[range]
    let source = part.source(of: 0..<part.count)
    let shown = ShownText(part, written: original[source], origin: source.lowerBound)
    return String(scalars: shown.scalars).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  fileprivate func timed(
    _ blocks: [TextBlock], seconds: Double, pace: SpeechPace, language: String?
  ) -> [ItemPart] {
    var parts: [ItemPart] = []
    var (start, length) = (0, 0.0)
    func cut(at end: Int) {
      if end > start { parts.append(ItemPart(range: start..<end, title: nil)) }
      (start, length) = (end, 0)
    }
    for block in blocks {
      for sentence in sentences(in: block.range, language: language, limit: .max) {
        let takes = pace.seconds(of: scalars[sentence])
        if length > 0, length + takes > seconds { cut(at: sentence.lowerBound) }
        length += takes
      }
    }
    cut(at: count)
    return parts
  }
}
