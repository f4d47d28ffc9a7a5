/// Times and levels as people write them.
package enum Measures {
  static let longest = Duration.seconds(86_400)

  /// `800ms`, `1.5s` or `2m`; nil when it is anything else, negative, or more than a day.
  static func duration(_ text: String) -> Duration? {
    let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60)]
    for (unit, seconds) in units where text.hasSuffix(unit) {
      guard let number = decimal(text.dropLast(unit.count)), number >= 0 else { return nil }
      guard number * seconds <= 86_400 else { return nil }
      return .seconds(number * seconds)
    }
    return nil
  }

  /// `-6dB`, `+3 dB` or `-6`; nil outside the range.
  package static func decibels(
    _ text: String, in levels: ClosedRange<Double> = levels
  ) -> Double? {
    var text = Substring(text)
    if text.lowercased().hasSuffix("db") { text = text.dropLast(2) }
    while text.last == " " { text.removeLast() }
    guard let number = decimal(text), levels.contains(number) else { return nil }
    return number
  }

  /// dB that a volume may be set to.
  package static let levels = -60.0...12.0

  /// Digits with at most one stop and a sign; nothing else that `Double` would take.
  static func decimal(_ text: some StringProtocol) -> Double? {
    var digits = Substring(text)
    if let sign = digits.first, sign == "+" || sign == "-" { digits.removeFirst() }
    guard digits.contains(where: \.isNumber), digits.allSatisfy({ "0123456789.".contains($0) })
    else { return nil }
    return Double(String(text))
  }
}

extension Duration {
  var seconds: Double { self / .seconds(1) }
  var milliseconds: Double { self / .milliseconds(1) }
}

extension Double {
  /// With exactly so many digits behind the stop, as replies show it.
  func text(digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    guard let scaled = Int(exactly: (magnitude * scale).rounded()) else { return description }
    let sign = self < 0 && scaled > 0 ? "-" : ""
    let unit = Int(scale)
    guard digits > 0 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % unit)
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(sign)\(scaled / unit).\(zeros)\(fraction)"
  }

  /// Without a needless `.0`.
  var shortText: String {
    Int(exactly: self).map(\.description) ?? description
  }
}
