/// What there is to say about an option, whatever it sets: the parser, the help, the man pages and the
/// completions all read this.
package struct FlagSpec: Equatable, Sendable {
  package enum Value: Equatable, Sendable {
    /// A switch.
    case none
    /// `--name VALUE` and `--name=VALUE`; the text is the placeholder.
    case required(String)
    /// `--name` and `--name=VALUE`.
    case optional(String)
  }

  /// Without dashes.
  package let long: String
  package let short: Character?
  package let value: Value
  /// Other names that are taken, without dashes, and not told of.
  package var aliases: [String] = []
  /// What is told of it. Made when somebody asks: a command line that is only parsed asks for none.
  package var telling: Telling
  /// One line for `--help`; no stop at its end.
  package var help: String { telling.help() }
  /// What the man page adds, in whole sentences; `code` between backticks.
  package var detail: String { telling.detail() }
  package var choices: Choices { telling.choices() }
  package var isRepeatable = false
  /// Whether the words that follow its value are values too, as a shell makes them of `*.txt`.
  package var takesMore = false
  /// Whether `--no-NAME` exists too.
  package var isNegatable = false
  /// The environment variable that is read when the option is not given.
  package var variable: String?
  /// Whether a configuration file may set it; its key has underscores for dashes.
  package var isConfigurable = false
  /// Why it is not taken on the command line; such an option is in no help or completion.
  package var refusal: Refusal?
  /// Whether its value is never shown.
  package var holdsSecret = false
  /// The heading it stands under.
  package var heading = "Options"

  package init(
    long: String, short: Character?, value: Value,
    help: @autoclosure @escaping @Sendable () -> String
  ) {
    (self.long, self.short, self.value) = (long, short, value)
    telling = Telling(help: help)
  }

  /// `--output`
  package var dashed: String { "--" + long }
  /// Whether it is meant by a long name, with or without the dashes before both.
  func isCalled(_ name: some StringProtocol) -> Bool {
    let bare = name.hasPrefix("--") ? String(name.dropFirst(2)) : String(name)
    return long == bare || aliases.contains(bare)
  }
  /// `--no-play`; nil when there is no such thing.
  package var negated: String? { isNegatable ? "--no-" + long : nil }
  /// Every way to write the name.
  package var names: [String] {
    (short.map { ["-\($0)"] } ?? []) + [dashed] + (negated.map { [$0] } ?? [])
  }
  package var placeholder: String? {
    switch value {
    case .none: nil
    case .required(let text), .optional(let text): text
    }
  }

  package struct Telling: Equatable, Sendable {
    package var help: @Sendable () -> String
    package var detail: @Sendable () -> String = { "" }
    package var choices: @Sendable () -> Choices = { .none }

    package static func == (one: Telling, other: Telling) -> Bool {
      one.help() == other.help() && one.detail() == other.detail()
        && one.choices() == other.choices()
    }
  }

  package struct Refusal: Equatable, Sendable {
    package var why: String
    package var hint: String?
  }

  /// Every command takes it.
  package static let helpFlag = FlagSpec(
    long: "help", short: "h", value: .none, help: "show this help and leave")
}
