/// What speaks behind `kugel serve`, by its `--engine` name: the engines of this program.
package struct ServingEngine: ChoiceValue, Equatable, Sendable {
  package let name: EngineName

  private init(_ name: EngineName) { self.name = name }

  package init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  package var rawValue: String { name.rawValue }
  package var meaning: String { name.meaning }
  package static var allCases: [ServingEngine] {
    (EngineName.ofThisProgram + EngineName.ofUser).map { ServingEngine($0) }
  }
}
