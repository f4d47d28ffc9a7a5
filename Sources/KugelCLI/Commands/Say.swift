import KugelJobs
import KugelSystem

extension SpeechRequest {
  /// Others than the standard ones, by number.
  fileprivate var usesDescriptors: Bool {
    if case .descriptor = run.events { return true }
    if case .descriptor = service?.key { return true }
    return false
  }
}

/// `kugel say`: speak words, files or standard input, and wait for the last sample.
package struct Say: Command {
  package static let name = "say"
  package static let speaks = true
  package static let summary = "Speak words, files or standard input."
  package static let operands = Operands(forms: ["[--] TEXT...", "-f FILE..."], choices: .none)
  package static var flags: [Flag<Say>] {
    [
      Flag.list("file", "f", "FILE", \.files, help: "read the text from FILE; - is standard input")
        .detail("Several files, as in `-f *.txt`, are spoken one after another.")
        .choices(.file).takingMore.heading("Text"),
      Flag.onOff("detach", nil, \.detaches, help: "return at once; the speaking goes on by itself")
        .detail(
          "Once it has its place in the queue, its number there is printed and kugel leaves. The terminal may be "
            + "closed then. What is piped in is still read. Messages go to `detached.log` in the runtime "
            + "folder."
        ).heading(QueueOptions.heading),
      SpeechOptions.prints(\.prints),
    ] + AnswerOptions.flags(liftedTo: \Say.answers)
      + SpeechOptions.flags.map { $0.lifted(to: \Say.options) }
      + SubtitleOptions.flags(liftedTo: \Say.subtitles)
  }

  package var options = SpeechOptions()
  package var files: [String] = []
  package var detaches = false
  package var prints = false
  package var answers = AnswerOptions()
  package var subtitles = SubtitleOptions()
  package var words: [String] = []

  package init() {}

  package mutating func take(operands: [String]) throws(UserError) {
    guard operands.isEmpty || files.isEmpty else {
      throw .usage(
        "the text comes from words or from -f, not from both",
        hint: "Words after -f are files, up to the next option; text stands in none of them.")
    }
    words = operands.map(\.repairedText)
  }

  package mutating func settle(in host: Host) { options.settle(in: host) }

  package func run(in host: Host) throws -> ExitStatus {
    if let status = try options.list(in: host) { return status }
    try host.refuseDirectory(options.output.output)
    let request = try request(outputIsTerminal: host.isTerminal(host.standardOutput))
    if detaches, !Detachment.isUnderWay(in: host) { return try detach(request, in: host) }
    host.announceReading(of: request)
    return try host.speak(request)
  }

  private func detach(_ request: SpeechRequest, in host: Host) throws -> ExitStatus {
    if request.readsStandardInput, host.isTerminal(host.standardInput) {
      throw UserError.usage(
        "--detach leaves the terminal, and the text would be typed there",
        hint: "Give it as words, with -f FILE or through a pipe.")
    }
    if request.file?.path == "-" || request.events == .standardOutput || request.prints {
      throw UserError.usage(
        "--detach leaves standard output", hint: "Write to a file: -o FILE, --events FILE")
    }
    let item = try Detachment.start(
      keepsDescriptors: request.usesDescriptors, in: host)
    if let item, request.verbosity != .quiet { try host.print("\(item)\n") }
    return .done
  }

  package func request(outputIsTerminal: Bool) throws(UserError) -> SpeechRequest {
    var request = try options.request(
      for: source, prints: prints, outputIsTerminal: outputIsTerminal)
    if case .words(let text) = source, text.allSatisfy(\.isWhitespace), !options.allowsEmpty {
      throw .nothingToSay
    }
    try answers.apply(to: &request)
    request.run.subtitles = try subtitles.output(overwrite: options.output.force)
    return request
  }

  /// A lone dash stands for standard input.
  private var source: TextSource {
    if !files.isEmpty { return files == ["-"] ? .standardInput : .files(files) }
    return words.isEmpty || words == ["-"] ? .standardInput : .words(words.joined(separator: " "))
  }
}
