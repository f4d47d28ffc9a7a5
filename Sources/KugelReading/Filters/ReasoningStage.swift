import KugelText

/// Leaves out what a model thinks before it answers, or within its answer.
///
/// A block begins with its tag, wherever that stands but in code, and ends with its closing tag, or with
/// the text. A tag in quotes, and one that is called a tag, is spoken of.
package struct ReasoningStage: TextStage {
  /// What is being left out, and how often its tag was opened.
  private var block: (name: String, depth: Int)?
  private var code = CodeWatch()
  /// The last scalar read outside a block.
  private var last: Unicode.Scalar = "\n"
  /// White space behind a block that goes with it.
  private var gap = Gap.none
  /// The text ended within a block.
  package private(set) var isUnclosed = false

  private enum Gap { case none, blanks, all }

  package init() {}

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    let scalars = text.scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if ReasoningTag.mayBegin(scalar) {
        // Letting go of what a tag has begun with would say what was thought.
        let hasBegun = block != nil || index + 1 < scalars.count
        var look = Lookahead(
          text, from: index, ahead == .pause && hasBegun ? .more : ahead,
          limit: 2 * ReasoningTag.longestHeader)
        let found = tag(&look, index)
        if look.isUndecided {
          if block == nil { output.append(text, start..<index) }
          return index
        }
        if let found {
          if block == nil { output.append(text, start..<index) }
          take(found)
          index = found.end
          start = index
          continue
        }
      }
      index += 1
      if block != nil {
        start = index
      } else if scalar.isWhite, gap == .all || gap == .blanks && scalar != "\n" {
        start = index
      } else {
        gap = .none
        last = scalar
        code.read(scalar)
      }
    }
    if block == nil { output.append(text, start..<scalars.count) }
    if ahead == .end {
      isUnclosed = isUnclosed || block != nil
      (block, code, gap, last) = (nil, CodeWatch(), .none, "\n")
    }
    return scalars.count
  }

  private mutating func take(_ tag: ReasoningTag) {
    let isBetween = block == nil
    switch (tag.kind, block) {
    case (.opening, let open?):
      if open.name == tag.name { block = (open.name, open.depth + 1) }
    case (.opening, nil): block = (tag.name, 1)
    case (.closing, let open?):
      guard open.name == tag.name else { break }
      // A message of harmony is in no other.
      block = open.depth > 1 && open.name != "<|" ? (open.name, open.depth - 1) : nil
    case (.token, let open?):
      // The next message's header, where the last one has no end.
      if open.name == "<|", tag.name == "<|" { block = nil }
    case (_, nil): break
    }
    // Only outside does a block's place count.
    guard block == nil || isBetween else { return }
    gap = code.isAtLineStart ? .all : last.isWhite ? .blanks : .none
  }

  private mutating func tag(_ look: inout Lookahead, _ index: Int) -> ReasoningTag? {
    guard let found = ReasoningTag.read(&look, index) else { return nil }
    guard block == nil else { return found }
    if code.isCode(&look, index) || isSpokenOf(found, &look) { return nil }
    return found
  }

  /// "the <think> tag", or "<think>" in quotes.
  private func isSpokenOf(_ tag: ReasoningTag, _ look: inout Lookahead) -> Bool {
    guard tag.name != "<|", let next = look.at(tag.end) else { return false }
    if last.isOpener, !last.isWhite, next.isCloser { return true }
    guard last == " ", next == " " else { return false }
    let end = look.skip(tag.end + 1) { $0.isLetter }
    guard end - tag.end < 10 else { return false }
    var word = ""
    for place in (tag.end + 1)..<end {
      look.at(place).map { word.unicodeScalars.append($0.asciiLowered) }
    }
    return Self.mentions.contains(word)
  }

  private static let mentions: Set<String> = [
    "tag", "tags", "block", "blocks", "element", "elements", "token", "tokens", "marker",
  ]
}
