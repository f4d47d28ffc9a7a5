import KugelAudio
import KugelJobs

/// `kugel _play N`: print how long a first frame waits until a warm device takes it, p50 and p99 of N in
/// milliseconds, for `make benchmark`.
package struct MeasurePlayer: Command {
  package static let name = "_play"
  package static let summary = "Measure the player."
  package static let isHidden = true
  package static let operands = Operands(forms: ["N"], choices: .none)
  package static var flags: [Flag<MeasurePlayer>] { [] }

  package var rounds = 0

  package init() {}

  package mutating func take(operands: [String]) throws(UserError) {
    guard operands.count == 1, let count = Int(operands[0]), count > 0 else {
      throw .usage("kugel _play takes a number of rounds")
    }
    rounds = count
  }

  package func run(in host: Host) throws -> ExitStatus {
    let waits = try PlayerLatency.measure(rounds: rounds).map { $0 / .milliseconds(1) }.sorted()
    try host.print("\(waits[rounds / 2]) \(waits[(rounds * 99 + 99) / 100 - 1])\n")
    return .done
  }

  package static var manual: ManualText { ManualText() }
}
