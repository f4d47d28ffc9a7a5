import KugelEngine
import KugelText

extension EngineName {
  /// - Throws: 64 for what this engine does not take.
  package func take(
    options: [(name: String, value: String)]
  ) throws(UserError) -> [String: String] {
    var taken: [String: String] = [:]
    for (name, value) in options {
      guard let option = entry?.capabilities.options.first(where: { $0.name == name }) else {
        throw .value(of: "set", "\(name) means nothing to the engine \(rawValue)")
      }
      guard option.takes(value) else {
        throw .value(of: "set", "\(name) takes \(option.expected), not \(value)")
      }
      taken[name] = value
    }
    return taken
  }
}
