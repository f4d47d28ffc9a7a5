import KugelJSON
import Testing

@testable import KugelServiceCore
@testable import KugelWire

private func store(
  _ entries: [EntryDraft] = [], project: Int? = nil
) throws -> DictionaryStore {
  var store = DictionaryStore()
  let made = try store.create(DictionaryDraft(name: "names"), project: project, at: 100)
  for entry in entries { _ = try store.add(entry, to: made.id, project: project, at: 100) }
  return store
}

private func entry(_ word: String, _ replacement: String) -> EntryDraft {
  EntryDraft(word: word, replacement: replacement)
}

@Suite struct DictionaryStoreTests {
  @Test func `ids are given once, also after a deletion`() throws {
    var store = try store([entry("a", "b")])
    try store.delete(1, project: nil)
    let made = try store.create(DictionaryDraft(name: "new"), project: nil, at: 1)
    #expect(made.id == 2)
    #expect(try store.add(entry("c", "d"), to: 2, project: nil, at: 1).id == 2)
  }

  @Test func `a request that names no project uses no dictionary, not even one made without`()
    throws
  {
    let own = try store([entry("a", "b")])
    #expect(own.choice(project: nil, ids: nil, language: "de").isEmpty)
    #expect(own.choice(project: 1, ids: nil, language: "de").map(\.id) == [1])
  }

  @Test func `a project sees its own dictionaries`() throws {
    var store = try store(project: 5)
    #expect(store.list(project: nil).isEmpty)
    #expect(store.list(project: 5).map(\.id) == [1])
    #expect(throws: ServiceError.notFound("Dictionary")) {
      try store.dictionary(1, project: 6)
    }
    #expect(try store.dictionary(1, project: nil).project == 5)
    #expect(throws: ServiceError.notFound("Dictionary")) { try store.delete(1, project: 1) }
  }

  @Test func `an update changes what it names and the time`() throws {
    var store = try store()
    let changed = try store.update(
      1, DictionaryDraft(language: "de", isActive: false), project: nil, at: 200)
    #expect(changed.name == "names")
    #expect(changed.language == "de")
    #expect(!changed.isActive)
    #expect((changed.createdAt, changed.updatedAt) == (100, 200))
  }

  @Test(arguments: [
    DictionaryDraft(), DictionaryDraft(name: ""),
    DictionaryDraft(name: String(repeating: "a", count: 201)),
    DictionaryDraft(name: "a", description: String(repeating: "a", count: 2001)),
    DictionaryDraft(name: "a", language: String(repeating: "a", count: 17)),
  ])
  func `a dictionary needs a name, and nothing too long`(draft: DictionaryDraft) {
    var store = DictionaryStore()
    #expect(throws: ServiceError.self) { try store.create(draft, project: nil, at: 0) }
    #expect(store.revision == 0)
  }

  @Test(arguments: [
    EntryDraft(), EntryDraft(word: "a"), EntryDraft(replacement: "a"),
    EntryDraft(word: "", replacement: "a"), EntryDraft(word: "a", replacement: ""),
    EntryDraft(word: "a", ipa: String(repeating: "a", count: 201)),
  ])
  func `an entry needs a word and something to say`(draft: EntryDraft) throws {
    var store = try store()
    #expect(throws: ServiceError.self) { try store.add(draft, to: 1, project: nil, at: 0) }
    #expect(try store.dictionary(1, project: nil).entries.isEmpty)
  }

  @Test func `a word is in a dictionary once, but twice by letter case`() throws {
    var store = try store([entry("a", "b"), entry("a", "c")])
    #expect(try store.dictionary(1, project: nil).entries.map(\.replacement) == ["c"])
    _ = try store.add(
      EntryDraft(word: "a", replacement: "d", caseSensitive: true), to: 1, project: nil, at: 0)
    #expect(try store.dictionary(1, project: nil).entries.map(\.id) == [1, 2])
  }

  @Test func `replacing all entries twice changes nothing the second time`() throws {
    var store = try store([entry("a", "b"), entry("x", "y")])
    let drafts = [entry("a", "b"), entry("c", "d")]
    #expect(
      try store.replaceEntries(of: 1, with: drafts, project: nil, at: 200) == (2, 1, 2))
    let first = try store.dictionary(1, project: nil).entries
    #expect(first.map(\.id) == [1, 3])
    #expect(first.map(\.updatedAt) == [100, 200])
    #expect(
      try store.replaceEntries(of: 1, with: drafts, project: nil, at: 300) == (2, 0, 2))
    #expect(try store.dictionary(1, project: nil).entries == first)
    #expect(throws: ServiceError.self) {
      try store.replaceEntries(of: 1, with: [EntryDraft()], project: nil, at: 400)
    }
    #expect(try store.dictionary(1, project: nil).entries == first)
  }

  @Test func `entries are changed and deleted by their ids`() throws {
    var store = try store([entry("a", "b")])
    let changed = try store.update(
      entry: 1, of: 1, EntryDraft(replacement: "z"), project: nil, at: 5)
    #expect((changed.word, changed.replacement) == ("a", "z"))
    #expect(throws: ServiceError.notFound("Entry")) {
      try store.update(entry: 2, of: 1, EntryDraft(), project: nil, at: 5)
    }
    try store.delete(entry: 1, of: 1, project: nil, at: 5)
    #expect(throws: ServiceError.notFound("Entry")) {
      try store.delete(entry: 1, of: 1, project: nil, at: 5)
    }
  }

  @Test func `what is written is read again, and ids go on`() throws {
    let before = try store([entry("a", "b")])
    var after = try JSONReader().read(
      DictionaryStore.self, from: try JSONPrinter().print(before))
    #expect(after.dictionaries == before.dictionaries)
    #expect(try after.create(DictionaryDraft(name: "n"), project: nil, at: 0).id == 2)
    let bare = Array("{\"dictionaries\":[]}".utf8)
    #expect(try JSONReader().read(DictionaryStore.self, from: bare).dictionaries.isEmpty)
  }
}

