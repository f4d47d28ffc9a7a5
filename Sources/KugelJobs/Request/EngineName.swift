import KugelWire

/// What speaks, by its `--engine` name.
package enum EngineName: String, ChoiceValue, Sendable {
  case kugel
  case elevenlabs
  case espeak
  case tone

  package var meaning: String {
    switch self {
    case .kugel: "a KugelAudio service: in the cloud, your own, or kugel serve"
    case .elevenlabs: "the ElevenLabs service, or one that speaks its protocol"
    case .espeak: "espeak-ng, over a hundred languages, offline; the default without a service"
    case .tone: "tones that stand for the letters, always the same for the same text; for tests"
    }
  }

  /// Words a minute at speed 1.
  package static let normalRate = 175

  /// What is spoken with a service elsewhere; nil for what is in this program.
  package var dialect: Dialect? {
    switch self {
    case .kugel: .kugelAudio
    case .elevenlabs: .elevenLabs
    case .espeak, .tone: nil
    }
  }

  /// Whether it is elsewhere.
  package var isRemote: Bool { dialect != nil }

  /// Words a minute it can speak.
  package var rates: ClosedRange<Int> {
    switch self {
    case .kugel: 140...210
    case .elevenlabs: 123...210
    case .espeak, .tone: 80...450
    }
  }

  /// Multiples of the normal pace it can speak.
  package var speeds: ClosedRange<Double> {
    let normal = Double(Self.normalRate)
    return Double(rates.lowerBound) / normal...Double(rates.upperBound) / normal
  }
}
