/// Cuts a text that may exceed what one turn holds, at the best place before the limit.
///
/// Paragraph ends are best, then sentence ends, line ends, white space; a run without any is cut at
/// the limit. Near the limit the next good place is taken, so that a growing text is not cut within
/// a sentence later. Nothing is lost: the parts of all calls, joined, are the text.
package struct TurnRation: Equatable, Sendable {
  /// One part of the text; the turn it belongs to may end behind it.
  package struct Part: Equatable, Sendable {
    package var text: String
    package var endsTurn: Bool
  }

  private let limit: Int
  private var used = 0
  private var before: (Unicode.Scalar, Unicode.Scalar) = (" ", " ")
  /// How good it would be to end the turn before the next text.
  private var rankBefore: Int?

  /// - Parameter limit: Unicode scalars that a turn may hold.
  package init(limit: Int) { self.limit = max(limit, 1) }

  package static func == (a: TurnRation, b: TurnRation) -> Bool {
    a.limit == b.limit && a.used == b.used
  }

  /// A new turn begins.
  package mutating func reset() {
    used = 0
    before = (" ", " ")
    rankBefore = nil
  }

  package mutating func take(_ text: String) -> [Part] {
    var parts: [Part] = []
    var rest = Substring(text).unicodeScalars
    while !rest.isEmpty {
      guard let cut = cut(in: rest) else {
        used += rest.count
        remember(rest)
        parts.append(Part(text: String(rest), endsTurn: false))
        break
      }
      parts.append(Part(text: String(rest[..<cut]), endsTurn: true))
      rest = rest[cut...]
      reset()
    }
    return parts
  }

  /// Where the turn should end within `text`, or nil when all of it fits.
  private func cut(in text: Substring.UnicodeScalarView) -> String.Index? {
    let nearLimit = limit - limit / 5
    let fits =
      text.index(text.startIndex, offsetBy: limit - used + 1, limitedBy: text.endIndex) == nil
    if fits && used + text.count <= nearLimit { return nil }

    var best = rankBefore.map { rank in
      (key: (used > limit / 2 ? 1 : 0, rank, used), index: text.startIndex)
    }
    var (beforeLast, last) = before
    var position = used
    var index = text.startIndex
    while index < text.endIndex && position < limit {
      let scalar = text[index]
      let next = text.index(after: index)
      position += 1
      if let rank = Self.rank(beforeLast, last, scalar) {
        if fits && position > nearLimit && rank >= 2 { return next }
        let key = (position > limit / 2 ? 1 : 0, rank, position)
        if best.map({ key > $0.key }) ?? true { best = (key, next) }
      }
      (beforeLast, last) = (last, scalar)
      index = next
    }
    return fits ? nil : best?.index ?? index
  }

  /// How good it is to cut behind `scalar`: 3 paragraph, 2 sentence, 1 line, 0 other white space.
  private static func rank(
    _ beforeLast: Unicode.Scalar, _ last: Unicode.Scalar, _ scalar: Unicode.Scalar
  ) -> Int? {
    if scalar.isASCII, scalar.value > 0x20 { return nil }
    if scalar == "。" || scalar == "！" || scalar == "？" { return 2 }
    guard scalar.properties.isWhitespace else { return nil }
    if scalar == "\n" && last == "\n" { return 3 }
    switch isCloser(last) ? beforeLast : last {
    case ".", "!", "?", "…": return 2
    default: return scalar == "\n" ? 1 : 0
    }
  }

  private static func isCloser(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "'", ")", "]", "»", "”", "’": true
    default: false
    }
  }

  private mutating func remember(_ text: Substring.UnicodeScalarView) {
    for scalar in text.suffix(3) {
      rankBefore = Self.rank(before.0, before.1, scalar)
      before = (before.1, scalar)
    }
  }
}
