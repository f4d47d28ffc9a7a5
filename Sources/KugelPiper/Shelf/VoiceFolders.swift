/// Where voices are looked for.
package enum VoiceFolders {
  static let variable = "KUGEL_VOICES"

  /// The user's folder for data of ours; nil without a home.
  ///
  /// - Parameter variable: of the environment.
  package static func data(_ variable: (String) -> String?) -> String? {
    let given = variable("XDG_DATA_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = variable("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    return (given ?? home.map { $0 + "/.local/share" }).map { $0 + "/kugel" }
  }

  /// Where voices are put that are fetched.
  package static func own(_ variable: (String) -> String?) -> String? {
    data(variable).map { $0 + "/voices" }
  }

  /// - Parameter named: by the user, with colons between them; they count first.
  package static func all(named: String?, _ variable: (String) -> String?) -> [String] {
    let named = (named ?? variable(Self.variable) ?? "").split(separator: ":").map(String.init)
    return named + [own(variable)].compactMap(\.self)
      + ["/usr/local/share/kugel/voices", "/usr/share/piper-voices"]
  }
}
