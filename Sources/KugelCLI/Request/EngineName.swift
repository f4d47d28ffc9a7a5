/// What speaks, by its `--engine` name.
package enum EngineName: String, ChoiceValue, Sendable {
  case espeak
  case tone

  package var meaning: String {
    switch self {
    case .espeak: "espeak-ng, over a hundred languages, offline; the default"
    case .tone: "tones that stand for the letters, always the same for the same text; for tests"
    }
  }

  /// Words a minute at speed 1.
  package static let normalRate = 175

  /// Words a minute it can speak.
  package var rates: ClosedRange<Int> { 80...450 }

  /// Multiples of the normal pace it can speak.
  package var speeds: ClosedRange<Double> {
    let normal = Double(Self.normalRate)
    return Double(rates.lowerBound) / normal...Double(rates.upperBound) / normal
  }
}
