/// Numbers as people read them.
package enum Figures {
  /// - Parameter places: digits behind the point.
  package static func fixed(_ value: Double, _ places: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
    let whole = Int((abs(value) * scale).rounded())
    let sign = value < 0 && whole != 0 ? "-" : ""
    guard places > 0 else { return sign + "\(whole)" }
    let digits = String(whole)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return sign + padded.dropLast(places) + "." + padded.suffix(places)
  }

  /// Three digits or so.
  package static func milliseconds(_ value: Double) -> String {
    switch abs(value) {
    case ..<9.995: fixed(value, 2)
    case ..<99.95: fixed(value, 1)
    default: fixed(value, 0)
    }
  }

  /// With its unit.
  package static func time(_ milliseconds: Double) -> String {
    abs(milliseconds) < 10_000
      ? self.milliseconds(milliseconds) + " ms" : fixed(milliseconds / 1000, 1) + " s"
  }

  package static func value(_ value: Double, _ unit: Metric.Unit) -> String {
    switch unit {
    case .milliseconds: milliseconds(value)
    case .ratio: abs(value) < 0.0995 ? fixed(value, 4) : fixed(value, 2)
    }
  }

  package static func percent(_ value: Double) -> String {
    value == 0 ? "0 %" : value < 0.05 ? "<0.1 %" : fixed(value, 1) + " %"
  }

  /// Without a point where there is nothing behind it.
  package static func shortest(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
