import KugelGuide
import KugelJobs
import KugelMeasure
import KugelScreen
import KugelWire

/// `kugel bench`: measure what a listener feels.
package struct Bench: Command {
  package static let name = "bench"
  package static let opensLibraries = true
  package static let summary = "Measure how soon and how steadily a service speaks."
  package static var flags: [Flag<Bench>] {
    [engines] + MeasuringOptions.flags(liftedTo: \Bench.measuring)
      + FigureOptions.flags(liftedTo: \Bench.figures)
      + HearingOptions.flags(liftedTo: \Bench.hearing)
      + VoiceOptions.flags(liftedTo: \Bench.voice)
      + ServiceOptions.flags(liftedTo: \Bench.service)
      + MessageOptions.levels.map {
        $0.heading(MessageOptions.heading).lifted(to: \Bench.messages)
      }
  }

  package var subjects: [BenchSubjectName] = []
  package var measuring = MeasuringOptions()
  package var figures = FigureOptions()
  package var hearing = HearingOptions()
  package var voice = VoiceOptions()
  package var service = ServiceOptions()
  package var messages = MessageOptions()

  package init() {}

  package mutating func take(operands: [String]) throws(UserError) {
    guard let word = operands.first else { return }
    throw .usage(
      "kugel bench takes no words, but was given \(quoted(word))",
      hint: "The text to speak: --text FILE; or --text - for standard input.")
  }

  package func run(in host: Host) throws -> ExitStatus {
    if voice.voice == "?" {
      try host.print(
        VoiceTable.text(
          try host.voices(of: listed, voice.own, language: voice.language),
          within: host.tableWidth))
      return .done
    }
    if voice.model == "?" {
      try host.printModels(of: listed)
      return .done
    }
    if hearing.device == "?" {
      try host.printDevices()
      return .done
    }
    return try host.jobs.bench(request(), host)
  }

  /// Whose voices and models are listed.
  private var listed: EngineOptions {
    var engine = EngineOptions()
    engine.engine = chosen[0].engine
    engine.service = service
    engine.service.rule.address(chosen[0].engine, at: chosen[0].url)
    return engine
  }

  /// Without any named, what `say` would take.
  private var chosen: [BenchSubjectName] {
    subjects.isEmpty ? [BenchSubjectName(engine: usual.chosen)] : subjects
  }

  private var usual = EngineOptions()

  package mutating func settle(in host: Host) {
    usual.service = service
    usual.settle(voice, isQuiet: messages.verbosity == .quiet, in: host)
  }

  package func request() throws(UserError) -> BenchRequest {
    var request = BenchRequest()
    for (index, subject) in chosen.enumerated() {
      if subject.isServed { request.served.insert(index) }
      request.subjects.append(try speech(of: subject))
      request.labels.append(
        chosen.filter { $0.engine == subject.engine }.count > 1 ? subject.shown : nil)
    }
    request.strategies = measuring.strategies
    request.text =
      BenchText(rawValue: measuring.text).map(BenchRequest.Text.builtIn)
      ?? .file(measuring.text)
    request.pace = measuring.pace ?? request.pace
    request.counts = BenchReport.Planned(
      warm: measuring.turns ?? 20, warmup: measuring.warmup ?? 2, cold: measuring.cold ?? 3,
      bargeIn: measuring.bargeIn ?? 0)
    request.concurrency = measuring.concurrency ?? 1
    request.interval = measuring.interval
    (request.json, request.csv, request.svg) = (figures.json, figures.csv, figures.svg)
    request.plot = figures.plot
    request.overwrite = figures.force
    request.compare = figures.compare
    request.comparesUnlike = figures.unlike
    request.limits = figures.limits
    request.silenced = figures.silenced
    request.speakers = hearing.speakers
    request.verbosity = messages.verbosity
    try check(request)
    return request
  }

  private func speech(of subject: BenchSubjectName) throws(UserError) -> SpeechRequest {
    var request = SpeechRequest(source: .words(""))
    var voice = voice
    voice.voice = subject.voice ?? voice.voice
    var service = service
    service.rule.address(subject.engine, at: subject.url)
    try voice.apply(to: &request, engine: subject.engine, service: service)
    request.verbosity = messages.verbosity
    return request
  }

  private func check(_ request: BenchRequest) throws(UserError) {
    if let option = service.openOption, Set(chosen.compactMap(\.engine.service?.name)).count > 1 {
      throw .usage(
        "\(option == "url" ? "an address was" : "a key was") given that says not which service it "
          + "is of (\(option)), and two are measured",
        hint: "Give addresses as ENGINE@URL, and keys in "
          + ProtocolRegistry.all.map { $0.capabilities.keyVariables[0] }
          .joined(separator: " and ") + "."
      ).about(option)
    }
    let counts = request.counts
    guard counts.warm + counts.cold + counts.bargeIn > 0 else {
      throw .usage("there is nothing to measure: -N, --cold and --barge-in are all 0")
    }
    let taken = request.standardOutput
    guard taken.count < 2 else {
      throw .usage("\(taken[0]) - and \(taken[1]) - would both write to standard output")
    }
    if let first = taken.first, request.plot {
      throw .usage("\(first) - and --plot would both write to standard output")
    }
    if request.concurrency > 1, request.speakers != nil {
      throw .usage("--play is about one connection, and --concurrency about several at once")
    }
    if request.concurrency == 1, request.interval != nil {
      throw .usage("--every is about several connections, and there is one: add --concurrency N")
    }
    if request.concurrency > 1, request.interval == nil, counts.warmup == 0 {
      throw .usage(
        "without a warm-up it is not known how often to start a turn",
        hint: "Say it with --every TIME, or leave --warmup above 0.")
    }
    if request.comparesUnlike, request.compare == nil {
      throw .usage("--unlike is about --compare FILE, which is not given")
    }
  }

  private static var engines: Flag<Bench> {
    Flag(
      FlagSpec(
        long: "engine", short: "e", value: .required("ENGINE"),
        help: "what is measured; several are laid side by side")
    ) { (target, input) throws(BadValue) in
      guard case .value(let text) = input else { return }
      let subject = try BenchSubjectName(text)
      guard !target.subjects.contains(subject) else {
        throw BadValue(expected: "each engine with a voice and an address once")
      }
      target.subjects.append(subject)
      if subject.engine.isRemote { target.service.rule.name(engine: subject.engine) }
    }
    .repeatable
    .restarting { $0.subjects = [] }
    .variable("KUGEL_ENGINE").configurable
    .choices(.fixed(EngineName.choices))
    .detail(
      "`ENGINE:VOICE` gives it a voice of its own, `kugel@URL` or `kugel:VOICE@URL` an address of its own; so with \(EngineManual.otherServices). "
        + "\(EngineManual.served) are put behind a socket of this machine for the run. "
        + "Without it `kugel` is measured when a key or an address of a service is known, else \(EngineManual.offline). "
        + "`tone` speaks in no time: its figures are the cost of measuring."
    )
    .heading(MeasuringOptions.heading)
  }
}
