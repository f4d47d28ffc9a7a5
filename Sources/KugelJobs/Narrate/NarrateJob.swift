import Glibc
import KugelAudio
import KugelNarration
import KugelScreen
import KugelSystem
import KugelText

/// What `narrate` does once its request is checked.
struct NarrateJob {
  let request: NarrateRequest
  let host: Host
  private var entries: [PlannedItem] = []
  private var problems: [NarrationFailure] = []

  static func run(_ request: NarrateRequest, in host: Host) throws -> ExitStatus {
    var job = NarrateJob(request: request, host: host)
    try job.read()
    switch request.purpose {
    case .estimate: return try job.estimate()
    case .plan: return try job.showPlan()
    case .make: return try job.make()
    }
  }

  private init(request: NarrateRequest, host: Host) {
    self.request = request
    self.host = host
  }

  // MARK: What is to be made

  private mutating func read() throws(UserError) {
    let reader = try NarrationReader(request, in: host)
    problems = reader.problems
    let names = ItemNames(
      template: request.template, ending: request.format.extensions.first ?? "wav",
      voice: request.speech.voice?.description ?? "", language: request.speech.language ?? "",
      numbered: reader.numbered
    ).names(of: reader.items)
    let refusals = ItemNames.refusals(names, of: reader.items)
    for (index, item) in reader.items.enumerated() {
      let speech: SpeechRequest
      do throws(UserError) {
        speech = try item.wish.applied(to: request.speech)
      } catch {
        problems.append(NarrationFailure(place: item.place, cause: error.message))
        continue
      }
      entries.append(
        PlannedItem(
          item: item, file: names[index], hash: ContentHash.of(item, speech, request),
          speech: speech, decision: refusals[index].map { .refuse($0) } ?? .elsewhere))
    }
    if reader.items.isEmpty, problems.isEmpty { throw .nothingToSay }
  }

  /// Decides about the items, by what is in the directory.
  private mutating func plan(_ manifest: Manifest) {
    let plan = NarrationPlan(
      manifest: manifest, shard: request.shard, overwrites: request.overwrites)
    for index in entries.indices where entries[index].decision == .elsewhere {
      let entry = entries[index]
      let state = NarrationFolder.state(of: entry.file, in: request.directory)
      var decision = plan.decide(entry.item, file: entry.file, hash: entry.hash, state: state)
      if case .make = decision, !request.overwrites, let name = foreignSubtitle(entry, manifest) {
        decision = .refuse(.foreignBeside(name))
      }
      entries[index].decision = decision
    }
  }

  /// Subtitles that somebody else put where ours would be.
  private func foreignSubtitle(_ entry: PlannedItem, _ manifest: Manifest) -> String? {
    let own = manifest.subtitles(beside: entry.file)
    return request.subtitles.filter { !own.contains($0) }
      .map { FileName.changing(entry.file, ending: $0.rawValue) }
      .first { NarrationFolder.state(of: $0, in: request.directory) != .absent }
  }

  // MARK: Telling beforehand

  private func estimate() throws -> ExitStatus {
    var estimate = Estimate()
    for entry in entries where entry.item.isSpeakable {
      estimate.add(
        entry.item.said, pace: SpeechPace(speed: entry.speech.speed),
        language: entry.speech.language)
    }
    var text = "items       \(estimate.items)\n"
    text += "characters  \(estimate.characters)\n"
    text += "words       \(estimate.words)\n"
    text += "duration    about \(StatusLine.clock(estimate.seconds))\n"
    if let tariff = request.tariff {
      text += "price       \(tariff.cost(of: estimate.characters))\n"
    }
    try host.print(text)
    return tell(problems)
  }

