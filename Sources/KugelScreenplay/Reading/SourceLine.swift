/// A line of a script as it stands there.
struct SourceLine: Equatable {
  /// From 1.
  let number: Int
  let text: String

  func error(_ message: String, at column: Int) -> ScriptError {
    ScriptError(line: number, column: column, message: message, source: text)
  }
}
