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

  /// What can be set.
  package var offer: SettingOffer {
    switch self {
    case .kugel: .kugelAudio
    case .elevenlabs: .elevenLabs
    case .espeak: .local(rawValue, rates: 80...450, hasPitch: true)
    case .tone: .local(rawValue, rates: 80...450, hasPitch: false)
    }
  }
}
