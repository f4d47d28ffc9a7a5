import KugelAudio
import KugelJobs
import KugelText
import KugelWire

/// The options that all speaking commands share, turned into a request or a complaint.
package struct SpeechOptions {
  package var engine = EngineOptions()
  package var voice = VoiceOptions()
  package var output = OutputOptions()
  package var playback = PlaybackOptions()
  package var messages = MessageOptions()
  package var events = EventOptions()
  package var queue = QueueOptions()
  package var text = TextOptions()
  package var allowsEmpty = false

  package init() {}
  package static var flags: [Flag<SpeechOptions>] {
    var flags = TextOptions.flags(liftedTo: \SpeechOptions.text)
    flags += EngineOptions.flags(liftedTo: \SpeechOptions.engine)
    flags += VoiceOptions.flags(liftedTo: \SpeechOptions.voice)
    flags += OutputOptions.flags(liftedTo: \SpeechOptions.output)
    flags += PlaybackOptions.flags(liftedTo: \SpeechOptions.playback)
    flags += MessageOptions.flags(liftedTo: \SpeechOptions.messages)
    flags += QueueOptions.flags(liftedTo: \SpeechOptions.queue)
    flags += EventOptions.flags(liftedTo: \SpeechOptions.events)
    flags.append(
      .onOff("allow-empty", nil, \.allowsEmpty, help: "take an empty text for success")
        .heading("Text"))
    return flags
  }

  mutating func settle(in host: Host) {
    engine.settle(voice, isQuiet: messages.verbosity == .quiet, in: host)
  }

  /// - Parameters:
  ///   - tee: what standard output carries already.
  ///   - prints: whether it carries what would be said, and nothing is said.
  ///   - outputIsTerminal: whether standard output is a terminal.
  package func request(
    for source: TextSource, tee: Tee? = nil, prints: Bool = false, outputIsTerminal: Bool
  ) throws(UserError) -> SpeechRequest {
    var request = SpeechRequest(source: source)
    (request.tee, request.prints) = (tee, prints)
    try voice.apply(to: &request, engine: engine.chosen, service: engine.service)
    request.text = try text.checked(normalizes: voice.normalizes)
    request.run = try run(tee: tee != nil, outputIsTerminal: outputIsTerminal && !prints)
    return request
  }

  /// `--print` of the commands that speak one text.
  static func prints<Target>(_ path: WritableKeyPath<Target, Bool>) -> Flag<Target> {
    .onOff("print", nil, path, help: "print what would be said, and make no sound")
      .detail(
        "Added to a command it shows what the voice would get, and nothing else is done: no service, no "
          + "key and no sound device is needed."
      ).heading(TextOptions.heading)
  }

  /// Outputs, messages, and who may be heard.
  ///
  /// - Parameters:
  ///   - tee: whether standard output carries data already.
  ///   - hasParts: files of parts are written.
  ///   - outputs: what the user can write to, in words.
  func run(
    tee: Bool, hasParts: Bool = false, outputs: String = "-o FILE", outputIsTerminal: Bool
  ) throws(UserError) -> RunRequest {
    var request = RunRequest()
    if output.output != nil || !hasParts {
      request.file = try output.file(tee: tee, outputIsTerminal: outputIsTerminal)
    }
    if output.play ?? (request.file == nil && !hasParts) {
      var speakers = SpeakerOutput(device: output.device)
      playback.apply(to: &speakers)
      request.speakers = speakers
    } else if let option = messages.karaoke != nil ? "--karaoke" : playback.ofSpeakersOnly {
      throw .usage(
        "\(option) means nothing when nothing is played",
        hint: "To play while a file is written: --play")
    }
    request.file?.volume = playback.volume ?? 0
    request.file?.leadIn = playback.leadIn ?? .zero
    request.overwritesEvents = output.force
    request.progress = messages.progress ?? .auto
    request.karaoke = messages.karaoke
    if output.pace != nil && request.file == nil {
      throw .usage("--pace is about a file, and none is named", hint: "Name it with -o FILE.")
    }
    request.file?.pace = output.pace ?? .fast
    if request.file == nil, request.speakers == nil, !hasParts {
      throw .usage("--no-play without \(outputs) leaves nothing to do")
    }
    request.events = try events.target(
      standardOutputIsTaken: tee || request.file?.path == "-")
    request.keys = playback.keys
    request.queue = queue.queue
    request.wish = try queue.wish()
    request.eventsAudioMilliseconds = events.audioInterval.map { Int($0 / .milliseconds(1)) }
    request.allowsEmpty = allowsEmpty
    request.verbosity = messages.verbosity
    return request
  }
}

