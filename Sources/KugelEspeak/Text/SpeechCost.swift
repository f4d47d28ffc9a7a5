/// How much of the library's room a text takes, at the most that is likely.
///
/// A clause has room for a thousand sounds, 300 words and 800 bytes with the spaces that the library
/// adds; a word for 200 sounds and 160 bytes. What does not fit is dropped without a word
/// (`TranslateClause` of espeak-ng 1.51).
enum SpeechCost {
  /// A clause may cost so much: a piece within it is spoken to its end.
  static let clause = 880
  /// A word may cost so much, and have so many bytes.
  static let word = 110

  /// Sounds of a clause. Numbers are long in some languages: "777" has 25 sounds in German; capitals
  /// may be spelled, and signs have names.
  static func ofClause(_ scalar: Unicode.Scalar) -> Int {
    switch kind(of: scalar) {
    case .small, .alphabetic: 2
    case .capital: 7
    case .digit: 10
    case .syllable: 5
    case .ideograph: 6
    case .asciiSign: 8
    case .symbol: 25
    case .space, .sign: 3
    }
  }

  /// Sounds of a word that is written without a space. The library has its own words in a text of
  /// ideographs.
  static func ofWord(_ scalar: Unicode.Scalar) -> Int {
    switch kind(of: scalar) {
    case .small, .capital, .alphabetic: 2
    case .digit, .syllable: 4
    case .asciiSign: 8
    case .symbol: 18
    case .space, .sign, .ideograph: 0
    }
  }

  private enum Kind {
    case small, capital, alphabetic, digit, syllable, ideograph, asciiSign, symbol, space, sign
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar {
    case "a"..."z": return .small
    case "A"..."Z": return .capital
    case "0"..."9": return .digit
    case " ", "\n", "\r", "\t": return .space
    case "#", "$", "%", "&", "*", "+", "/", "<", "=", ">", "@", "\\", "^", "_", "|", "~":
      return .asciiSign
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: return .capital
    case .lowercaseLetter: return .alphabetic
    case .otherLetter, .modifierLetter, .spacingMark, .nonspacingMark, .enclosingMark:
      switch Script.of(scalar) {
      case .han?: return .ideograph
      case .hangul?, .kana?, .ethiopic?, .cherokee?: return .syllable
      default: return .alphabetic
      }
    case .otherSymbol, .mathSymbol, .currencySymbol, .modifierSymbol, .letterNumber, .otherNumber:
      return .symbol
    default: return scalar.properties.isWhitespace ? .space : .sign
    }
  }
}
