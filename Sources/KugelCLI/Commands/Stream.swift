import KugelJobs
import KugelText

/// `kugel stream`: speak standard input while it grows.
package struct Stream: Command {
  package static let name = "stream"
  package static let speaks = true
  package static let summary = "Speak standard input while it is still being written."
  package static var flags: [Flag<Stream>] {
    [
      turn.heading("Text"),
      Flag.choice("preset", nil, "PRESET", \.preset, help: "how soon to speak what has arrived")
        .configurable.heading("Text"),
      Flag.onOff("tee", nil, \.tee, help: "copy the text to standard output, unchanged and at once")
        .detail("So `kugel` can stand in the middle of a pipe.")
        .heading("Text"),
    ] + SpeechOptions.flags.map { $0.lifted(to: \Stream.options) }
  }

  package var options = SpeechOptions()
  package var turnEnd = TurnEnd.endOfInput
  package var preset: Preset?
  package var tee = false

  package init() {}

  package mutating func take(operands: [String]) throws(UserError) {
    guard !operands.isEmpty else { return }
    throw .usage(
      "kugel stream reads standard input and takes no words",
      hint: "To speak them: kugel say \(shellWords(operands))")
  }

  package func run(in host: Host) throws -> ExitStatus {
    if let status = try options.list(in: host) { return status }
    try host.refuseDirectory(options.output.output)
    let request = try request(outputIsTerminal: host.isTerminal(host.standardOutput))
    host.announceReading(of: request)
    return try host.speak(request)
  }

  package func request(outputIsTerminal: Bool) throws(UserError) -> SpeechRequest {
    var request = try options.request(
      for: .standardInput, tee: tee, outputIsTerminal: outputIsTerminal)
    request.turnEnd = turnEnd
    request.preset = preset ?? .balanced
    return request
  }

  private static var turn: Flag<Stream> {
    .value("turn", nil, "END", \.turnEnd, help: "what ends a turn") { (text) throws(BadValue) in
      try TurnEnd(text)
    }
    .detail("Within a turn the sentences are spoken as they become complete.")
    .choices(.fixed(TurnEnd.choices))
  }
}
