import KugelAudio
import KugelJobs
import KugelText

/// `kugel multi`: a script of several voices.
package struct Multi: Command {
  package static let name = "multi"
  package static let opensLibraries = true
  package static let summary = "Speak a script of several voices."
  package static let operands = Operands(forms: ["[FILE]"], choices: .file)
  package static var flags: [Flag<Multi>] {
    script + speech.filter { $0.spec.heading != OutputOptions.heading }
      + speech.filter { $0.spec.heading == OutputOptions.heading } + files
  }

  package var options = SpeechOptions()
  package var ahead: Int?
  package var casts = false
  package var checks = false
  package var convertsToJSON = false
  package var pans = false
  package var stems: String?
  package var lines: String?
  package var subtitles = SubtitleOptions()
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
        "allow-empty", nil, \.options.allowsEmpty,
        help: "take a script without lines for success"),
    ].map { $0.heading("Script") }
  }

  /// What speakers are given that say nothing else, and what all commands share.
  private static var speech: [Flag<Multi>] {
    SpeechOptions.flags.filter { $0.spec.long != "allow-empty" }
      .map { $0.lifted(to: \Multi.options) }
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
      + SubtitleOptions.flags(liftedTo: \Multi.subtitles)
  }

  package mutating func take(operands: [String]) throws(UserError) {
    guard operands.count <= 1 else {
      throw .usage(
        "kugel multi takes one script, but was given \(operands.count) words",
        hint: "A line is spoken with: kugel say \(shellWords(operands))")
    }
    path = operands.first
  }

  package mutating func settle(in host: Host) { options.settle(in: host) }

  package func run(in host: Host) throws -> ExitStatus {
    if let status = try options.list(in: host) { return status }
    try host.refuseDirectory(options.output.output)
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
    try addVoices(to: &request)
    request.ahead = ahead ?? 3
    request.run.allowsEmpty = options.allowsEmpty
    request.run.verbosity = options.messages.verbosity
    request.stems = stems
    request.lines = lines
    request.channels = pans ? 2 : 1
    request.overwrite = options.output.force
    guard request.purpose == .speak else { return request }
    try addOutputs(to: &request, outputIsTerminal: outputIsTerminal)
    return request
  }

  /// What speakers are given that say nothing else.
  private func addVoices(to request: inout ScriptRequest) throws(UserError) {
    let (engine, voice) = (options.engine.chosen, options.voice)
    for setting in voice.settings where [.sampleRate, .outputFormat].contains(setting.key) {
      throw .usage(
        "--set \(setting.key.rawValue) means nothing to kugel multi: all voices are mixed at one rate",
        hint: "The rate of a file is --sample-rate HZ.")
    }
    request.engine = engine
    request.service = options.engine.service.request()
    for engine in EngineName.allCases where engine != .online {
      request.otherServices[engine] = engine.service.map { options.engine.service.request($0) }
    }
    request.voice = voice.voice.map { VoiceReference($0) }
    request.language = voice.language
    request.pace = SpeakingPace(rate: voice.rate, speed: voice.speed)
    _ = try request.pace.multiple(for: engine)
    request.settings = try voice.engineSettings(for: engine)
    request.engineOptions = try voice.own.taken(by: engine)
    request.isEngineOpen = options.engine.isOpen
    request.text = try options.text.checked(normalizes: voice.normalizes)
  }

  private func addOutputs(
    to request: inout ScriptRequest, outputIsTerminal: Bool
  ) throws(UserError) {
    let output = options.output
    request.run = try options.run(
      tee: false, hasParts: stems != nil || lines != nil, outputs: "-o, --stems or --lines",
      outputIsTerminal: outputIsTerminal)
    request.run.subtitles = try subtitles.output(overwrite: options.output.force)
    request.partVolume = options.playback.volume ?? 0
    request.partLeadIn = options.playback.leadIn ?? .zero
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
  }
}
