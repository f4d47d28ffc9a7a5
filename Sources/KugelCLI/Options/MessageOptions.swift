/// How much is told on standard error.
package struct MessageOptions: OptionGroup {
  package var verbosity = Verbosity.normal

  package init() {}
  package static let heading = "Messages"
  package static var flags: [Flag<MessageOptions>] {
    [
      level("quiet", "q", .quiet, help: "tell nothing but errors"),
      level("verbose", "V", .verbose, help: "tell what happens; -VV: each message of a service")
        .detail(
          "Given twice, it shows every message to and from a service, sound and key left out."),
    ]
  }

  private static func level(
    _ long: String, _ short: Character, _ verbosity: Verbosity, help: String
  ) -> Flag<MessageOptions> {
    Flag(FlagSpec(long: long, short: short, value: .none, help: help)) { target, _ in
      let isRepeated = verbosity == .verbose && target.verbosity == .verbose
      target.verbosity = isRepeated ? .wire : verbosity
    }
  }
}
