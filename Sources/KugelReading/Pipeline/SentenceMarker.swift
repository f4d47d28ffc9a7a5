import KugelText

/// Marks the ends of sentences. A sentence waits for its end.
struct SentenceMarker: Sendable {
  private var splitter: SentenceSplitter
  private var held = SourcedText()
  /// Scalars at the end of what is held that the splitter has not seen: it judges a mark by what follows,
  /// so it sees a mark together with that.
  private var unseen = 0
  /// Marks within what is held.
  private var endings: [SourcedText.Ending] = []

  init(language: String?) { splitter = SentenceSplitter(language: language) }

  mutating func feed(_ text: SourcedText, into output: inout SourcedText) {
    var plain = text
    var start = 0
    for ending in plain.takeEndings() {
      push(plain[start..<ending.offset], into: &output)
      start = ending.offset
      if ending.mark == .line {
        endings.append(.init(offset: held.count, mark: .line))
      } else {
        end(into: &output)
        output.append(ending.mark)
      }
    }
    push(plain[start..<plain.count], into: &output)
  }

  mutating func pause(into output: inout SourcedText) {
    show(upTo: held.count, into: &output)
    take(splitter.release(), into: &output)
  }

  mutating func end(into output: inout SourcedText) {
    show(upTo: held.count, into: &output)
    take(splitter.finish(), into: &output)
    held.removeAll()
    unseen = 0
  }

  private mutating func push(_ text: SourcedText, into output: inout SourcedText) {
    guard text.count > 0 else { return }
    held.append(text)
    unseen += text.count
    var end = held.count
    let first = held.count - unseen
    while end > first, unseen - (end - first) < Lookahead.limit,
      Self.followsMark(held.scalars[end - 1])
    {
      end -= 1
    }
    show(upTo: end, into: &output)
  }

  private mutating func show(upTo end: Int, into output: inout SourcedText) {
    let first = held.count - unseen
    guard end > first else { return }
    unseen = held.count - end
    take(splitter.append(String(scalars: held.scalars[first..<end])), into: &output)
  }

  /// May stand between a sentence's last word and the next one's first.
  private static func followsMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isWhite || scalar.sentenceMark != nil || scalar.isCloser || scalar.isOpener
      || scalar.isDash
      || scalar.isClauseMark
  }

  private mutating func take(_ pieces: [String], into output: inout SourcedText) {
    for piece in pieces {
      let count = min(piece.unicodeScalars.count, held.count)
      var start = 0
      while let ending = endings.first, ending.offset <= count {
        output.append(held, start..<ending.offset)
        output.append(ending.mark)
        start = ending.offset
        endings.removeFirst()
      }
      output.append(held, start..<count)
      if SentenceSplitter.hasSound(piece) { output.append(.sentence) }
      for index in endings.indices { endings[index].offset -= count }
      held.removeFirst(count)
    }
  }
}
