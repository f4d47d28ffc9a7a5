import KugelEngine
import KugelEngines
import KugelWire

/// What speaks, by its `--engine` name: the services and the engines of the two registries.
package struct EngineName: ChoiceValue, Hashable, Sendable {
  package let rawValue: String
  /// What the user's configuration says of it, where it is an engine of theirs.
  private let program: NamedProgram?

  /// - Returns: nil where nothing is called so.
  package init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  private init(known name: String) { (rawValue, program) = (name, nil) }
  private init(_ program: NamedProgram) { (rawValue, self.program) = (program.name, program) }

  /// Services elsewhere first, those of the user's configuration last.
  package static var allCases: [EngineName] { usual + ofUser }
  private static let usual = ProtocolRegistry.all.map { EngineName(known: $0.name) } + ofThisProgram
  /// Those that the user's configuration names.
  package static var ofUser: [EngineName] { EngineRegistry.programs.map { EngineName($0) } }

  /// Those in this program, the one for everyday use first.
  package static let ofThisProgram = EngineRegistry.all.map { EngineName(known: $0.name) }

  /// What speaks when nothing is named and no service is known.
  package static let offline = ofThisProgram[0]
  /// The same, where a better voice is ready for what is wished.
  package static func offline(_ wish: EngineWish) -> EngineName {
    EngineRegistry.ready(for: wish).map { EngineName(known: $0.name) } ?? offline
  }

  /// What speaks when nothing is named, and a key or an address is known.
  package static let online = EngineName(known: ProtocolRegistry.usual.name)

  /// How it is spoken with, where it is elsewhere; nil for what is in this program.
  package var service: ServiceProtocol? { ProtocolRegistry.named(rawValue) }

  /// Of this program; nil for a service elsewhere.
  package var entry: EngineEntry? { program?.entry ?? EngineRegistry.entry(named: rawValue) }

  /// Whether it is elsewhere.
  package var isRemote: Bool { service != nil }

  /// What it makes of a text beside plain words; a service elsewhere has ways of its own.
  package var reading: EngineReading { entry?.capabilities.reading ?? EngineReading() }

  /// What can be set.
  package var offer: SettingOffer {
    if let service { return service.capabilities.settings }
    guard let engine = entry?.capabilities else { return SettingOffer(of: rawValue, []) }
    return .local(rawValue, rates: engine.rates, pitches: engine.pitches)
  }

  package var meaning: String {
    let summary = service?.capabilities.summary ?? entry?.summary ?? ""
    return summary + (self == .offline ? ", offline; the default without a service" : "")
  }
}
