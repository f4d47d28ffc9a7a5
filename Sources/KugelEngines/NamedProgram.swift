import KugelCommand
import KugelEngine

/// An engine that a user has named: a program that speaks, with what is to be said to the engine `command`
/// of it.
package struct NamedProgram: Hashable, Sendable {
  package let name: String
  /// By the options' names.
  package let options: [String: String]

  package init(name: String, options: [String: String]) {
    self.name = name
    self.options = options
  }

  package var entry: EngineEntry { .program(named: name, options) }

  /// What is wrong with the command: half a sentence; nil for nothing.
  package var flaw: String? { EngineEntry.flaw(ofProgram: options) }

  /// What can be said of one.
  package static let known: [EngineOption] = EngineEntry.command.capabilities.options

  /// Whether an engine may be called so.
  package static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.first != "-"
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }
}
