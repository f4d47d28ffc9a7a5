import KugelText

/// Why something cannot be set.
package enum SettingProblem: Error, Equatable, Sendable {
  case notPair(String)
  case unknown(String, meant: SettingKey?, known: [SettingKey])
  /// It has an option of its own where it was written.
  case hasOption(SettingKey, option: String)
  /// It is settled when the program starts.
  case isFixed(String, option: String)
  case meansNothing(SettingKey, to: String, known: [SettingKey])
  case notTaken(SettingKey, expected: String, given: String)

  /// Options that somebody may want to set, and that are settled when the program starts.
  private static let fixed = [
    "engine", "url", "region", "device", "output", "preset", "timeout", "retries", "prebuffer",
    "lead_in", "keep_warm",
  ]

  init(unknown name: String, among known: [SettingKey]) {
    let meant = nearest(
      to: name, in: known.flatMap { [$0.rawValue] + $0.setting.aliases }, limit: 1
    ).first.flatMap(SettingKey.init(named:))
    self =
      if let key = SettingKey(named: name), let option = key.setting.option {
        .hasOption(key, option: option)
      } else if Self.fixed.contains(name) {
        .isFixed(name, option: String(name.map { $0 == "_" ? "-" : $0 }))
      } else {
        .unknown(name, meant: meant, known: known)
      }
  }

  /// A sentence without its full stop.
  package var message: String {
    switch self {
    case .notPair(let text): "\(quoted(text)) is not of the form key=value"
    case .unknown(let name, let meant?, _):
      "\(quoted(name)) cannot be set; did you mean \(meant.rawValue)?"
    case .unknown(let name, nil, let known):
      "\(quoted(name)) cannot be set; known are \(Self.list(known))"
    case .hasOption(let key, let option): "\(key.rawValue) has an option of its own, --\(option)"
    case .isFixed(let name, let option):
      "\(name) is settled when kugel starts, by --\(option)"
    case .meansNothing(let key, let name, let known):
      "\(key.rawValue) means nothing to \(name), which "
        + (known.isEmpty ? "has no settings" : "knows \(Self.list(known))")
    case .notTaken(let key, let expected, let given):
      "\(key.rawValue) takes \(expected), not \(given.isEmpty ? "nothing" : given)"
    }
  }

  private static func list(_ keys: [SettingKey]) -> String {
    keys.map(\.rawValue).joined(separator: " ")
  }
}

private func quoted(_ text: String) -> String { "\"\(text)\"" }