extension VoiceOptions {
  /// What the options say of one engine.
  func apply(
    to request: inout SpeechRequest, engine: EngineName, service: ServiceOptions
  ) throws(UserError) {
    request.engine = engine
    request.voice = voice.map { VoiceReference($0) }
    request.language = language
    request.speed = try pace(for: engine)
    request.settings = try engineSettings(for: engine)
    request.pitch = request.settings.pitch ?? 50
    request.engineOptions = try own.taken(by: engine)
    if engine.entry?.capabilities.isForeign ?? false { request.limits = service.timeouts }
    request.service = engine.service.map { service.request($0) }
  }

  /// A multiple of the normal pace.
  func pace(for engine: EngineName) throws(UserError) -> Double {
    try SpeakingPace(rate: rate, speed: speed).multiple(for: engine)
  }

  /// What the options say to the engine; a service is told nothing that was not asked for.
  func engineSettings(for engine: EngineName) throws(UserError) -> TurnSettings {
    var result = TurnSettings()
    for setting in settings {
      result[setting.key] = try engine.take(setting.key, setting.value)
    }
    guard engine.isRemote else { return result }
    if let model { result.model = try engine.take(.model, .text(model)).text }
    result.normalize = normalizes ?? result.normalize
    if let project {
      result[.projectID] = try engine.take(
        .projectID, .number(Double(project)), option: "--project")
    }
    if !dictionaries.isEmpty {
      result[.dictionaryIDs] = try engine.take(
        .dictionaryIDs, .numbers(dictionaries), option: "--dictionary")
    }
    if rate != nil || speed != nil { result.speed = try pace(for: engine) }
    try check(result)
    return result
  }

  /// Values that contradict one another.
  private func check(_ settings: TurnSettings) throws(UserError) {
    do throws(ServiceError) {
      try RequestValidator.checkTogether(settings)
    } catch {
      throw .usage(error.message, hint: "See --set, --project and --dictionary in: kugel help say")
    }
  }
}

extension OutputOptions {
  func file(tee: Bool, outputIsTerminal: Bool) throws(UserError) -> FileOutput? {
    guard let output else {
      if format != nil || sampleRate != nil {
        throw .usage(
          "\(format != nil ? "--format" : "--sample-rate") is about a file, and none is named",
          hint: "Name it with -o FILE; -o - is standard output.")
      }
      return nil
    }
    if output == "-" {
      if tee {
        throw .usage(
          "-o - and --tee would both write to standard output",
          hint: "Write the sound to a file: -o FILE")
      }
      if outputIsTerminal {
        throw .usage(
          "audio is not written to a terminal",
          hint: "Try -o FILE, or a pipe: kugel say -o - Hello | aplay")
      }
    }
    let format = try format(for: output)
    if let sampleRate, !format.holds(rate: sampleRate) {
      throw .usage(
        "--sample-rate with \(format.rawValue) takes \(format.rateChoices), not \(sampleRate)")
    }
    return FileOutput(path: output, format: format, rate: sampleRate, overwrite: force)
  }

  private func format(for path: String) throws(UserError) -> AudioFormat {
    if let chosen = format ?? AudioFormat(path: path) ?? (path == "-" ? .wav : nil) {
      return chosen
    }
    let known = AudioFormat.allCases.flatMap(\.extensions).map { "." + $0 }
    throw .usage(
      "no format is known by the extension of \(path)",
      hint: "Known are \(known.joined(separator: " ")); or name one with --format.")
  }
}
