/// What the text stages want to know of a single scalar.
extension Unicode.Scalar {
  package var isWhite: Bool {
    value < 0x80 ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
  }

  /// White space that typographers put where a line must not end ("z. B.", "10 km").
  package var isGlue: Bool { self == "\u{A0}" || self == "\u{202F}" || self == "\u{2007}" }

  /// A letter or a digit of any script: something that an engine makes a sound of.
  package var isSpeakable: Bool {
    if value < 0x80 { return isASCIILetter || (0x30...0x39).contains(value) }
    let properties = properties
    return properties.isAlphabetic || properties.numericType != nil
  }

  package var isASCIILetter: Bool { (0x41...0x5A).contains(value & ~0x20) }

  package var isDigit: Bool {
    value < 0x80 ? (0x30...0x39).contains(value) : properties.generalCategory == .decimalNumber
  }

  package var isLetter: Bool { value < 0x80 ? isASCIILetter : properties.isAlphabetic }

  package var isUpper: Bool {
    if value < 0x80 { return (0x41...0x5A).contains(value) }
    return properties.isUppercase || properties.generalCategory == .titlecaseLetter
  }

  package var isLower: Bool {
    value < 0x80 ? (0x61...0x7A).contains(value) : properties.isLowercase
  }

  /// Han, kana, hangul, bopomofo and the marks between them: scripts set without word spaces.
  package var isEastAsian: Bool {
    switch value {
    case 0x2E80...0x303F, 0x3040...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF,
      0xF900...0xFAFF, 0xFF01...0xFF60, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// A letter or digit of any script.
  package var isWordPart: Bool {
    if value < 0x80 { return isASCIILetter || isDigit }
    return isSpeakable
  }

  /// Belongs to a script that puts no blanks between words.
  package var isUnspaced: Bool {
    isEastAsian || (0xE00...0xEFF).contains(value) || (0x1000...0x109F).contains(value)
      || (0x1780...0x17FF).contains(value)
  }

  /// Belongs to the cluster of the scalar before it.
  package var isExtending: Bool {
    value >= 0x300 && (self == "\u{200D}" || properties.isGraphemeExtend)
  }

  /// May stand between a sentence's mark and its end: closing quotes and brackets, emphasis marks,
  /// and pictures that people put there.
  package var isCloser: Bool {
    switch self {
    case "\"", "'", ")", "]", "}", "*", "_", "~", "”", "“", "’", "‘", "»", "«", "›", "‹", "」", "』",
      "】", "〉", "》", "）", "］", "｝", "〕", "〗", "｣", "\u{200D}", "\u{FE0F}":
      true
    default:
      value >= 0x2190
        && (properties.isEmojiPresentation || properties.isEmojiModifier
          || (value >= 0x2600 && properties.generalCategory == .otherSymbol))
    }
  }

  /// May stand before a sentence's first word.
  package var isOpener: Bool {
    switch self {
    case "\"", "'", "(", "[", "{", "*", "_", "“", "„", "”", "‘", "‚", "’", "»", "«", "›", "‹", "「",
      "『", "（", "¿", "¡":
      true
    default: false
    }
  }

  package var isDash: Bool { self == "-" || self == "–" || self == "—" || self == "―" }

  /// Marks inside a sentence at which a long one may be cut when white space follows.
  package var isClauseMark: Bool {
    switch self {
    case ",", ";", ":", "–", "—", "،", "؛", "…", ".", "!", "?": true
    default: isEastAsianClauseMark
    }
  }

  /// Clause marks that no white space follows.
  package var isEastAsianClauseMark: Bool {
    switch self {
    case "、", "，", "；", "：", "､": true
    default: false
    }
  }

  /// What kind of sentence end this may be; nil for everything else.
  package var sentenceMark: SentenceMark? {
    switch self {
    case ".", "．": .stop
    case "!", "?": .cry
    case "…": .ellipsis
    case "。", "！", "？", "｡", "‼", "⁇", "⁈", "⁉", "؟", "۔", "।", "॥", "։", "።", "፧", "፨", "။", "។",
      "៕", "\u{37E}":
      .plain
    default: nil
    }
  }
}

package enum SentenceMark {
  /// A full stop: the only mark that also abbreviates, orders and divides numbers.
  case stop
  case cry
  case ellipsis
  /// A mark that can only end a sentence and needs no white space after it.
  case plain
}

extension StringProtocol {
  /// Has a letter or a digit of any script.
  package var isSpeakable: Bool { unicodeScalars.contains(where: \.isSpeakable) }
}

extension String {
  package init(scalars: some Sequence<Unicode.Scalar>) {
    // Byte by byte: `append(contentsOf:)` of a view goes through code that knows no type, at five hundred
    // instructions a scalar.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.underestimatedCount)
    for scalar in scalars {
      if scalar.isASCII {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes.append(contentsOf: scalar.utf8)
      }
    }
    self.init(decoding: bytes, as: UTF8.self)
  }

  package var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isWhite }),
      let last = scalars.lastIndex(where: { !$0.isWhite })
    else { return "" }
    return String(scalars[first...last])
  }
}
