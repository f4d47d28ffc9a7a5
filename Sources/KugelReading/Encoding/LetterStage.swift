import KugelText

/// Gives letters their plain, composed form, and takes out signs that nobody sees.
///
/// - Letters and their marks become one (NFC), as voices know them.
/// - Styled letters (mathematical bold, full width, ligatures) become plain ones.
/// - Zero-width and bidirectional signs go; joiners stay where a script or a picture needs them.
///
/// Source: Unicode Standard Annex 15; Unicode 14.
package struct LetterStage: TextStage {
  /// More marks than anybody writes on one letter.
  private static let longestCluster = 32
  /// The last scalar that was let through.
  private var last: Unicode.Scalar = " "

  package init() {}

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    let scalars = text.scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      // What may follow a letter is a mark; nothing below these is one, or is changed.
      if scalar.value < 0x80, index + 1 < scalars.count, scalars[index + 1].value < 0xAD {
        last = scalar
        index += 1
        continue
      }
      var end = index + 1
      while end < scalars.count, end - index < Self.longestCluster, joins(scalars[end], to: scalar)
      {
        end += 1
      }
      if end == scalars.count, ahead == .more, end - index < Self.longestCluster,
        mayBeJoined(scalar)
      {
        break
      }
      let made = plain(scalars[index..<end])
      if !made.elementsEqual(scalars[index..<end]) {
        output.append(text, start..<index)
        output.append(made, standingFor: text.source(of: index..<end))
        start = end
      }
      last = made.last ?? last
      index = end
    }
    output.append(text, start..<index)
    return index
  }

  private func joins(_ next: Unicode.Scalar, to first: Unicode.Scalar) -> Bool {
    guard next.value >= 0x300 else { return false }
    if (0x1160...0x11FF).contains(next.value) { return true }
    return next.properties.canonicalCombiningClass != .notReordered
      || Composer.seconds.contains(next)
  }

  /// Marks come behind letters, and behind what is a mark itself.
  private func mayBeJoined(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isLetter || scalar.value >= 0x300
  }

  private func plain(_ cluster: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
    guard let first = cluster.first else { return [] }
    if cluster.count == 1 {
      if first.value < 0xAD { return [first] }
      if isUnseen(first) { return [] }
      return PlainLetter.of(first)
    }
    let base = PlainLetter.of(first)
    return base.dropLast() + Composer.compose([base.last ?? first] + cluster.dropFirst())
  }

  private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0x61C,
      0xFEFF, 0xFFF9...0xFFFB:
      true
    // Joiners shape Arabic, Indic and picture clusters; between other letters they break words.
    case 0x200C, 0x200D:
      last.value < 0x590 || (0x1E00...0x1FFF).contains(last.value) || last.isEastAsian
    default: false
    }
  }
}

/// Composition of letters with their marks, by what the standard library holds equal.
enum Composer {
  /// By the composed character; its letter and mark are the same key.
  private static let composed: [String: Unicode.Scalar] = {
    var all: [String: Unicode.Scalar] = [:]
    for (first, last) in ComposedLetters.ranges {
      for scalar in (first...last).lazy.compactMap(Unicode.Scalar.init) {
        all[String(scalar)] = scalar
      }
    }
    return all
  }()

  /// The second halves of composed characters that are no marks by their class.
  static let seconds: Set<Unicode.Scalar> = [
    "\u{9BE}", "\u{9D7}", "\u{B3E}", "\u{B56}", "\u{B57}", "\u{BBE}", "\u{BD7}", "\u{CC2}",
    "\u{CD5}", "\u{CD6}", "\u{D3E}", "\u{D57}", "\u{DCF}", "\u{DDF}", "\u{102E}", "\u{1B35}",
  ]

  static func compose(_ cluster: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard var base = cluster.first else { return [] }
    // Marks in the order of their classes; equals keep theirs.
    let marks = cluster.dropFirst().enumerated().sorted { one, other in
      let (a, b) = (combiningClass(one.element), combiningClass(other.element))
      return a != 0 && b != 0 && a != b ? a < b : one.offset < other.offset
    }.map(\.element)
    var rest: [Unicode.Scalar] = []
    for mark in marks {
      let blocked = rest.last.map { combiningClass($0) >= combiningClass(mark) } ?? false
      if !blocked, let whole = pair(base, mark) { base = whole } else { rest.append(mark) }
    }
    return [base] + rest
  }

  private static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
    scalar.properties.canonicalCombiningClass.rawValue
  }

  private static func pair(_ base: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
    // Hangul: a leading consonant and a vowel, then a trailing consonant.
    let (leading, vowel, trailing) = (0x1100 as UInt32, 0x1161 as UInt32, 0x11A7 as UInt32)
    if (leading..<leading + 19).contains(base.value), (vowel..<vowel + 21).contains(mark.value) {
      return Unicode.Scalar(
        0xAC00 + ((base.value - leading) * 21 + mark.value - vowel) * 28)
    }
    if (0xAC00...0xD7A3).contains(base.value), (base.value - 0xAC00) % 28 == 0,
      (trailing + 1..<trailing + 28).contains(mark.value)
    {
      return Unicode.Scalar(base.value + mark.value - trailing)
    }
    return composed[String(scalars: [base, mark])]
  }
}