  private mutating func showPlan() throws -> ExitStatus {
    let manifest = try NarrationFolder.look(request.directory)
    plan(manifest)
    var text = ""
    for entry in entries {
      switch entry.decision {
      case .make(let reason): text += "make  \(entry.file)  \(reason.rawValue)\n"
      case .keep: text += "keep  \(entry.file)\n"
      case .elsewhere: break
      case .refuse(let refusal):
        problems.append(NarrationFailure(place: entry.item.place, cause: refusal.cause(entry.file)))
      }
    }
    if request.prunes {
      for file in manifest.files(beside: Set(entries.map(\.file))) { text += "prune \(file)\n" }
    }
    try host.print(text)
    return tell(problems)
  }

  // MARK: Making

  private mutating func make() throws -> ExitStatus {
    if let path = request.report, path != "-" {
      try ReportFile.check(path, overwrite: request.overwrites)
    }
    if request.loudness != nil, !LoudnessMeter.isThere {
      throw UserError(
        .unavailable, "--loudness needs libebur128, which is not installed",
        hint: "Its package is called libebur128-1.")
    }
    let folder = try NarrationFolder(request.directory)
    try checkJoin(folder.manifest)
    plan(folder.manifest)
    let tasks = try tasks(in: folder)
    for entry in entries {
      guard case .refuse(let refusal) = entry.decision else { continue }
      problems.append(NarrationFailure(place: entry.item.place, cause: refusal.cause(entry.file)))
    }
    var made = NarrationMaking.Result()
    if !tasks.isEmpty, problems.isEmpty || !request.failsFast {
      made = try NarrationMaking(request, folder, total: tasks.count, in: host).make(tasks)
    }
    for (index, cause) in made.failures {
      problems.append(NarrationFailure(place: entries[index].item.place, cause: cause))
    }
    try addSubtitles(in: folder)
    let names = entries.filter(\.hasName).map(\.file)
    if request.prunes, made.signal == nil { try prune(folder, beside: Set(names)) }
    let items = reportItems(folder.manifest, failures: made.failures)
    if made.signal == nil, made.broken == nil { try join(items, in: folder) }
    try folder.settle(inOrderOf: names)
    try writeReport(items)
    return try end(made, items)
  }

  private func tasks(in folder: NarrationFolder) throws(UserError) -> [ItemTask] {
    var tasks: [ItemTask] = []
    var stale: [ManifestEntry] = []
    let rules = Take.Rules(
      limit: min(request.speech.engine.service?.capabilities.charactersPerTurn ?? 4000, 4000),
      singly: !request.speech.engine.timesWords)
    for (index, entry) in entries.enumerated() {
      guard case .make = entry.decision else { continue }
      if let known = folder.manifest[entry.file], known.hash == entry.hash {
        var gone = ManifestEntry(file: entry.file, state: .gone)
        gone.subtitles = known.subtitles
        stale.append(gone)
      }
      tasks.append(
        ItemTask(
          index: index, item: entry.item, file: entry.file, hash: entry.hash, speech: entry.speech,
          takes: entry.item.said.takes(rules, language: entry.speech.language),
          part: folder.part(entry.file, hash: entry.hash),
          subtitleParts: request.subtitles.map {
            ($0, folder.part(entry.file, hash: entry.hash, ending: $0.rawValue))
          }))
    }
    try folder.note(stale)
    return tasks
  }

  /// Subtitles of items that were there without.
  private func addSubtitles(in folder: NarrationFolder) throws {
    var added: [NarrationFolder.Made] = []
    for entry in entries where entry.decision == .keep {
      guard var known = folder.manifest[entry.file] else { continue }
      let missing = request.subtitles.filter { kind in
        let name = FileName.changing(entry.file, ending: kind.rawValue)
        return folder.state(of: name) == .absent
      }
      guard !missing.isEmpty else { continue }
      known.subtitles += missing.filter { !known.subtitles.contains($0) }
      var files: [(part: String, name: String)] = []
      for kind in missing {
        let part = folder.part(entry.file, hash: entry.hash, ending: kind.rawValue)
        try ItemSubtitles.write(kind, of: entry.item, known, request.cues, to: part)
        files.append((part, FileName.changing(entry.file, ending: kind.rawValue)))
      }
      added.append(NarrationFolder.Made(entry: known, files: files))
    }
    try folder.commit(added)
  }

