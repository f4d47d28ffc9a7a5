import KugelEngines
import KugelJobs

/// What `--set` says of what one engine understands alone.
package struct OwnOptions {
  package typealias Pair = (name: String, value: String)

  /// Said for one call: an engine that does not understand it refuses it.
  private var given: [Pair] = []
  /// Said in files, for all calls: it counts where it is understood.
  private var configured: [Pair] = []
  private var isConfiguration = false

  /// - Returns: whether any engine understands it.
  mutating func add(_ text: String) -> Bool {
    guard let option = EngineRegistry.option(in: text) else { return isConfiguration }
    if isConfiguration { configured.append(option) } else { given.append(option) }
    return true
  }

  mutating func enter(_ layer: OptionLayer) {
    isConfiguration = if case .file = layer.place { true } else { false }
  }

  /// All that may count, for a look at engines while none is chosen.
  var all: [String: String] {
    Dictionary((configured + given).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// - Throws: 64 for what the engine does not take.
  func taken(by engine: EngineName) throws(UserError) -> [String: String] {
    let known = Set(engine.entry?.capabilities.options.map(\.name) ?? [])
    return try engine.take(options: configured.filter { known.contains($0.name) } + given)
  }

  /// `--set` of a command that sets nothing else.
  static func flag<Target>(_ path: WritableKeyPath<Target, OwnOptions>) -> Flag<Target> {
    Flag(
      FlagSpec(
        long: "set", short: "x", value: .required("KEY=VALUE"), help: "an option of the engine")
    ) { (target, input) throws(BadValue) in
      guard case .value(let text) = input else { return }
      guard target[keyPath: path].add(text) else {
        throw BadValue(
          expected: "KEY=VALUE with one of the keys "
            + EngineRegistry.options.map(\.option.name).joined(separator: ", "))
      }
    }
    .entering { $0[keyPath: path].enter($1) }
    .repeatable.choices(.fixed(EngineRegistry.optionChoices))
  }
}
