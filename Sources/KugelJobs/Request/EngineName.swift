import KugelEngine
import KugelWire

/// What speaks, by its `--engine` name: the services and the engines of the two registries.
package struct EngineName: ChoiceValue, Hashable, Sendable {
  package let rawValue: String

  /// - Returns: nil where nothing is called so.
  package init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  private init(known name: String) { rawValue = name }

  /// Services elsewhere first.
  package static let allCases =
    ProtocolRegistry.all.map { EngineName(known: $0.name) }
    + EngineRegistry.names.map { EngineName(known: $0) }

  /// Those in this program, the one for everyday use first.
  package static let ofThisProgram = EngineRegistry.names.map { EngineName(known: $0) }

  /// What speaks when nothing is named and no service is known.
  package static let offline = ofThisProgram[0]
  /// What speaks when nothing is named, and a key or an address is known.
  package static let online = EngineName(known: ProtocolRegistry.usual.name)

  /// How it is spoken with, where it is elsewhere; nil for what is in this program.
  package var service: ServiceProtocol? { ProtocolRegistry.named(rawValue) }

  /// Whether it is elsewhere.
  package var isRemote: Bool { service != nil }

  /// What can be set.
  package var offer: SettingOffer { service?.capabilities.settings ?? local.offer }

  package var meaning: String { service?.capabilities.summary ?? local.summary }

  private var local: (offer: SettingOffer, summary: String) {
    switch rawValue {
    case EngineRegistry.names[0]:
      (
        .local(rawValue, rates: 80...450, hasPitch: true),
        "espeak-ng, over a hundred languages, offline; the default without a service"
      )
    default:
      (
        .local(rawValue, rates: 80...450, hasPitch: false),
        "tones that stand for the letters, always the same for the same text; for tests"
      )
    }
  }
}
