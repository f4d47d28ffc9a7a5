import Glibc
import KugelAudio

/// `kugel _play N`: print how long a first frame waits until an open device takes it, p50 and p99 of N in
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
    let frame = [Int16](repeating: 100, count: 480)
    var waits: [Double] = []
    for _ in 0..<rounds {
      let control = PlaybackControl()
      let runner = SinkRunner(
        target: "null", onChange: {},
        makeSink: { () throws(SinkError) in try Player(device: "null", playback: control) })
      // Until the device is open and has had its silence.
      usleep(5000)
      let begin = ContinuousClock.now
      runner.offer(frame, rate: 24_000)
      runner.finish()
      runner.join()
      guard let taken = control.status.firstSoundAt else {
        throw SinkError.failed(target: "null", cause: "took no sound")
      }
      waits.append((taken - begin) / .milliseconds(1))
    }
    waits.sort()
    try host.print("\(waits[rounds / 2]) \(waits[(rounds * 99 + 99) / 100 - 1])\n")
    return .done
  }

  package static var manual: ManualText { ManualText() }
}