@Suite struct DictionaryChoiceTests {
  private var store: DictionaryStore {
    get throws {
      var store = DictionaryStore()
      for (language, active) in [(nil, true), ("de", true), ("en", true), (nil, false)] {
        _ = try store.create(
          DictionaryDraft(name: "n", language: language, isActive: active), project: 3, at: 0)
      }
      return store
    }
  }

  @Test func `without ids it is the active ones of the project that suit the language`() throws {
    let store = try store
    #expect(store.choice(project: 3, ids: nil, language: "de").map(\.id) == [1, 2])
    #expect(store.choice(project: 3, ids: nil, language: "fr").map(\.id) == [1])
    #expect(store.choice(project: nil, ids: nil, language: "de").isEmpty)
  }

  @Test func `ids are exactly those, in their order, and an empty list is none`() throws {
    let store = try store
    #expect(store.choice(project: 3, ids: [4, 2], language: "fr").map(\.id) == [4, 2])
    #expect(store.choice(project: 3, ids: [], language: "de").isEmpty)
  }

  @Test func `the ids of another project are refused`() throws {
    let store = try store
    var settings = TurnSettings()
    settings.projectID = 3
    settings.dictionaryIDs = [1, 4]
    #expect(store.refusal(of: settings) == nil)
    settings.dictionaryIDs = [1, 9]
    #expect(store.refusal(of: settings)?.code == 400)
    settings.dictionaryIDs = nil
    #expect(store.refusal(of: settings) == nil)
  }

  private func limited(
    dictionaries: Int = 10, entries: Int = 10, bytes: Int = 10_000
  ) throws -> DictionaryStore {
    var limits = DictionaryLimits()
    (limits.dictionaries, limits.entries, limits.bytes) = (dictionaries, entries, bytes)
    var store = DictionaryStore(limits: limits)
    _ = try store.create(DictionaryDraft(name: "first"), project: nil, at: 0)
    return store
  }

  private func code(_ body: () throws(ServiceError) -> Void) -> Int? {
    do throws(ServiceError) {
      try body()
      return nil
    } catch {
      return error.code
    }
  }

  @Test func `there are so many dictionaries, of all projects together`() throws {
    var store = try limited(dictionaries: 2)
    _ = try store.create(DictionaryDraft(name: "second"), project: 9, at: 0)
    #expect(
      code { () throws(ServiceError) in
        _ = try store.create(DictionaryDraft(name: "third"), project: nil, at: 0)
      } == 413)
    try store.delete(2, project: nil)
    _ = try store.create(DictionaryDraft(name: "third"), project: nil, at: 0)
  }

  @Test func `a dictionary has so many entries, and those may change`() throws {
    var store = try limited(entries: 2)
    for word in ["a", "b", "a"] {
      _ = try store.add(entry(word, "x"), to: 1, project: nil, at: 0)
    }
    let before = store
    #expect(
      code { () throws(ServiceError) in
        _ = try store.add(entry("c", "x"), to: 1, project: nil, at: 0)
      } == 413)
    let three = ["a", "b", "c"].map { entry($0, "y") }
    #expect(
      code { () throws(ServiceError) in
        _ = try store.replaceEntries(of: 1, with: three, project: nil, at: 0)
      } == 413)
    #expect(store == before, "what is refused changes nothing")
    let result = try store.replaceEntries(
      of: 1, with: [three[1], three[2], three[1]], project: nil, at: 0)
    #expect(result == (2, 1, 2))
    #expect(try store.dictionary(1, project: nil).entries.map(\.word) == ["b", "c"])
  }

  @Test func `all texts together have a size, which shrinks with them`() throws {
    // A name of 5, an entry of 1 and 500, and 100 around each.
    var store = try limited(bytes: 105 + 601)
    let long = String(repeating: "x", count: 500)
    _ = try store.add(entry("a", long), to: 1, project: nil, at: 0)
    for attempt in 0..<2 {
      #expect(
        code { () throws(ServiceError) in
          _ = try store.add(entry("b", "y"), to: 1, project: nil, at: 0)
        } == 413, "attempt \(attempt)")
    }
    #expect(
      code { () throws(ServiceError) in
        _ = try store.update(
          1, DictionaryDraft(description: "more"), project: nil, at: 0)
      } == 413)
    _ = try store.update(entry: 1, of: 1, EntryDraft(replacement: "short"), project: nil, at: 0)
    _ = try store.add(entry("b", "y"), to: 1, project: nil, at: 0)
    try store.delete(entry: 1, of: 1, project: nil, at: 0)
    try store.delete(1, project: nil)
    _ = try store.create(DictionaryDraft(name: long.prefix(200).description), project: nil, at: 0)
    _ = try store.add(entry("c", String(repeating: "z", count: 300)), to: 2, project: nil, at: 0)
  }

  @Test func `a store that was read counts what is in it`() throws {
    var store = DictionaryStore()
    _ = try store.create(DictionaryDraft(name: "names"), project: nil, at: 0)
    _ = try store.add(entry("a", "b"), to: 1, project: nil, at: 0)
    let read = try JSONReader().read(
      DictionaryStore.self, from: try JSONPrinter().print(store))
    var (one, other) = (store, read)
    try one.delete(1, project: nil)
    try other.delete(1, project: nil)
    _ = try other.create(DictionaryDraft(name: "again"), project: nil, at: 0)
    #expect(other.dictionaries.map(\.id) == [2])
  }
}
