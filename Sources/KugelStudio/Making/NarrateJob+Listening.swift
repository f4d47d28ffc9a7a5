import KugelJobs
import KugelNarration

// Which items a speech recogniser listens to.
extension NarrateJob {
  /// Says once of which languages it understands nothing.
  func tellUnheard() throws {
    guard request.verifies, request.verbosity != .quiet else { return }
    var languages = SpokenLanguages(try local())
    var unheard: Set<String> = []
    for entry in entries where entry.decision.touches {
      guard let language = try languages.language(of: entry),
        !NarrationListener.understands(language)
      else { continue }
      unheard.insert(language)
    }
    guard !unheard.isEmpty else { return }
    host.tell(
      "kugel: warning: --verify listens to English only, and not to what is spoken in "
        + unheard.sorted().joined(separator: ", "))
  }

  private func local() throws(UserError) -> LocalEngine? {
    request.speech.engine.isRemote ? nil : try LocalEngine(request.speech, in: host)
  }

  /// Has what is there listened to, once.
  ///
  /// - Returns: the signal that ended it.
  mutating func verifyKept(in folder: NarrationFolder) throws -> CInt? {
    guard request.verifies else { return nil }
    var languages = SpokenLanguages(try local())
    var kept: [(item: PlannedItem, entry: ManifestEntry)] = []
    for entry in entries where entry.decision == .keep {
      guard let known = folder.manifest[entry.file], !known.isVerified,
        NarrationListener.understands(try languages.language(of: entry))
      else { continue }
      kept.append((entry, known))
    }
    guard !kept.isEmpty else { return nil }
    var progress = NarrationProgress(
      total: kept.count, characters: kept.reduce(0) { $0 + $1.entry.characters },
      request.speech.run, verb: "heard", in: host)
    let result = try KeptListening(kept, in: request.directory)
      .run(folder, count: request.workers ?? LocalEngine.cores, progress: &progress)
    problems += result.failures
    return result.signal
  }
}

/// What items are spoken in, asked once for each way to speak.
private struct SpokenLanguages {
  private let local: LocalEngine?
  private var known: [ObjectIdentifier: String?] = [:]

  /// - Parameter local: nil when a service speaks.
  init(_ local: LocalEngine?) { self.local = local }

  /// - Returns: nil where it is not known.
  mutating func language(of item: PlannedItem) throws(UserError) -> String? {
    if let found = known[ObjectIdentifier(item.shared)] { return found }
    let language =
      if let local { try local.changed(for: item.speech).language } else { item.speech.language }
    known[ObjectIdentifier(item.shared)] = .some(language)
    return language
  }
}
