/// Where a text that flows in ends one turn and begins the next.
package enum TurnEnd: Equatable, Sendable {
  /// Only the end of the input.
  case endOfInput
  case blankLine
  case line
  case nul
  /// No text for so long.
  case idle(Duration)
}

/// Cuts a flowing text into turns.
package struct TurnCutter: Sendable {
  package enum Piece: Equatable, Sendable {
    case text(String)
    /// Of the input, but of no turn.
    case skipped(String)
    case endTurn
  }

  package let mark: TurnEnd
  /// The current line holds nothing but white space so far.
  private var lineIsBlank = true
  /// Text has come for a turn that has not ended.
  package var isInTurn: Bool { turnHasText }
  private var turnHasText = false
  private var lastText: ContinuousClock.Instant?

  package init(mark: TurnEnd) { self.mark = mark }

  /// When silence will have ended the turn; nil unless it can.
  package var deadline: ContinuousClock.Instant? {
    guard case .idle(let silence) = mark, turnHasText, let lastText else { return nil }
    return lastText + silence
  }

  package mutating func append(_ text: String, at now: ContinuousClock.Instant) -> [Piece] {
    if !text.isEmpty { lastText = now }
    switch mark {
    case .endOfInput, .idle:
      guard !text.isEmpty else { return [] }
      turnHasText = true
      return [.text(text)]
    case .blankLine, .line, .nul:
      return cut(text)
    }
  }

  package mutating func tick(at now: ContinuousClock.Instant) -> [Piece] {
    guard let deadline, now >= deadline else { return [] }
    turnHasText = false
    return [.endTurn]
  }

  /// The end of the input ends the turn that is open.
  package mutating func finish() -> [Piece] {
    defer { turnHasText = false }
    return turnHasText ? [.endTurn] : []
  }

  private mutating func cut(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var index = start
    while index < scalars.endIndex {
      let scalar = scalars[index]
      let next = scalars.index(after: index)
      if ends(scalar) {
        // A separator that is white space stays with the text before it; NUL is never text.
        let end = mark == .nul ? index : next
        let text = String(scalars[start..<end])
        // Separators before any text open no turn.
        if !text.isEmpty { pieces.append(turnHasText ? .text(text) : .skipped(text)) }
        if end < next { pieces.append(.skipped("\0")) }
        if turnHasText { pieces.append(.endTurn) }
        turnHasText = false
        start = next
      } else if !scalar.properties.isWhitespace {
        turnHasText = true
      }
      index = next
    }
    if start < scalars.endIndex { pieces.append(.text(String(scalars[start...]))) }
    return pieces
  }

  private mutating func ends(_ scalar: Unicode.Scalar) -> Bool {
    switch mark {
    case .nul: return scalar == "\0"
    case .line: return scalar == "\n"
    case .blankLine:
      defer {
        lineIsBlank = scalar == "\n" || lineIsBlank && scalar.properties.isWhitespace
      }
      return scalar == "\n" && lineIsBlank
    case .endOfInput, .idle: return false
    }
  }
}
