import KugelAudio
import KugelJobs

/// `kugel multi`: a script of several voices.
package struct Multi: Command {
  package static let name = "multi"
  package static let summary = "Speak a script of several voices."
  package static let operands = Operands(forms: ["[FILE]"], choices: .file)
  package static var flags: [Flag<Multi>] {
    script + EngineOptions.flags(liftedTo: \Multi.engine) + [language]
      + OutputOptions.flags(liftedTo: \Multi.output) + files
      + PlaybackOptions.flags(liftedTo: \Multi.playback)
      + MessageOptions.levels.map {
        $0.heading(MessageOptions.heading).lifted(to: \Multi.messages)
      }
  }

  package var engine = EngineOptions()
  package var language: String?
  package var output = OutputOptions()
  package var playback = PlaybackOptions()
  package var messages = MessageOptions()
  package var ahead: Int?
  package var casts = false
  package var checks = false
  package var convertsToJSON = false
  package var pans = false
  package var stems: String?
  package var lines: String?
  package var allowsEmpty = false
  package var path: String?

  package init() {}

  private static var script: [Flag<Multi>] {
    [
      Flag.onOff("check", nil, \.checks, help: "only read the script, and list its speakers")
        .detail(
          "With the lines and words of each, and how long it will take. Every error is told."),
      Flag.onOff("to-jsonl", nil, \.convertsToJSON, help: "only write the script as JSON lines"),
      Flag.onOff("cast", nil, \.casts, help: "give voices to names without one, and print them")
        .detail(
          "The declarations go to standard error, ready to be put into the script; with `--check` to "
            + "standard output."),
      Flag.integer(
        "ahead", nil, "N", \.ahead, in: 0...100,
        help: "lines to speak ahead of the one that is heard; 3"),
      Flag.onOff(
        "allow-empty", nil, \.allowsEmpty, help: "take a script without lines for success"),
    ].map { $0.heading("Script") }
  }

  private static var language: Flag<Multi> {
    VoiceOptions.language(\Multi.language, help: "language of voices that have none in the script")
      .variable("KUGEL_LANG").heading(VoiceOptions.heading)
  }

  private static var files: [Flag<Multi>] {
    [
      Flag.onOff("pan", nil, \.pans, help: "two channels, with the speakers beside one another")
        .detail("A voice says where it is with `pan -0.5`; the others are spread in between."),
      Flag.text("stems", nil, "DIR", \.stems, help: "write a file for each speaker into DIR")
        .detail("All are as long as the mix, which is their sum.").choices(.directory),
      Flag.text("lines", nil, "DIR", \.lines, help: "write a file for each line into DIR")
        .detail("They are called `0001-anna.wav` and so on.").choices(.directory),
    ].map { $0.heading(OutputOptions.heading) }
  }

  package mutating func take(operands: [String]) throws(UserError) {
    guard operands.count <= 1 else {
      throw .usage(
        "kugel multi takes one script, but was given \(operands.count) words",
        hint: "A line is spoken with: kugel say \(shellWords(operands))")
    }
    path = operands.first
  }

  package func run(in host: Host) throws -> ExitStatus {
    if output.wantsDevices {
      try host.printDevices()
      return .done
    }
    try host.refuseDirectory(output.output)
    let request = try request(outputIsTerminal: host.isTerminal(host.standardOutput))
    if request.readsStandardInput, host.isTerminal(host.standardInput),
      request.verbosity != .quiet
    {
      host.tell("Type the script; Ctrl-D ends it.")
    }
    return try host.jobs.perform(request, host)
  }

  package func request(outputIsTerminal: Bool) throws(UserError) -> ScriptRequest {
    var request = ScriptRequest(path: path == "-" ? nil : path)
    guard !(checks && convertsToJSON) else {
      throw .usage("--check and --to-jsonl would both write to standard output")
    }
    request.purpose = checks ? .check : convertsToJSON ? .convert : .speak
    request.castsUndeclared = casts
    request.engine = engine.chosen
    request.service = engine.service.request()
    request.language = language
    request.ahead = ahead ?? 3
    request.allowsEmpty = allowsEmpty
    request.verbosity = messages.verbosity
    request.stems = stems
    request.lines = lines
    request.channels = pans ? 2 : 1
    request.overwrite = output.force
    guard request.purpose == .speak else { return request }
    try addOutputs(to: &request, outputIsTerminal: outputIsTerminal)
    return request
  }

  private func addOutputs(
    to request: inout ScriptRequest, outputIsTerminal: Bool
  ) throws(UserError) {
    let hasParts = stems != nil || lines != nil
    if output.output != nil || !hasParts {
      request.file = try output.file(tee: false, outputIsTerminal: outputIsTerminal)
    }
    request.partFormat = output.format ?? .wav
    request.partRate = output.sampleRate
    if let rate = output.sampleRate, !request.partFormat.holds(rate: rate) {
      throw .usage(
        "--sample-rate with \(request.partFormat.rawValue) takes "
          + "\(request.partFormat.rateChoices), not \(rate)")
    }
    if pans, let format = request.file?.format, format.isG711 {
      throw .usage(
        "--pan makes two channels, and \(format.rawValue) is for telephones, which have one")
    }
    if output.play ?? (request.file == nil && !hasParts) {
      var speakers = SpeakerOutput(device: output.device)
      playback.apply(to: &speakers)
      request.speakers = speakers
    } else if let option = playback.ofSpeakersOnly {
      throw .usage(
        "\(option) means nothing when nothing is played",
        hint: "To play while a file is written: --play")
    }
    request.partVolume = playback.volume ?? 0
    request.partLeadIn = playback.leadIn ?? .zero
    request.file?.volume = request.partVolume
    request.file?.leadIn = request.partLeadIn
    if output.pace != nil && request.file == nil {
      throw .usage("--pace is about a file, and none is named", hint: "Name it with -o FILE.")
    }
    request.file?.pace = output.pace ?? .fast
    if request.file == nil, request.speakers == nil, !hasParts {
      throw .usage("--no-play without -o, --stems or --lines leaves nothing to do")
    }
  }
}
