import KugelWire

/// All replacement dictionaries of a service.
///
/// A dictionary is named by its id; where a project is named too, it must be that project's.
///
/// Source: protocol notes, section 3.5.
package struct DictionaryStore: Equatable, Sendable {
  /// The project of callers that name none.
  package static let defaultProject = 1

  package private(set) var dictionaries: [ReplacementDictionary] = []
  private var lastDictionary = 0
  private var lastEntry = 0
  /// Grows with every change.
  package private(set) var revision = 0

  private let limits: DictionaryLimits
  /// Bytes as `DictionaryLimits` counts them.
  private var size = 0

  package init(limits: DictionaryLimits = DictionaryLimits()) { self.limits = limits }

  package func list(project: Int?) -> [ReplacementDictionary] {
    dictionaries.filter { $0.project == project ?? Self.defaultProject }
  }

  package func dictionary(_ id: Int, project: Int?) throws(ServiceError) -> ReplacementDictionary {
    dictionaries[try index(of: id, project)]
  }

  package mutating func create(
    _ draft: DictionaryDraft, project: Int?, at now: Int
  ) throws(ServiceError) -> ReplacementDictionary {
    try draft.check()
    guard let name = draft.name else { throw .validation("name is required") }
    guard dictionaries.count < limits.dictionaries else {
      throw .noRoom("\(limits.dictionaries) dictionaries")
    }
    let made = ReplacementDictionary(
      id: lastDictionary + 1, project: project ?? Self.defaultProject, name: name,
      description: draft.description, language: draft.language, isActive: draft.isActive ?? true,
      createdAt: now, updatedAt: now)
    try grow(by: made.size)
    lastDictionary += 1
    dictionaries.append(made)
    revision += 1
    return made
  }

  package mutating func update(
    _ id: Int, _ draft: DictionaryDraft, project: Int?, at now: Int
  ) throws(ServiceError) -> ReplacementDictionary {
    let index = try index(of: id, project)
    try draft.check()
    var changed = dictionaries[index]
    changed.name = draft.name ?? changed.name
    changed.description = draft.description ?? changed.description
    changed.language = draft.language ?? changed.language
    changed.isActive = draft.isActive ?? changed.isActive
    try grow(by: changed.ownSize - dictionaries[index].ownSize)
    dictionaries[index] = changed
    touch(index, at: now)
    return dictionaries[index]
  }

  package mutating func delete(_ id: Int, project: Int?) throws(ServiceError) {
    let index = try index(of: id, project)
    size -= dictionaries[index].size
    dictionaries.remove(at: index)
    revision += 1
  }

  // MARK: Entries

  /// A new entry, or the one that the word has already, changed.
  package mutating func add(
    _ draft: EntryDraft, to id: Int, project: Int?, at now: Int
  ) throws(ServiceError) -> ReplacementDictionary.Entry {
    let index = try index(of: id, project)
    try draft.checkComplete()
    let place = dictionaries[index].entries.firstIndex { EntryKey($0) == EntryKey(draft) }
    let old = place.map { dictionaries[index].entries[$0] }
    if old == nil { try checkCount(dictionaries[index].entries.count + 1) }
    let entry = merged(draft, into: old, at: now)
    try grow(by: entry.size - (old?.size ?? 0))
    if let place {
      dictionaries[index].entries[place] = entry
    } else {
      lastEntry = entry.id
      dictionaries[index].entries.append(entry)
    }
    touch(index, at: now)
    return entry
  }

  /// Makes the dictionary consist of exactly these entries; of two for one word the later counts.
  package mutating func replaceEntries(
    of id: Int, with drafts: [EntryDraft], project: Int?, at now: Int
  ) throws(ServiceError) -> (upserted: Int, deleted: Int, total: Int) {
    let index = try index(of: id, project)
    for draft in drafts { try draft.checkComplete() }
    let latest = Dictionary(drafts.map { (EntryKey($0), $0) }, uniquingKeysWith: { $1 })
    try checkCount(latest.count)
    let before = dictionaries[index].entries
    // Those that stay keep their places; new ones follow in the order of their naming.
    var entries = before.compactMap { entry in
      latest[EntryKey(entry)].map { merged($0, into: entry, at: now) }
    }
    let kept = entries.count
    var known = Set(before.map(EntryKey.init))
    var id = lastEntry
    for draft in drafts {
      let key = EntryKey(draft)
      guard known.insert(key).inserted, let last = latest[key] else { continue }
      id += 1
      var entry = merged(last, into: nil, at: now)
      entry.id = id
      entries.append(entry)
    }
    try grow(
      by: entries.reduce(0) { $0 + $1.size } - before.reduce(0) { $0 + $1.size })
    lastEntry = id
    dictionaries[index].entries = entries
    touch(index, at: now)
    return (latest.count, before.count - kept, entries.count)
  }

  package mutating func update(
    entry: Int, of id: Int, _ draft: EntryDraft, project: Int?, at now: Int
  ) throws(ServiceError) -> ReplacementDictionary.Entry {
    let (index, place) = try place(of: entry, in: id, project)
    try draft.check()
    var changed = dictionaries[index].entries[place]
    changed.word = draft.word ?? changed.word
    changed.replacement = draft.replacement ?? changed.replacement
    changed.ipa = draft.ipa ?? changed.ipa
    changed.caseSensitive = draft.caseSensitive ?? changed.caseSensitive
    changed.updatedAt = now
    try grow(by: changed.size - dictionaries[index].entries[place].size)
    dictionaries[index].entries[place] = changed
    touch(index, at: now)
    return changed
  }

  package mutating func delete(
    entry: Int, of id: Int, project: Int?, at now: Int
  ) throws(ServiceError) {
    let (index, place) = try place(of: entry, in: id, project)
    size -= dictionaries[index].entries.remove(at: place).size
    touch(index, at: now)
  }

  // MARK: Finding

  private func index(of id: Int, _ project: Int?) throws(ServiceError) -> Int {
    let found = dictionaries.firstIndex {
      $0.id == id && (project == nil || $0.project == project)
    }
    guard let found else { throw .notFound("Dictionary") }
    return found
  }

  private func place(
    of entry: Int, in id: Int, _ project: Int?
  ) throws(ServiceError) -> (dictionary: Int, entry: Int) {
    let index = try index(of: id, project)
    guard let place = dictionaries[index].entries.firstIndex(where: { $0.id == entry }) else {
      throw .notFound("Entry")
    }
    return (index, place)
  }

  private mutating func touch(_ index: Int, at now: Int) {
    dictionaries[index].updatedAt = now
    revision += 1
  }

  /// - Parameter entry: nil makes one, with the next id.
  private func merged(
    _ draft: EntryDraft, into entry: ReplacementDictionary.Entry?, at now: Int
  ) -> ReplacementDictionary.Entry {
    let key = EntryKey(draft)
    var merged =
      entry
      ?? ReplacementDictionary.Entry(
        id: lastEntry + 1, word: key.word, caseSensitive: key.caseSensitive, createdAt: now,
        updatedAt: now)
    merged.replacement = draft.replacement
    merged.ipa = draft.ipa
    if let entry, entry != merged { merged.updatedAt = now }
    return merged
  }

  // MARK: Limits

  private func checkCount(_ entries: Int) throws(ServiceError) {
    if entries > limits.entries { throw .noRoom("\(limits.entries) entries in a dictionary") }
  }

  private mutating func grow(by bytes: Int) throws(ServiceError) {
    if bytes > 0, size + bytes > limits.bytes {
      throw .noRoom("\(limits.bytes) bytes in all dictionaries")
    }
    size += bytes
  }
}

