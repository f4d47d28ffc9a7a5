/// Something that is said to one engine before it is opened, by `--set NAME=VALUE`.
package struct EngineOption: Sendable {
  package let name: String
  /// What a man page calls the value.
  package let placeholder: String
  /// A fragment without a stop.
  package let meaning: String
  /// What it takes, such as "a whole number from 1 to 64".
  package let expected: String
  package let takes: @Sendable (String) -> Bool
  /// Of the environment, where that says it too; the option counts more.
  package let variable: String?

  package init(
    _ name: String, _ placeholder: String, _ meaning: String, expected: String,
    variable: String? = nil, takes: @escaping @Sendable (String) -> Bool = { !$0.isEmpty }
  ) {
    self.name = name
    self.placeholder = placeholder
    self.meaning = meaning
    self.expected = expected
    self.takes = takes
    self.variable = variable
  }
}
