import KugelEngines
import KugelJobs

/// `kugel _engine NAME`: what this program starts to have an engine in a process of its own.
package struct EngineProcess: Command {
  package static let name = "_engine"
  package static let summary = "Be a process of an engine."
  package static let isHidden = true
  package static let operands = Operands(forms: ["NAME"], choices: .none)
  package static var flags: [Flag<EngineProcess>] { [] }

  package var words: [String] = []

  package init() {}

  package mutating func take(operands: [String]) { words = operands }

  package func run(in host: Host) throws -> ExitStatus {
    guard words.count == 1, let work = EngineRegistry.entry(named: words[0])?.process else {
      throw UserError.usage("kugel _engine takes an engine that has processes of its own")
    }
    work()
  }
}
