/// A numerator over a denominator.
struct VulgarFraction: Equatable {
  var numerator: Int
  var denominator: Int
  var end = 0

  /// One that measures are made of.
  var isUsual: Bool {
    guard numerator > 0, numerator < denominator else { return false }
    switch denominator {
    case 2, 3, 4, 5, 8, 16: return denominator % 2 == 1 || numerator % 2 == 1
    case 6: return numerator == 1 || numerator == 5
    case 10: return numerator % 2 == 1 && numerator != 5
    default: return false
    }
  }

  /// The fractions that have a sign of their own.
  static func of(_ scalar: Unicode.Scalar) -> VulgarFraction? {
    switch scalar {
    case "½": .init(numerator: 1, denominator: 2)
    case "¼": .init(numerator: 1, denominator: 4)
    case "¾": .init(numerator: 3, denominator: 4)
    case "⅓": .init(numerator: 1, denominator: 3)
    case "⅔": .init(numerator: 2, denominator: 3)
    case "⅛": .init(numerator: 1, denominator: 8)
    case "⅜": .init(numerator: 3, denominator: 8)
    case "⅝": .init(numerator: 5, denominator: 8)
    case "⅞": .init(numerator: 7, denominator: 8)
    default: nil
    }
  }
}
