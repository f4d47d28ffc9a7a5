/// Numerals up to thirty-nine, which are all that chapters and rulers need.
enum RomanNumeral {
  static func value(of text: String) -> Int? {
    guard let value = (1...39).first(where: { written($0) == text }) else { return nil }
    return value
  }

  private static func written(_ value: Int) -> String {
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    return String(repeating: "X", count: value / 10) + ones[value % 10]
  }
}
