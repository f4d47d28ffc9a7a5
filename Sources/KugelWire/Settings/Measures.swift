/// Times and levels as people write them, wherever they write them: options, lines, scripts, files.
package enum Measures {
  /// What a time may be given in.
  package enum TimeUnit: String, CaseIterable, Sendable {
    case microseconds = "us"
    case milliseconds = "ms"
    case seconds = "s"
    case minutes = "m"
    case hours = "h"

    package var microseconds: Double {
      switch self {
      case .microseconds: 1
      case .milliseconds: 1000
      case .seconds: 1_000_000
      case .minutes: 60_000_000
      case .hours: 3_600_000_000
      }
    }
  }

  /// A year.
  package static let longest = Duration.seconds(31_536_000)
  /// Fits after "takes".
  package static let timeForm = "a time such as 800ms, 1.5s, 5m or 1h"

  /// `800ms`, `1.5 s`, `5m` or `1h`, to the microsecond.
  ///
  /// - Parameters:
  ///   - bare: the unit of a number without one; nil: only `0` needs none.
  ///   - range: what is taken.
  /// - Returns: nil when it is anything else.
  package static func duration(
    _ text: some StringProtocol, bare: TimeUnit? = nil,
    in range: ClosedRange<Duration> = .zero...longest
  ) -> Duration? {
    let text = trimmed(Substring(text))
    let unit = TimeUnit.allCases.first { text.hasSuffix($0.rawValue) && !$0.isEndOfLonger(text) }
    let digits = unit.map { trimmed(text.dropLast($0.rawValue.count)) } ?? text
    guard let number = decimal(digits) else { return nil }
    guard let unit = unit ?? bare ?? (number == 0 ? .seconds : nil) else { return nil }
    // Whole microseconds, so that a decimal fraction means what it says.
    let microseconds = (number * unit.microseconds).rounded()
    guard microseconds.magnitude <= 1e18 else { return nil }
    let duration = Duration.microseconds(Int64(microseconds))
    return range.contains(duration) ? duration : nil
  }

  /// dB that a volume may be set to.
  package static let levels = -60.0...20.0
  /// `-60 to 20`.
  package static let levelRange =
    "\(levels.lowerBound.shortText) to \(levels.upperBound.shortText)"
  /// Fits after "takes".
  package static let levelForm = "\(levelRange) decibels, such as -6 or -6dB"

  /// `-6dB`, `+3 dB` or `-6`; nil outside `levels`.
  package static func decibels(_ text: some StringProtocol) -> Double? {
    var text = Substring(text)
    if text.lowercased().hasSuffix("db") { text = text.dropLast(2) }
    guard let number = decimal(trimmed(text)), levels.contains(number) else { return nil }
    return number
  }

  /// Digits with at most one stop and a sign; nothing else that `Double` would take. Word processors
  /// write a minus of their own.
  package static func decimal(_ text: some StringProtocol) -> Double? {
    let text = String(text.map { $0 == "\u{2212}" ? "-" : $0 })
    var digits = Substring(text)
    if let sign = digits.first, sign == "+" || sign == "-" { digits.removeFirst() }
    guard digits.contains(where: { $0 != "." }), digits.allSatisfy({ "0123456789.".contains($0) })
    else { return nil }
    return Double(text)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

extension Measures.TimeUnit {
  /// `ms` and `us` end like `s`.
  fileprivate func isEndOfLonger(_ text: Substring) -> Bool {
    self == .seconds && (text.hasSuffix("ms") || text.hasSuffix("us"))
  }
}

extension Duration {
  /// As it may be written, without loss: `250ms`, `90s`, `1h`.
  package var asWritten: String {
    let micro = Int64((self / .microseconds(1)).rounded())
    if micro % 3_600_000_000 == 0, micro != 0 { return "\(micro / 3_600_000_000)h" }
    if micro % 1_000_000 == 0, micro != 0 { return "\(micro / 1_000_000)s" }
    return micro % 1000 == 0 ? "\(micro / 1000)ms" : "\(Double(micro) / 1000)ms"
  }
}

extension Double {
  /// With exactly so many digits behind the stop, as replies show it.
  package func text(digits: Int) -> String {
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
  package var shortText: String { Int(exactly: self).map(\.description) ?? description }
}

extension ClosedRange<Double> {
  /// The widest range within it whose ends have two digits behind the stop, so that what is shown of
  /// it is what is taken; 80 of 175 words a minute is 0.46.
  package var inHundredths: ClosedRange<Double> {
    let low = (lowerBound * 100).rounded() / 100
    let high = (upperBound * 100).rounded() / 100
    let lower = low >= lowerBound ? low : (low * 100 + 1).rounded() / 100
    let upper = high <= upperBound ? high : (high * 100 - 1).rounded() / 100
    return lower <= upper ? lower...upper : self
  }
}
