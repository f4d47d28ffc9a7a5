import KugelAudio
import KugelJobs
import KugelNarration
import KugelText
import KugelWire

/// `kugel narrate`: many texts, a file for each, and again without making one twice.
package struct Narrate: Command {
  package static let name = "narrate"
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
  package var unit: SubtitleUnit?
  package var width: Int?
  package var report: String?
  package var loudness: Double?
  package var join: String?
  package var gap: Duration?
  package var title: String?
  package var author: String?
  package var cover: String?

  package init() {}

  /// Of all speaking commands; what is about one sound, or about speakers, means nothing here.
  private static func shared(_ belongs: (FlagSpec) -> Bool) -> [Flag<Narrate>] {
    let others: Set<String> = [
      "output", "play", "device", "devices", "list-devices", "pace", "karaoke", "queue", "events",
      "events-audio", "prebuffer", "lead-in", "keep-warm", "volume",
    ]
    return SpeechOptions.flags.filter { !others.contains($0.spec.long) && belongs($0.spec) }
      .map { $0.lifted(to: \Narrate.options) }
  }

  private static var items: [Flag<Narrate>] {
    [
      Flag.value(
        "split", nil, "HOW", \.split, help: "cut texts into items: files, headings, every:10m, ..."
      ) { (text) throws(BadValue) in
        guard let rule = SplitRule(text) else {
          throw BadValue(
            expected: "files, headings, paragraphs, lines, or every:TIME from 1s, such as every:10m"
          )
        }
        return rule
      }
      .detail(
        "Without it a file is an item. `headings` are those of Markdown, and in plain text lines of their own "
          + "such as `CHAPTER I`; `every:10m` makes items of about ten minutes that end with a sentence."
      )
      .choices(.fixed(Self.splits)),
      Flag.choice("list", nil, "KIND", \.list, help: "take the files for lists of items")
        .detail(
          "Files called `*.jsonl` and `*.csv` are lists without it, and so is standard input, which holds "
            + "JSON lines when it begins with a brace, else a text in each line."),
      Flag.choice(
        "notes", nil, "HOW", \.notes, help: "what becomes of the notes of books and pages"
      )
      .detail("`read` unless told otherwise. Notes are what the book says are some."),
      Flag.text("directory", "O", "DIR", \.directory, help: "write the files into DIR; else here")
        .choices(.directory),
      Flag.value(
        "name", nil, "TEMPLATE", \.template, help: "call the files so, as in {n}-{slug}"
      ) { (text) throws(BadValue) in
        do throws(NameTemplateError) { return try NameTemplate(text) } catch {
          throw BadValue(expected: error.message)
        }
      }
      .detail(
        "`{n}` is the item's number, with as many digits as the last one has; `{stem}` the input's name, "
          + "`{slug}` its title or first words in ASCII, `{voice}`, `{lang}`, and `{ext}` the extension. "
          + "A file that is one item is called `{stem}.{ext}`, others `{stem}-{n}-{slug}.{ext}`."),
      Flag.integer(
        "jobs", "j", "N", \.workers, in: 1...256, help: "speak N items at the same time"
      )
      .detail("Without it a service is given two, an engine of this machine one for each core."),
      Flag.value(
        "shard", nil, "I/N", \.shard, help: "make the I-th of N parts of the list"
      ) { (text) throws(BadValue) in
        guard let shard = Shard(text) else {
          throw BadValue(expected: "a part of a whole, such as 1/4")
        }
        return shard
      }
      .detail(
        "The parts go by content, so that each machine makes others, and names stay the same."),
      Flag.onOff("fail-fast", nil, \.failsFast, help: "end with the first item that fails"),
      Flag.onOff("prune", nil, \.prunes, help: "remove files that the list does not name any more")
        .detail(
          "Only those that the manifest tells of and that are as they were made; a terminal is asked."
        ),
      Flag.onOff("estimate", "n", \.estimates, help: "only tell how much it would be")
        .detail("Characters, words, time and price; nothing is spoken, and no service is asked."),
      Flag.onOff("dry-run", nil, \.plans, help: "only tell what would be made, and why"),
      Flag.value(
        "tariff", nil, "PRICE", \.tariff, help: "price of 1000 characters, for --estimate"
      ) { (text) throws(BadValue) in
        guard let tariff = Tariff(text) else {
          throw BadValue(expected: "a price with or without its currency, such as 0.05EUR")
        }
        return tariff
      }.configurable,
    ].map { $0.heading("Items") }
  }

  private static var output: [Flag<Narrate>] {
    [
      Flag.value("subs", nil, "KINDS", \.subtitles, help: "write subtitles beside each file") {
        (text) throws(BadValue) in
        try text.split(separator: ",", omittingEmptySubsequences: false).map {
          (name) throws(BadValue) in
          guard let kind = SubtitleKind(rawValue: String(name)) else {
            throw BadValue(
              expected: "\(SubtitleKind.allCases.map(\.rawValue).joined(separator: ", ")) in a list"
            )
          }
          return kind
        }
      }
      .detail("As in `--subs srt,vtt`. Their times are counted in the samples of the file."),
      Flag.choice("subs-by", nil, "UNIT", \.unit, help: "what a subtitle holds"),
      Flag.integer(
        "subs-width", nil, "N", \.width, in: 10...200, help: "columns of a line of them; 42"),
      Flag.value(
        "loudness", nil, "LUFS", \.loudness, help: "bring each file to a loudness, such as -19"
      ) { (text) throws(BadValue) in
        guard let level = Measures.decimal(text), -40.0 ... -5.0 ~= level else {
          throw BadValue(expected: "-40 to -5")
        }
        return level
      }
      .detail(
        "As people hear it (EBU R 128), and as far as peaks allow, which stay below -1 dB. What was spoken is "
          + "measured and then raised or lowered; nothing is spoken twice."),
      Flag.text("join", nil, "FILE", \.join, help: "join all files into FILE too, with chapters")
        .detail(
          "The extension says the format. Chapters are cue points in WAV, comments in FLAC and Opus, chapter "
            + "frames in MP3; `.m4b` is made by ffmpeg where it is installed. Subtitles are written beside it too."
        ).choices(.file),
      Flag.time(
        "gap", "TIME", \.gap, bare: .milliseconds, in: .zero...Duration.seconds(60),
        help: "silence between joined files; 800ms"),
      Flag.text("title", nil, "TEXT", \.title, help: "title of the joined file"),
      Flag.text("author", nil, "TEXT", \.author, help: "author of the joined file"),
      Flag.text("cover", nil, "FILE", \.cover, help: "picture of the joined file, JPEG or PNG")
        .choices(.file),
    ].map { $0.heading(OutputOptions.heading) }
  }

  private static var proof: [Flag<Narrate>] {
    [
      Flag.text(
        "report", nil, "FILE", \.report, help: "tell failures and doubtful sentences as JSON"
      )
      .detail("`-` is standard output.").choices(.file)
    ].map { $0.heading("Proof") }
  }

  private static let splits = [
    Choice("files", "a file is an item"), Choice("headings", "a chapter is one"),
    Choice("paragraphs", "a paragraph is one"), Choice("lines", "a line is one"),
    Choice("every:", rest: "TIME", "so much of the text as takes so long"),
  ]

  package mutating func take(operands: [String]) throws(UserError) { inputs = operands }

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
    var speech = SpeechRequest(source: .standardInput)
    try options.voice.apply(
      to: &speech, engine: options.engine.chosen, service: options.engine.service)
    speech.text = try options.text.checked(normalizes: options.voice.normalizes)
    speech.run.verbosity = options.messages.verbosity
    speech.run.progress = options.messages.progress ?? .auto
    var request = NarrateRequest(inputs: inputs.isEmpty ? ["-"] : inputs, speech: speech)
    request.purpose = estimates ? .estimate : plans ? .plan : .make
    request.directory = directory ?? "."
    request.format = options.output.format ?? .wav
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
    request.cues.unit = unit ?? .sentence
    request.cues.width = width ?? request.cues.width
    request.report = report
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

extension SubtitleUnit: ChoiceValue {
  package var meaning: String {
    switch self {
    case .sentence: "a sentence, or as much of one as two lines hold"
    case .line: "a line"
    case .word: "a word"
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
