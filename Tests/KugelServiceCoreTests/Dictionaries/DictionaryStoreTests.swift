import FoundationEssentials
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
    var after = try JSONDecoder().decode(
      DictionaryStore.self, from: try JSONEncoder().encode(before))
    #expect(after.dictionaries == before.dictionaries)
    #expect(try after.create(DictionaryDraft(name: "n"), project: nil, at: 0).id == 2)
    let bare = Data("{\"dictionaries\":[]}".utf8)
    #expect(try JSONDecoder().decode(DictionaryStore.self, from: bare).dictionaries.isEmpty)
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
}
