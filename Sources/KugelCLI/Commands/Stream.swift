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
      tee.heading("Text"),
      SpeechOptions.prints(\.prints),
      reasoning.heading("Text"),
    ] + AnswerOptions.flags(liftedTo: \Stream.answers)
      + SpeechOptions.flags.map { $0.lifted(to: \Stream.options) }
      + SubtitleOptions.flags(liftedTo: \Stream.subtitles)
  }

  package var options = SpeechOptions()
  package var turnEnd = TurnEnd.endOfInput
  package var preset: Preset?
  package var tee: Tee?
  package var prints = false
  package var showsReasoning = false
  package var answers = AnswerOptions()
  package var subtitles = SubtitleOptions()

  package init() {}

  package mutating func take(operands: [String]) throws(UserError) {
    guard !operands.isEmpty else { return }
    throw .usage(
      "kugel stream reads standard input and takes no words",
      hint: "To speak them: kugel say \(shellWords(operands))")
  }

  package mutating func settle(in host: Host) { options.settle(in: host) }

  package func run(in host: Host) throws -> ExitStatus {
    if let status = try options.list(in: host) { return status }
    try host.refuseDirectory(options.output.output)
    let request = try request(outputIsTerminal: host.isTerminal(host.standardOutput))
    host.announceReading(of: request)
    return try host.speak(request)
  }

  package func request(outputIsTerminal: Bool) throws(UserError) -> SpeechRequest {
    var request = try options.request(
      for: .standardInput, tee: tee, prints: prints, outputIsTerminal: outputIsTerminal)
    request.flows = true
    request.turnEnd = turnEnd
    request.preset = preset ?? .balanced
    guard !showsReasoning || tee == .written else {
      throw .usage(
        "--reasoning is about what --tee shows", hint: "To read it: kugel stream --tee --reasoning")
    }
    try answers.apply(to: &request, showsReasoning: showsReasoning)
    request.run.subtitles = try subtitles.output(overwrite: options.output.force)
    return request
  }

  private static var reasoning: Flag<Stream> {
    .onOff("reasoning", nil, \.showsReasoning, help: "show what a model thinks with --tee")
      .detail("On a terminal it is dim. It is spoken with `--speak-reasoning` only.")
  }

  private static var tee: Flag<Stream> {
    Flag(
      FlagSpec(
        long: "tee", short: nil, value: .optional("WHAT"), help: "copy the text to standard output")
    ) { (target, input) throws(BadValue) in
      guard case .value(let text) = input else {
        target.tee = .written
        return
      }
      guard let chosen = Tee(rawValue: text) else {
        throw BadValue(unknown: text, of: Tee.choices)
      }
      target.tee = chosen
    }
    .detail(
      "So `kugel` can stand in the middle of a pipe. Without WHAT it is what is written. A pipe or a file "
        + "gets the bytes as they came. On a terminal control characters other than tab, newline and "
        + "carriage return are shown as signs, so that no text steers the terminal; a writer's own colours "
        + "are lost there."
    )
    .choices(.fixed(Tee.choices))
  }

  private static var turn: Flag<Stream> {
    .value("turn", nil, "END", \.turnEnd, help: "what ends a turn") { (text) throws(BadValue) in
      try TurnEnd(text)
    }
    .detail("Within a turn the sentences are spoken as they become complete.")
    .choices(.fixed(TurnEnd.choices))
  }
}
