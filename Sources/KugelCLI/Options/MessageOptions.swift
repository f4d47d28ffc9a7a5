import KugelJobs

/// How much is told on standard error.
package struct MessageOptions: OptionGroup {
  package var verbosity = Verbosity.normal
  package var progress: ProgressMode?
  package var karaoke: Karaoke?

  package init() {}
  package static let heading = "Messages"
  package static var flags: [Flag<MessageOptions>] {
    levels + [
      .choice("progress", nil, "WHEN", \.progress, help: "when to show a status line")
        .detail("It is on standard error, at most ten times a second, and erased at the end."),
      karaoke,
    ]
  }

  /// How much is told, and nothing else.
  package static var levels: [Flag<MessageOptions>] {
    [
      level("quiet", "q", .quiet, help: "tell nothing but errors"),
      level("verbose", "V", .verbose, help: "tell what happens; -VV: each message of a service")
        .detail(
          "Given twice, it shows every message to and from a service, sound and key left out."),
    ]
  }

  private static var karaoke: Flag<MessageOptions> {
    Flag(
      FlagSpec(
        long: "karaoke", short: "i", value: .optional("UNIT"),
        help: "show the text as it is spoken")
    ) { (target, input) throws(BadValue) in
      guard case .value(let text) = input else {
        target.karaoke = .word
        return
      }
      guard let chosen = Karaoke(rawValue: text) else {
        throw BadValue(unknown: text, of: Karaoke.choices)
      }
      target.karaoke = chosen
    }
    .detail(
      "The word being heard is shown in reverse, on the text as it was given. "
        + "Without word times the sentence is; where there is no terminal, "
        + "each sentence is printed when it is heard."
    )
    .choices(.fixed(Karaoke.choices))
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
