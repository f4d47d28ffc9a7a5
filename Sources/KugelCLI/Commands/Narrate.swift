import KugelAudio
import KugelJobs
import KugelNarration
import KugelText
import KugelWire

/// `kugel narrate`: many texts, a file for each, and again without making one twice.
package struct Narrate: Command {
  package static let name = "narrate"
  package static let opensLibraries = true
  package static let summary = "Turn books, chapters and lists into files."
  package static let operands = Operands(forms: ["[--] FILE...", "< LIST"], choices: .file)
  package static var flags: [Flag<Narrate>] {
    items + shared { $0.heading != OutputOptions.heading && $0.long != "allow-empty" }
      + output + shared { $0.heading == OutputOptions.heading } + proof
  }

  package var options = SpeechOptions()
  package var inputs: [String] = []
  package var directory: String?
  package var template: NameTemplate?
  package var split: SplitRule?
  package var list: ListKind?
  package var notes: NotesChoice?
  package var workers: Int?
  package var failsFast = false
  package var shard: Shard?
  package var prunes = false
  package var estimates = false
  package var plans = false
  package var tariff: Tariff?
  package var subtitles: [SubtitleKind] = []
  /// What they look like.
  package var shape = SubtitleOptions()
  package var report: String?
  package var verifies = false
  package var loudness: Double?
  package var join: String?
  package var gap: Duration?
  package var title: String?
  package var author: String?
  package var cover: String?

  package init() {}

  /// Of all speaking commands; what is about one sound, or about speakers and who waits for them, means
  /// nothing here.
  private static func shared(_ belongs: (FlagSpec) -> Bool) -> [Flag<Narrate>] {
    let others: Set<String> = [
      "output", "play", "device", "devices", "list-devices", "pace", "karaoke", "keys", "events",
      "events-audio", "prebuffer", "lead-in", "keep-warm", "volume",
    ]
    return SpeechOptions.flags.filter {
      !others.contains($0.spec.long) && $0.spec.heading != QueueOptions.heading && belongs($0.spec)
    }
    .map { $0.lifted(to: \Narrate.options) }
  }

  package mutating func take(operands: [String]) throws(UserError) { inputs = operands }

  package mutating func settle(in host: Host) { options.settle(in: host) }

  package func run(in host: Host) throws -> ExitStatus {
    if let status = try options.list(in: host) { return status }
    let request = try request()
    if request.inputs == ["-"], host.isTerminal(host.standardInput),
      request.verbosity != .quiet
    {
      host.tell("Type the list, a text in each line; Ctrl-D ends it.")
    }
    return try host.jobs.narrate(request, host)
  }

  package func request() throws(UserError) -> NarrateRequest {
    guard !(estimates && plans) else {
      throw .usage("--estimate and --dry-run would both write to standard output")
    }
    if shard != nil, join != nil {
      throw .usage(
        "--join would join one part of the list only, as --shard is given",
        hint: "Join when all parts are in one directory, with their manifests' lines in one.")
    }
    var speech = SpeechRequest(source: .standardInput)
    try options.voice.apply(
      to: &speech, engine: options.engine.chosen, service: options.engine.service)
    speech.text = try options.text.checked(normalizes: options.voice.normalizes)
    speech.run.verbosity = options.messages.verbosity
    speech.run.progress = options.messages.progress ?? .auto
    var request = NarrateRequest(inputs: inputs.isEmpty ? ["-"] : inputs, speech: speech)
    request.purpose = estimates ? .estimate : plans ? .plan : .make
    request.directory = directory ?? "."
    request.format =
      options.output.format ?? template?.ending.flatMap { AudioFormat(path: "x.\($0)") } ?? .wav
    request.rate = options.output.sampleRate
    if let rate = request.rate, !request.format.holds(rate: rate) {
      throw .usage(
        "--sample-rate with \(request.format.rawValue) takes \(request.format.rateChoices), not \(rate)"
      )
    }
    request.overwrites = options.output.force
    request.template = template
    request.split = split ?? .files
    request.list = list
    request.readsNotes = notes != .skip
    request.workers = workers
    request.retries = options.engine.service.retries ?? request.retries
    request.failsFast = failsFast
    request.shard = shard
    request.prunes = prunes
    request.subtitles = subtitles
    request.cues = shape.rules
    request.report = report
    request.verifies = verifies
    request.tariff = tariff
    request.loudness = loudness
    request.join = try joinRequest()
    return request
  }
}

extension Narrate {
  private func joinRequest() throws(UserError) -> JoinRequest? {
    guard let join else {
      let others: [(isGiven: Bool, name: String)] = [
        (gap != nil, "--gap"), (title != nil, "--title"), (author != nil, "--author"),
        (cover != nil, "--cover"),
      ]
      guard let other = others.first(where: \.isGiven) else { return nil }
      throw .usage(
        "\(other.name) is about a joined file, and none is named", hint: "Name it with --join FILE."
      )
    }
    var request: JoinRequest
    if join.lowercased().hasSuffix(".m4b") || join.lowercased().hasSuffix(".m4a") {
      request = JoinRequest(path: join, kind: .m4b)
    } else if let format = AudioFormat(path: join) {
      request = JoinRequest(path: join, kind: .sound(format))
    } else {
      throw .usage(
        "no format is known by the extension of \(join)",
        hint: "Name it with .wav, .flac, .opus, .mp3 or .m4b.")
    }
    request.gap = gap ?? request.gap
    (request.title, request.author, request.cover) = (title, author, cover)
    let tags: [(isGiven: Bool, isHeld: Bool, name: String)] = [
      (title != nil, request.holdsNames, "--title"),
      (author != nil, request.holdsNames, "--author"),
      (cover != nil, request.holdsCover, "--cover"),
    ]
    if let lost = tags.first(where: { $0.isGiven && !$0.isHeld }) {
      throw .usage(
        "\(join) cannot hold what \(lost.name) gives it",
        hint: "Files ending in .flac, .opus, .mp3 and .m4b can.")
    }
    return request
  }
}

extension ListKind: ChoiceValue {
  package var meaning: String {
    switch self {
    case .lines: "a text in each line"
    case .jsonl: "a JSON object in each line"
    case .csv: "a table with a head"
    }
  }
}

/// What becomes of notes.
package enum NotesChoice: String, ChoiceValue {
  case read, skip

  package var meaning: String {
    switch self {
    case .read: "where they stand"
    case .skip: "left out, with the marks that lead to them"
    }
  }
}
