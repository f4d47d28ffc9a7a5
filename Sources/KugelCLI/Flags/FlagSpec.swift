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
  /// One line for `--help`; no stop at its end.
  package let help: String
  /// What the man page adds, in whole sentences; `code` between backticks.
  package var detail = ""
  package var choices = Choices.none
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

  /// `--output`
  package var dashed: String { "--" + long }
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

  package struct Refusal: Equatable, Sendable {
    package var why: String
    package var hint: String?
  }

  /// Every command takes it.
  package static let helpFlag = FlagSpec(
    long: "help", short: "h", value: .none, help: "show this help and leave")
}
