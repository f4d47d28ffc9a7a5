import KugelText

/// Leaves out what a model thinks before it answers.
///
/// A block begins at a line's start, so that a text may speak of such tags; it ends with its closing
/// tag, or with the text.
package struct ReasoningStage: TextStage {
  private struct Pair {
    /// In lower case.
    var opening: String
    var closing: String
  }

  private static let pairs: [Pair] =
    ["think", "thinking", "reasoning", "thought", "seed:think"].map {
      Pair(opening: "<\($0)>", closing: "</\($0)>")
    } + [
      Pair(opening: "[think]", closing: "[/think]"),
      Pair(opening: "◁think▷", closing: "◁/think▷"),
      Pair(opening: "<|channel|>analysis<|message|>", closing: "<|end|>"),
    ]

  /// What is being left out, and how often its tag was opened.
  private var block: (pair: Int, depth: Int)?
  /// Nothing but white space since the line began.
  private var isAtLineStart = true
  /// The white space behind a block goes with it.
  private var isAfterBlock = false
  /// The text ended within a block.
  package private(set) var isUnclosed = false

  package init() {}

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    let scalars = text.scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if let open = block {
        guard let next = inside(open, text, index, ahead) else { return index }
        index = next
        start = index
        continue
      }
      if scalar.isWhite {
        if isAfterBlock { start = index + 1 }
        if scalar == "\n" { isAtLineStart = true }
        index += 1
        continue
      }
      if scalar == "<" || scalar == "[" || scalar == "◁" {
        var look = Lookahead(text, from: index, ahead)
        let found = tag(&look, index)
        if look.isUndecided, found == nil {
          output.append(text, start..<index)
          return index
        }
        if let found {
          output.append(text, start..<index)
          index = found.end
          start = index
          if found.isOpening { block = (found.pair, 1) }
          isAfterBlock = true
          continue
        }
      }
      isAtLineStart = false
      isAfterBlock = false
      index += 1
    }
    output.append(text, start..<scalars.count)
    if ahead == .end, block != nil {
      block = nil
      isUnclosed = true
    }
    return scalars.count
  }

  /// - Returns: the index behind what was left out; nil while that is open.
  private mutating func inside(
    _ open: (pair: Int, depth: Int), _ text: SourcedText, _ index: Int, _ ahead: TextAhead
  ) -> Int? {
    let pair = Self.pairs[open.pair]
    // Letting go would say what was thought.
    let ahead = ahead == .pause ? .more : ahead
    var look = Lookahead(text, from: index, ahead)
    if look.matches(pair.closing, at: index, ignoringCase: true) {
      block = open.depth > 1 ? (open.pair, open.depth - 1) : nil
      isAfterBlock = true
      isAtLineStart = true
      return index + pair.closing.unicodeScalars.count
    }
    if look.matches(pair.opening, at: index, ignoringCase: true) {
      block = (open.pair, open.depth + 1)
      return index + pair.opening.unicodeScalars.count
    }
    return look.isUndecided ? nil : index + 1
  }

  /// A tag that opens a block, or one that closes what was never opened.
  private func tag(
    _ look: inout Lookahead, _ index: Int
  ) -> (pair: Int, end: Int, isOpening: Bool)? {
    for (number, pair) in Self.pairs.enumerated() {
      if isAtLineStart, look.matches(pair.opening, at: index, ignoringCase: true) {
        return (number, index + pair.opening.unicodeScalars.count, true)
      }
      if pair.closing != "<|end|>", isAtLineStart || isAfterBlock,
        look.matches(pair.closing, at: index, ignoringCase: true)
      {
        return (number, index + pair.closing.unicodeScalars.count, false)
      }
    }
    return nil
  }
}
