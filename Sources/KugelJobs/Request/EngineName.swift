import KugelEngine
import KugelEngines
import KugelWire

/// What speaks, by its `--engine` name: a service elsewhere, or an engine of this program.
package struct EngineName: ChoiceValue, Hashable, Sendable {
  package let rawValue: String

  package init?(rawValue: String) {
    guard Self.allCases.contains(where: { $0.rawValue == rawValue }) else { return nil }
    self.rawValue = rawValue
  }

  private init(_ name: String) { rawValue = name }

  package static let kugel = EngineName("kugel")
  package static let elevenlabs = EngineName("elevenlabs")
  package static let espeak = EngineName("espeak")
  package static let tone = EngineName("tone")

  package static let allCases: [EngineName] =
    [.kugel, .elevenlabs] + EngineRegistry.all.map { EngineName($0.name) }

  /// Of this program; nil for a service elsewhere.
  package var entry: EngineEntry? { EngineRegistry.entry(named: rawValue) }

  package var meaning: String {
    if let entry {
      return self == .espeak
        ? entry.summary + ", offline; the default without a service" : entry.summary
    }
    return self == .kugel
      ? "a KugelAudio service: in the cloud, your own, or kugel serve"
      : "the ElevenLabs service, or one that speaks its protocol"
  }

  /// Words a minute at speed 1.
  package static let normalRate = EngineCapabilities.normalRate

  /// What is spoken with a service elsewhere; nil for what is in this program.
  package var dialect: Dialect? {
    guard entry == nil else { return nil }
    return self == .kugel ? .kugelAudio : .elevenLabs
  }

  /// Whether it is elsewhere.
  package var isRemote: Bool { dialect != nil }

  /// Words a minute it can speak.
  package var rates: ClosedRange<Int> {
    entry?.capabilities.rates ?? (self == .kugel ? 140...210 : 123...210)
  }

  /// Multiples of the normal pace it can speak.
  package var speeds: ClosedRange<Double> {
    let normal = Double(Self.normalRate)
    return Double(rates.lowerBound) / normal...Double(rates.upperBound) / normal
  }
}