  private func prune(_ folder: NarrationFolder, beside names: Set<String>) throws(UserError) {
    let files = folder.manifest.files(beside: names)
    guard !files.isEmpty else { return }
    if host.isTerminal(host.standardInput), host.isTerminal(host.standardError) {
      host.tell("kugel: these are not in the list any more:")
      for file in files { host.tell("  \(file)") }
      try? Descriptor.writeAll("Remove them? [y/N] ", to: host.standardError)
      let answer = (try? Descriptor.readPiece(host.standardInput)) ?? []
      guard answer.first == UInt8(ascii: "y") || answer.first == UInt8(ascii: "Y") else { return }
    }
    for file in files {
      guard let entry = folder.manifest[file] else { continue }
      // What was changed since is somebody else's.
      guard folder.state(of: file) == .present(entry.bytes) else { continue }
      folder.remove(file)
      for kind in entry.subtitles {
        folder.remove(FileName.changing(file, ending: kind.rawValue))
      }
    }
    try folder.note(files.map { ManifestEntry(file: $0, state: .gone) })
    if request.verbosity != .quiet { host.tell("kugel: removed \(files.count) files") }
  }

  // MARK: The end

  private func reportItems(
    _ manifest: Manifest, failures: [Int: String]
  ) -> [NarrationReport.Item] {
    entries.enumerated().compactMap { index, entry in
      if entry.decision == .elsewhere { return nil }
      var failure = failures[index]
      if case .refuse(let refusal) = entry.decision { failure = refusal.cause(entry.file) }
      return NarrationReport.Item(
        item: entry.item, file: entry.file,
        entry: failure == nil ? manifest[entry.file] : nil, failure: failure)
    }
  }

  private func writeReport(_ items: [NarrationReport.Item]) throws {
    guard let path = request.report else { return }
    let text = NarrationReport.json(items)
    if path == "-" {
      try host.print(String(decoding: text, as: UTF8.self))
    } else {
      try ReportFile.write(text, to: path)
    }
  }

  private func end(
    _ made: NarrationMaking.Result, _ items: [NarrationReport.Item]
  ) throws -> ExitStatus {
    let doubts = NarrationReport.doubts(items)
    for doubt in doubts.prefix(20) where request.verbosity != .quiet {
      let kinds = doubt.doubt.kinds.map(\.meaning).joined(separator: ", ")
      host.tell(
        "kugel: doubtful: \(doubt.item.file) from \(StatusLine.clock(doubt.doubt.from)) to "
          + "\(StatusLine.clock(doubt.doubt.to)): \(kinds): \(quoted(doubt.shortText))")
    }
    if doubts.count > 20, request.verbosity != .quiet {
      host.tell(
        "kugel: and \(doubts.count - 20) more doubtful sentences; all are told with --report FILE")
    }
    let failed = tell(problems)
    if request.verbosity != .quiet { summarise(made, doubts: doubts.count) }
    if let signal = made.signal {
      host.tell("kugel: what is whole is kept; the same command goes on where this one ended")
      return ExitStatus(rawValue: 128 + signal) ?? .interrupted
    }
    if let broken = made.broken { throw broken }
    return failed == .done && doubts.isEmpty ? .done : .partial
  }

  private func summarise(_ made: NarrationMaking.Result, doubts: Int) {
    let kept = entries.count { $0.decision == .keep }
    var parts = ["made \(made.items), \(StatusLine.clock(made.seconds)) of sound"]
    if kept > 0 { parts.append("kept \(kept) that were there") }
    if !problems.isEmpty { parts.append("\(problems.count) failed") }
    if doubts > 0 {
      parts.append(doubts == 1 ? "1 doubtful sentence" : "\(doubts) doubtful sentences")
    }
    host.tell("kugel: " + parts.joined(separator: "; "))
  }

  private func tell(_ problems: [NarrationFailure]) -> ExitStatus {
    for problem in problems { host.tell("kugel: \(problem.place): \(problem.cause)") }
    return problems.isEmpty ? .done : .partial
  }
}
