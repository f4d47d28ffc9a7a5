import KugelJobs
import KugelWire

/// What can be set, from the table of settings: for people.
enum SettingManual {
  static var text: String {
    """
    Settings

    --set and set = in the configuration take KEY=VALUE for what has no option of its own. /set in
    kugel session, and its JSON operation, take all but pan, for the turns to come; volume counts
    at once. Scripts give a voice or a line: \(list(SettingKey.ofScripts)).


    """
      + Columns.text(SettingKey.allCases.map { ["  " + $0.rawValue, $0.setting.kind.expected] })
      + "\nWho takes what, where less than above is taken with that\n\n"
      + EngineName.allCases.map { wrapped(taken(by: $0)) }.joined()
      + EngineName.allCases.compactMap(reconnecting).map(wrapped).joined()
  }

  private static func taken(by engine: EngineName) -> String {
    let keys = engine.offer.terms.map { terms in
      let isLess = terms.kind.expected != terms.key.setting.kind.expected
      return terms.key.rawValue + (isLess ? " (\(terms.kind.expected))" : "")
    }
    return "\(engine.rawValue): " + keys.joined(separator: ", ")
  }

  private static func reconnecting(_ engine: EngineName) -> String? {
    let keys = engine.offer.terms.filter { $0.moment == .newConnection }.map(\.key)
    return keys.isEmpty
      ? nil
      : "With \(engine.rawValue) the next turn is spoken over a new connection for " + list(keys)
  }

  private static func list(_ keys: [SettingKey]) -> String {
    keys.map(\.rawValue).joined(separator: ", ")
  }

  /// In lines of at most 90 columns, indented.
  private static func wrapped(_ text: String) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count > 86 { lines.append("  ") }
      lines[lines.count - 1] += (lines[lines.count - 1].allSatisfy { $0 == " " } ? "" : " ") + word
    }
    return lines.map { "  \($0)\n" }.joined()
  }
}
