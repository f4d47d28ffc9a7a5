import KugelEngines

/// What speaks behind `kugel serve`, by its `--engine` name: an engine of this program.
package struct ServingEngine: ChoiceValue, Hashable, Sendable {
  package let name: EngineName

  package var rawValue: String { name.rawValue }

  package init?(rawValue: String) {
    guard let name = EngineName(rawValue: rawValue), name.entry != nil else { return nil }
    self.name = name
  }

  private init(_ name: EngineName) { self.name = name }

  package static let espeak = ServingEngine(.espeak)
  package static let tone = ServingEngine(.tone)

  package static let allCases: [ServingEngine] =
    EngineRegistry.all.compactMap { ServingEngine(rawValue: $0.name) }

  package var meaning: String {
    (name.entry?.summary ?? "") + (self == .espeak ? "; the default" : "")
  }
}
