import KugelEngines
import KugelGuide
import KugelJobs
import KugelScreen
import KugelWire

// What the pages tell of configuration files, and of variables that belong to no option.
extension ManPage {
  static var configuration: String {
    ".Sh CONFIGURATION\n"
      + [
        "A configuration file holds lines `KEY = VALUE`, sections `[NAME]` for profiles, and "
          + "comments behind `#`. An unknown key is an error that names its line. "
          + "What stands before the first section counts always, a section only with "
          + "`--profile NAME`.",
        "A section `[engine.NAME]` makes an engine of a program that writes sound, for `-e NAME`: its "
          + "keys are "
          + ConfigurationFile.engineKeys.map { "`\($0)`" }.joined(separator: ", ")
          + ", as `-e command -x KEY=VALUE` takes them. " + EngineManual.programs,
        "An option counts most, then its variable, then the profile, then the rest of the user's "
          + "file, then the system's.",
      ].map(Mdoc.prose).joined(separator: ".Pp\n")
      + ".Bd -literal -offset indent\n" + Mdoc.escaped(ConfigurationManual.example) + ".Ed\n.Pp\n"
      + Mdoc.prose(
        "No file holds a key for a service itself. It is looked for in this order: `--key-fd`, "
          + "`key_file`, `key_command` (the first line that the command prints), "
          + ([ServiceManual.lastPlaces + "."] + ServiceManual.others).joined(separator: " "))
      + ".Pp\nThe keys are the names of options, with underscores:\n"
      + choices(Topic.configurationKeys)
  }

  static let configurationFiles = [
    Choice("~/.config/kugel/config", "configuration of the user"),
    Choice("/etc/xdg/kugel/config", "configuration of the system"),
  ]

  /// Variables that stand for no option.
  static func otherVariables(_ specs: [FlagSpec]) -> [Choice] {
    (specs.contains { $0.long == "ca" }
      ? [
        Choice("SSL_CERT_FILE", "file of authorities (PEM) to trust in place of the system's"),
        Choice("SSL_CERT_DIR", "directories of authorities, as `openssl rehash` makes them"),
        Choice(
          "https_proxy, http_proxy", "proxy for services with and without TLS, as curl reads them"),
        Choice("all_proxy", "proxy for both, where those are not set"),
        Choice("no_proxy", "hosts without a proxy, such as localhost,.example.org,10.0.0.0/8"),
      ] : [])
      + (specs.contains { $0.long == "set" } ? EngineRegistry.variables : [])
      + (specs.contains { $0.long == "config" }
        ? [
          Choice("XDG_CONFIG_HOME", "where the user's configuration is, in place of `~/.config`"),
          Choice("XDG_CONFIG_DIRS", "where the system's is, in place of `/etc/xdg`"),
        ] : [])
  }
}
