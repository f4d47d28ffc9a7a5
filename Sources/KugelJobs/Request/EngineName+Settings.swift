import KugelEngine
import KugelText
import KugelWire

extension EngineName {
  /// One value as it takes it.
  ///
  /// - Parameter option: how users say it, such as `--speed`.
  /// - Throws: 64 when it is not taken.
  package func take(
    _ key: SettingKey, _ value: SettingValue, option: String? = nil
  ) throws(UserError) -> SettingValue {
    let option = option ?? key.setting.option.map { "--\($0)" } ?? "--set \(key.rawValue)"
    let words = option.dropFirst(2).split(separator: " ", maxSplits: 1).map(String.init)
    let told = { (predicate: String) in
      UserError.value(of: words[0], (words.dropFirst() + [predicate]).joined(separator: " "))
    }
    do throws(SettingProblem) {
      return try SettingChange(key, value, offer: offer).value
    } catch {
      switch error {
      case .notTaken(_, let expected, let given):
        throw told("takes \(expected) with \(rawValue), not \(given)")
      default:
        let known = offer.keys.filter(SettingKey.ofOption.contains).map(\.rawValue)
        throw told(
          "means nothing to the engine \(rawValue), which knows " + known.joined(separator: ", "))
      }
    }
  }

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
