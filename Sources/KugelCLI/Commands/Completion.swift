import KugelJobs

/// `kugel completion`: the script that teaches a shell our options.
package struct Completion: Command {
  package enum Shell: String, ChoiceValue {
    case bash
    case zsh
    case fish

    package var meaning: String { "the script for \(rawValue)" }

    package var script: String {
      switch self {
      case .bash: BashCompletion.script
      case .zsh: ZshCompletion.script
      case .fish: FishCompletion.script
      }
    }

    /// What the installed file is called.
    package var file: String {
      switch self {
      case .bash: "kugel.bash"
      case .zsh: "_kugel"
      case .fish: "kugel.fish"
      }
    }
  }

  package static let name = "completion"
  package static let summary = "Print the completion script for a shell."
  package static var operands: Operands {
    Operands(
      forms: [Shell.allCases.map(\.rawValue).joined(separator: "|")], choices: .fixed(Shell.choices)
    )
  }
  package static var flags: [Flag<Completion>] { [] }

  package var shell: Shell?

  package init() {}

  package mutating func take(operands: [String]) throws(UserError) {
    guard operands.count == 1, let chosen = Shell(rawValue: operands[0]) else {
      throw .usage("kugel completion takes one of \(Self.operands.forms[0])")
    }
    shell = chosen
  }

  package func run(in host: Host) throws -> ExitStatus {
    try host.print(shell?.script ?? "")
    return .done
  }
}