/// What may be in a dictionary once.
private struct EntryKey: Hashable {
  var word: String
  var caseSensitive: Bool

  init(_ draft: EntryDraft) {
    word = draft.word ?? ""
    caseSensitive = draft.caseSensitive ?? false
  }

  init(_ entry: ReplacementDictionary.Entry) {
    word = entry.word
    caseSensitive = entry.caseSensitive
  }
}

extension DictionaryStore: Codable {
  private enum CodingKeys: String, CodingKey { case dictionaries, lastDictionary, lastEntry }

  /// What is in the file may be more than the limits allow; it only does not grow then.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    limits = DictionaryLimits()
    dictionaries = try fields.decode([ReplacementDictionary].self, forKey: .dictionaries)
    size = dictionaries.reduce(0) { $0 + $1.size }
    // An id is never given twice, also when the file was edited by hand.
    lastDictionary = max(
      try fields.decodeIfPresent(Int.self, forKey: .lastDictionary) ?? 0,
      dictionaries.map(\.id).max() ?? 0)
    lastEntry = max(
      try fields.decodeIfPresent(Int.self, forKey: .lastEntry) ?? 0,
      dictionaries.flatMap(\.entries).map(\.id).max() ?? 0)
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(dictionaries, forKey: .dictionaries)
    try fields.encode(lastDictionary, forKey: .lastDictionary)
    try fields.encode(lastEntry, forKey: .lastEntry)
  }
}
