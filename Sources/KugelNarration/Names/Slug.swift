import KugelText

/// A text as a part of a file's name: ASCII letters and digits, joined by hyphens.
package enum Slug {
  package static let longest = 40

  /// - Returns: empty where the text has no letter that ASCII knows.
  package static func of(_ text: String) -> String {
    var slug = ""
    var isOpen = false
    for scalar in text.lowercased().unicodeScalars {
      let plain = plain(scalar)
      guard let plain else {
        isOpen = !slug.isEmpty && (isOpen || !isApostrophe(scalar))
        continue
      }
      let piece = isOpen ? "-" + plain : plain
      guard slug.count + piece.count <= longest else { break }
      slug += piece
      isOpen = false
    }
    return slug
  }

  private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "'" || scalar == "’" || scalar.properties.isGraphemeExtend
  }

  /// - Returns: nil for what separates words, or has no place in ASCII.
  private static func plain(_ scalar: Unicode.Scalar) -> String? {
    if scalar.isASCIILetter || scalar.isASCII && scalar.isDigit { return String(scalar) }
    switch scalar {
    case "ä", "æ": return "ae"
    case "ö", "œ": return "oe"
    case "ü": return "ue"
    case "ß": return "ss"
    case "ø": return "o"
    case "å": return "a"
    case "ł": return "l"
    case "đ", "ð": return "d"
    case "þ": return "th"
    case "ı": return "i"
    default: return accented[scalar].map { String($0) }
    }
  }

  private static let accented: [Unicode.Scalar: Unicode.Scalar] = {
    let families = [
      "aáàâãāăą", "cçćĉċč", "dď", "eéèêëēĕėęě", "gĝğġģ", "hĥħ", "iíìîïĩīĭį", "jĵ", "kķ", "lĺļľ",
      "nñńņň", "oóòôõōŏő", "rŕŗř", "sśŝşšș", "tţťŧț", "uúùûũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
    ]
    var letters: [Unicode.Scalar: Unicode.Scalar] = [:]
    for family in families {
      let scalars = Array(family.unicodeScalars)
      for scalar in scalars.dropFirst() { letters[scalar] = scalars[0] }
    }
    return letters
  }()
}
