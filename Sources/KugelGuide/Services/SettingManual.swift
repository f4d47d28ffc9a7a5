import KugelJobs
import KugelScreen
import KugelWire

/// What can be set, from the table of settings: for people.
package enum SettingManual {
  package static var text: String {
    """
    Settings

    --set and set = in the configuration take KEY=VALUE for what has no option of
    its own. /set in kugel session, and its JSON operation, take all but pan, for
    the turns to come; volume counts at once. Scripts give a voice or a line all
    but \(list(SettingKey.allCases.filter { !SettingKey.ofScripts.contains($0) })).


    """
      + Columns.text(
        SettingKey.allCases.map { ["  " + $0.rawValue, $0.setting.kind.expected] },
        within: Columns.usualWidth)
      + "\nWho takes what, where less than above is taken with that\n\n"
      + EngineName.allCases.map { paragraph(taken(by: $0)) }.joined()
      + EngineName.allCases.compactMap(reconnecting).map(paragraph).joined()
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

  /// In lines that a terminal holds, indented; the first stands out.
  private static func paragraph(_ text: String) -> String {
    wrapped(text, to: Columns.usualWidth - 4).enumerated()
      .map { index, line in (index == 0 ? "  " : "    ") + line + "\n" }.joined()
  }
}
