/// The plain form of letters that are only dressed up: mathematical alphabets, full width, ligatures.
///
/// Punctuation of full width stays, for it is the ordinary one of East Asian texts.
enum PlainLetter {
  static func of(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let value = scalar.value
    guard value >= 0x2100 else { return [scalar] }
    switch value {
    case 0x1D400...0x1D6A3: return [latin[Int(value - 0x1D400) % 52]]
    case 0x1D6A4: return ["ı"]
    case 0x1D6A5: return ["ȷ"]
    case 0x1D6A8...0x1D7C9: return [greek[Int(value - 0x1D6A8) % 58]]
    case 0x1D7CA: return ["Ϝ"]
    case 0x1D7CB: return ["ϝ"]
    case 0x1D7CE...0x1D7FF: return ascii(0x30 + (value - 0x1D7CE) % 10)
    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: return ascii(value - 0xFEE0)
    // Letters in circles and squares, as names in networks are written.
    case 0x24B6...0x24CF: return ascii(0x41 + value - 0x24B6)
    case 0x24D0...0x24E9: return ascii(0x61 + value - 0x24D0)
    case 0x1F130...0x1F149: return ascii(0x41 + value - 0x1F130)
    case 0x1F150...0x1F169: return ascii(0x41 + value - 0x1F150)
    case 0x1F170...0x1F189 where !"🅰🅱🅾🅿".unicodeScalars.contains(scalar):
      return ascii(0x41 + value - 0x1F170)
    case 0x2100...0x2149, 0xFB00...0xFB06: return special[scalar] ?? [scalar]
    default: return [scalar]
    }
  }

  private static func ascii(_ value: UInt32) -> [Unicode.Scalar] {
    [Unicode.Scalar(UInt8(truncatingIfNeeded: value))]
  }

  private static let latin = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".unicodeScalars)

  private static let greek = Array(
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂εθκφρπ".unicodeScalars)

  /// The letters that the mathematical alphabets lend from older blocks, and ligatures.
  private static let special: [Unicode.Scalar: [Unicode.Scalar]] = {
    let pairs = """
      ℂC ℊg ℋH ℌH ℍH ℎh ℐI ℑI ℒL ℓl ℕN ℙP ℚQ ℛR ℜR ℝR ℤZ ℨZ ℬB ℭC ℯe ℰE ℱF ℳM ℴo ℹi ⅅD ⅆd ⅇe ⅈi ⅉj
      ﬀff ﬁfi ﬂfl ﬃffi ﬄffl ﬅst ﬆst
      """
    var all: [Unicode.Scalar: [Unicode.Scalar]] = [
      "\u{212A}": ["K"], "\u{212B}": ["Å"], "\u{2126}": ["Ω"],
    ]
    for pair in pairs.unicodeScalars.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if let first = pair.first { all[first] = Array(pair.dropFirst()) }
    }
    return all
  }()
}
