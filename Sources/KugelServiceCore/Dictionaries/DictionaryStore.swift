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

  package init() {}

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
    lastDictionary += 1
    let made = ReplacementDictionary(
      id: lastDictionary, project: project ?? Self.defaultProject, name: name,
      description: draft.description, language: draft.language, isActive: draft.isActive ?? true,
      createdAt: now, updatedAt: now)
    dictionaries.append(made)
    revision += 1
    return made
  }

  package mutating func update(
    _ id: Int, _ draft: DictionaryDraft, project: Int?, at now: Int
  ) throws(ServiceError) -> ReplacementDictionary {
    let index = try index(of: id, project)
    try draft.check()
    dictionaries[index].name = draft.name ?? dictionaries[index].name
    dictionaries[index].description = draft.description ?? dictionaries[index].description
    dictionaries[index].language = draft.language ?? dictionaries[index].language
    dictionaries[index].isActive = draft.isActive ?? dictionaries[index].isActive
    touch(index, at: now)
    return dictionaries[index]
  }

  package mutating func delete(_ id: Int, project: Int?) throws(ServiceError) {
    dictionaries.remove(at: try index(of: id, project))
    revision += 1
  }

  // MARK: Entries

  /// A new entry, or the one that the word has already, changed.
  package mutating func add(
    _ draft: EntryDraft, to id: Int, project: Int?, at now: Int
  ) throws(ServiceError) -> ReplacementDictionary.Entry {
    let index = try index(of: id, project)
    try draft.checkComplete()
    touch(index, at: now)
    return put(draft, in: index, at: now)
  }

  /// Makes the dictionary consist of exactly these entries; of two for one word the later counts.
  package mutating func replaceEntries(
    of id: Int, with drafts: [EntryDraft], project: Int?, at now: Int
  ) throws(ServiceError) -> (upserted: Int, deleted: Int, total: Int) {
    let index = try index(of: id, project)
    for draft in drafts { try draft.checkComplete() }
    let keys = Set(drafts.map(EntryKey.init))
    let before = dictionaries[index].entries.count
    dictionaries[index].entries.removeAll { !keys.contains(EntryKey($0)) }
    let deleted = before - dictionaries[index].entries.count
    for draft in drafts { _ = put(draft, in: index, at: now) }
    touch(index, at: now)
    return (keys.count, deleted, dictionaries[index].entries.count)
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
    dictionaries[index].entries[place] = changed
    touch(index, at: now)
    return changed
  }

  package mutating func delete(
    entry: Int, of id: Int, project: Int?, at now: Int
  ) throws(ServiceError) {
    let (index, place) = try place(of: entry, in: id, project)
    dictionaries[index].entries.remove(at: place)
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

  private mutating func put(
    _ draft: EntryDraft, in index: Int, at now: Int
  ) -> ReplacementDictionary.Entry {
    let key = EntryKey(draft)
    let place = dictionaries[index].entries.firstIndex { EntryKey($0) == key }
    var entry =
      place.map { dictionaries[index].entries[$0] }
      ?? ReplacementDictionary.Entry(
        id: lastEntry + 1, word: key.word, caseSensitive: key.caseSensitive, createdAt: now,
        updatedAt: now)
    let before = entry
    entry.replacement = draft.replacement
    entry.ipa = draft.ipa
    if let place {
      if entry != before { entry.updatedAt = now }
      dictionaries[index].entries[place] = entry
    } else {
      lastEntry += 1
      dictionaries[index].entries.append(entry)
    }
    return entry
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

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    dictionaries = try fields.decode([ReplacementDictionary].self, forKey: .dictionaries)
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
