import Glibc
import KugelAudio
import KugelJobs
import KugelNarration
import KugelScreen
import KugelSystem
import KugelText

/// What `narrate` does once its request is checked.
struct NarrateJob {
  private(set) var request: NarrateRequest
  let host: Host
  var entries: [PlannedItem] = []
  var problems: [NarrationFailure] = []
  /// All of the list could be read.
  private(set) var isWhole = false

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
    var naming = ItemNames(
      template: request.template, ending: request.format.extensions.first ?? "wav",
      voice: request.speech.voice?.description ?? "",
      language: request.speech.language ?? reader.language ?? "", numbered: reader.numbered)
    naming.total = reader.total
    naming.endings = Set(AudioFormat.allCases.flatMap(\.extensions))
    if request.template?.hasVoice == true, let local = reader.local {
      if request.speech.voice == nil { naming.voice = local.voiceName }
      for item in reader.items {
        guard let language = item.wish.language, naming.voices[language] == nil else { continue }
        let speech = try item.wish.applied(to: request.speech)
        naming.voices[language] = try? local.changed(for: speech).voiceName
      }
    }
    if var join = request.join, join.holdsNames {
      (join.title, join.author) = (join.title ?? reader.title, join.author ?? reader.author)
      request.join = join
    }
    let names = naming.names(of: reader.items)
    let refusals = ItemNames.refusals(names, of: reader.items)
    var shelf = SpeechShelf(request)
    for (index, item) in reader.items.enumerated() {
      let speech: SharedSpeech
      do throws(UserError) {
        speech = try shelf.speech(for: item.wish)
      } catch {
        problems.append(NarrationFailure(place: item.place, cause: error.message))
        continue
      }
      entries.append(
        PlannedItem(
          item: item, file: names[index], hash: ContentHash.of(item, speech, request),
          shared: speech, decision: refusals[index].map { .refuse($0) } ?? .elsewhere))
    }
    isWhole = problems.isEmpty
    if reader.items.isEmpty, problems.isEmpty {
      throw UserError(.badInput, "nothing to say: the list is empty")
    }
  }

  /// Decides about the items, by what is in the directory.
  mutating func plan(_ manifest: Manifest) {
    let own = request.subtitles.isEmpty ? [:] : manifest.subtitleOwners
    let plan = NarrationPlan(
      manifest: manifest, shard: request.shard, overwrites: request.overwrites)
    for index in entries.indices where entries[index].decision == .elsewhere {
      let entry = entries[index]
      if let file = FileName.folders(of: entry.file).first(where: isFile) {
        entries[index].decision = .refuse(.badName("\(file) is no folder"))
        continue
      }
      let state = NarrationFolder.state(of: entry.file, in: request.directory)
      var decision = plan.decide(entry.item, file: entry.file, hash: entry.hash, state: state)
      if decision.touches, !request.overwrites, let name = foreignSubtitle(entry, own) {
        decision = .refuse(.foreignBeside(name))
      }
      entries[index].decision = decision
    }
  }

  /// - Parameter name: below the directory.
  private func isFile(_ name: String) -> Bool {
    (try? FileStatus(of: "\(request.directory)/\(name)")).map { $0.kind != .directory } ?? false
  }

  /// Subtitles that somebody else put where ours would be.
  private func foreignSubtitle(_ entry: PlannedItem, _ own: [String: String]) -> String? {
    request.subtitles.map { FileName.changing(entry.file, ending: $0.rawValue) }.first {
      own[$0] == nil && NarrationFolder.state(of: $0, in: request.directory) != .absent
    }
  }

  // MARK: Making

  private mutating func make() throws -> ExitStatus {
    if let path = request.report, path != "-" {
      try ReportFile.check(path, overwrite: request.overwrites)
      try ReportFile.check(ReportFile.page(beside: path), overwrite: request.overwrites)
    }
    if request.loudness != nil, !LoudnessMeter.isThere {
      throw UserError(
        .unavailable, "--loudness needs libebur128, which is not installed",
        hint: "Its package is called libebur128-1.")
    }
    if request.verifies, !WordListener.isThere {
      throw UserError(
        .unavailable, "--verify needs pocketsphinx with its English model, which is not installed",
        hint: "The packages are called libpocketsphinx3 and pocketsphinx-en-us.")
    }
    let folder = try NarrationFolder(request.directory)
    do { try checkJoin(folder.manifest) } catch {
      // Nothing of ours stays in a directory in which nothing was made.
      try? folder.settle(inOrderOf: folder.manifest.order)
      throw error
    }
    plan(folder.manifest)
    // Before what happens to items joins it.
    let unread = problems
    try tellUnheard()
    try takeOverSubtitles(in: folder)
    let tasks = try tasks(in: folder)
    for entry in entries {
      guard case .refuse(let refusal) = entry.decision else { continue }
      problems.append(NarrationFailure(place: entry.item.place, cause: refusal.cause(entry.file)))
    }
    var made = NarrationMaking.Result()
    if tasks.count > 0, problems.isEmpty || !request.failsFast {
      made = try NarrationMaking(request, folder, total: tasks.count, in: host)
        .make(tasks, known: knownPaces(folder.manifest))
    }
    // Where a place is that of several items, each is told by its file.
    let sharing = Dictionary(
      made.failures.isEmpty ? [] : entries.map { ($0.item.place, 1) }, uniquingKeysWith: +)
    for (index, cause) in made.failures.sorted(by: { $0.key < $1.key }) {
      let entry = entries[index]
      problems.append(
        NarrationFailure(
          place: entry.item.place,
          cause: sharing[entry.item.place] == 1 || cause.contains(entry.file)
            ? cause : "\(entry.file): \(cause)"))
    }
    if made.signal == nil, made.broken == nil {
      if made.items > 0 { review(folder) }
      made.signal = try verifyKept(in: folder)
    }
    try addSubtitles(in: folder)
    let names = entries.filter(\.hasName).map(\.file)
    if request.prunes, made.signal == nil { try prune(folder, beside: Set(names)) }
    let items = reportItems(folder.manifest, failures: made.failures)
    if made.signal == nil, made.broken == nil { made.signal = try join(items, in: folder) }
    try folder.settle(inOrderOf: names)
    try writeReport(items, unread: unread)
    return try end(made, items)
  }

  private func tasks(in folder: NarrationFolder) throws(UserError) -> ItemTasks {
    var indices: [Int] = []
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
      indices.append(index)
    }
    try folder.note(stale)
    return ItemTasks(
      entries: entries, indices: indices, rules: rules, subtitles: request.subtitles,
      stale: staleSubtitles(of: indices, in: folder), path: folder.path)
  }

  private func prune(_ folder: NarrationFolder, beside names: Set<String>) throws(UserError) {
    let files = folder.manifest.files(beside: names)
    guard !files.isEmpty else { return }
    guard isWhole else {
      // What is missing in the list may be in what could not be read.
      host.tell("kugel: nothing is removed, because not all of the list was read")
      return
    }
    if host.isTerminal(host.standardInput), host.isTerminal(host.standardError) {
      host.tell("kugel: these are not in the list any more:")
      for file in files { host.tell("  \(file)") }
      try? Descriptor.writeAll("Remove them? [y/N] ", to: host.standardError)
      let answer = (try? Descriptor.readPiece(host.standardInput)) ?? []
      guard answer.first == UInt8(ascii: "y") || answer.first == UInt8(ascii: "Y") else { return }
    }
    var removed = 0
    for file in files {
      guard let entry = folder.manifest[file] else { continue }
      // What was changed since is somebody else's.
      guard folder.state(of: file) == .present(entry.bytes) else { continue }
      folder.remove(file)
      removed += 1
      for kind in entry.subtitles {
        folder.remove(FileName.changing(file, ending: kind.rawValue))
      }
    }
    try folder.note(files.map { ManifestEntry(file: $0, state: .gone) })
    if request.verbosity != .quiet {
      host.tell("kugel: removed \(removed == 1 ? "1 file" : "\(removed) files")")
    }
  }
}
