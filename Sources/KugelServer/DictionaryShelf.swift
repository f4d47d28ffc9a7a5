import FoundationEssentials
import Glibc
import KugelServiceCore
import KugelWire
import Synchronization

/// The dictionaries of a running server, in memory and perhaps in a file.
final class DictionaryShelf: Sendable {
  private struct Choice: Hashable {
    var project: Int?
    var ids: [Int]?
    var language: String?
  }

  private struct State {
    var store: DictionaryStore
    /// Made of the store as it is.
    var replacers: [Choice: WordReplacer] = [:]
  }

  private let state: Mutex<State>
  private let file: String?

  /// - Parameter file: read if it is there, made with the first change if not.
  init(file: String?) throws(ServeError) {
    self.file = file
    var store = DictionaryStore()
    if let file, unsafe access(file, F_OK) == 0 {
      do {
        store = try JSONDecoder().decode(
          DictionaryStore.self, from: try Data(contentsOf: URL(fileURLWithPath: file)))
      } catch is DecodingError {
        throw .dictionaries(file: file, cause: "it is not a dictionary file of kugel's")
      } catch {
        throw .dictionaries(file: file, cause: "it cannot be read")
      }
    }
    state = Mutex(State(store: store))
  }

  /// Answers a request that may look at the dictionaries or change them. A change that cannot be
  /// kept is not made.
  func answer(
    _ body: (inout DictionaryStore) -> ServiceAPI.Reply
  ) -> (reply: ServiceAPI.Reply, failure: String?) {
    state.withLock { state in
      var store = state.store
      let reply = body(&store)
      guard store.revision != state.store.revision else { return (reply, nil) }
      if let file {
        do {
          try save(store, to: file)
        } catch {
          let failure = ServiceError(
            "The dictionaries could not be saved", name: "INTERNAL_ERROR", code: 500)
          return (.answer(APIResponse(failure)), "\(file): \(error)")
        }
      }
      state = State(store: store)
      return (reply, nil)
    }
  }

  func refusal(of settings: TurnSettings) -> ServiceError? {
    state.withLock { $0.store.refusal(of: settings) }
  }

  /// - Parameter language: what the turn is spoken in.
  func rewrite(_ text: String, _ settings: TurnSettings, language: String?) -> String {
    state.withLock { state in
      if state.store.dictionaries.isEmpty { return text }
      let choice = Choice(
        project: settings.projectID, ids: settings.dictionaryIDs, language: language)
      let replacer =
        state.replacers[choice]
        ?? WordReplacer(
          state.store.choice(
            project: choice.project, ids: choice.ids, language: choice.language))
      if state.replacers.count >= 64 { state.replacers = [:] }
      state.replacers[choice] = replacer
      return replacer.rewrite(text)
    }
  }

  /// Beside the file first, then in its place: a crash leaves the old one or the new one.
  private func save(_ store: DictionaryStore, to file: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(store).write(to: URL(fileURLWithPath: file), options: .atomic)
  }
}
