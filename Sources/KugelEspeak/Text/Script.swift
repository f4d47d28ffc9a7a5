/// A writing system, as far as voices tell them apart.
///
/// Source: the Unicode Standard's blocks; the standard library has no property for scripts.
enum Script: Equatable, Sendable {
  case latin, greek, cyrillic, armenian, hebrew, arabic, devanagari, bengali, gurmukhi, gujarati
  case oriya, tamil, telugu, kannada, malayalam, sinhala, thai, myanmar, georgian, hangul
  case ethiopic, cherokee, kana, han
  /// One that no voice of espeak-ng reads, such as Tibetan.
  case unread

  /// The script of a letter or of a sign that belongs to letters; nil for what all scripts share:
  /// digits, punctuation, symbols, spaces, and the accents that go with any letter.
  static func of(_ scalar: Unicode.Scalar) -> Script? {
    let value = scalar.value
    if value < 0x370 { return scalar.isASCII ? ofASCII(value) : ofEarly(scalar) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark:
      return block(of: value)
    default: return nil
    }
  }

  private static func ofASCII(_ value: UInt32) -> Script? {
    0x61...0x7a ~= value | 0x20 ? .latin : nil
  }

  /// Below U+0370: Latin letters of all kinds, and accents for any letter.
  private static func ofEarly(_ scalar: Unicode.Scalar) -> Script? {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter: .latin
    default: nil
    }
  }

  private static func block(of value: UInt32) -> Script? {
    var (low, high) = (0, blocks.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if value <= blocks[middle].last { high = middle } else { low = middle + 1 }
    }
    return blocks[low].script
  }

  /// The last scalar of each stretch, in order; letters that go with any script have none.
  private static let blocks: [(last: UInt32, script: Script?)] = [
    (0x03FF, .greek), (0x052F, .cyrillic), (0x058F, .armenian), (0x05FF, .hebrew),
    (0x06FF, .arabic), (0x074F, .unread), (0x077F, .arabic), (0x08A0 - 1, .unread),
    (0x08FF, .arabic), (0x097F, .devanagari), (0x09FF, .bengali), (0x0A7F, .gurmukhi),
    (0x0AFF, .gujarati), (0x0B7F, .oriya), (0x0BFF, .tamil), (0x0C7F, .telugu), (0x0CFF, .kannada),
    (0x0D7F, .malayalam), (0x0DFF, .sinhala), (0x0E7F, .thai), (0x0FFF, .unread),
    (0x109F, .myanmar), (0x10FF, .georgian), (0x11FF, .hangul), (0x139F, .ethiopic),
    (0x13FF, .cherokee), (0x1C7F, .unread), (0x1C8F, .cyrillic), (0x1CBF, .georgian),
    (0x1CCF, .unread), (0x1CFF, nil), (0x1DBF, .latin), (0x1DFF, nil), (0x1EFF, .latin),
    (0x1FFF, .greek), (0x2BFF, nil), (0x2C5F, .unread), (0x2C7F, .latin), (0x2CFF, .unread),
    (0x2D2F, .georgian), (0x2D7F, .unread), (0x2DDF, .ethiopic), (0x2DFF, .cyrillic),
    (0x2E7F, nil), (0x2FDF, .han), (0x3004, nil), (0x3007, .han), (0x3030, nil), (0x3035, .kana),
    (0x303F, .han), (0x30FF, .kana), (0x312F, .han), (0x318F, .hangul), (0x31BF, .han),
    (0x31EF, nil), (0x31FF, .kana), (0x33FF, nil), (0x9FFF, .han), (0xA63F, .unread),
    (0xA69F, .cyrillic), (0xA6FF, .unread), (0xA7FF, .latin), (0xA8DF, .unread),
    (0xA8FF, .devanagari), (0xA95F, .unread), (0xA97F, .hangul), (0xA9DF, .unread),
    (0xA9FF, .myanmar), (0xAA5F, .unread), (0xAA7F, .myanmar), (0xAAFF, .unread),
    (0xAB2F, .ethiopic), (0xAB6F, .latin), (0xABBF, .cherokee), (0xABFF, .unread),
    (0xD7FF, .hangul), (0xF8FF, .unread), (0xFAFF, .han), (0xFB06, .latin), (0xFB17, .armenian),
    (0xFB4F, .hebrew), (0xFDFF, .arabic), (0xFE6F, nil), (0xFEFF, .arabic), (0xFF65, .latin),
    (0xFF9F, .kana), (0xFFFF, .hangul), (0x1AFFF, .unread), (0x1B16F, .kana), (0x1D3FF, .unread),
    (0x1D7FF, nil), (0x1FFFF, .unread), (0x3FFFF, .han), (.max, .unread),
  ]
}
