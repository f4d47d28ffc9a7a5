import Glibc
import KugelEngine
import KugelJSON
import KugelServiceCore
import KugelSystem
import KugelText
import KugelWire
import Synchronization

/// The dictionaries of a running server, in memory and perhaps in a file.
///
/// They are read on any thread. Changes are made and saved one after the other on a thread of their own,
/// because a disk may take its time.
final class DictionaryShelf: Sendable {
  typealias Body = @Sendable (inout DictionaryStore) -> ServiceAPI.Reply
  /// The answer, and why a change was not made.
  typealias Done = @Sendable (_ reply: ServiceAPI.Reply, _ failure: String?) -> Void

  private struct Choice: Hashable {
    var project: Int?
    var ids: [Int]?
    var language: String?
    var normalizes: Bool
  }

  private struct State {
    var store: DictionaryStore
    /// Made of the store as it is.
    var rewriters: [Choice: ChunkRewriter] = [:]
  }

  private typealias Change = (body: Body, done: Done)

  /// Changes that wait; the next is refused.
  private static let mostWaiting = 1000

  private let state: Mutex<State>
  private let file: String?
  private let reading: EngineReading
  private let changes = Mailbox<Change>(capacity: mostWaiting)
  private let thread = Mutex<Thread?>(nil)

  /// - Parameters:
  ///   - file: read if it is there, made with the first change if not.
  ///   - reading: what the engine makes of a text.
  init(file: String?, reading: EngineReading) throws(ServeError) {
    self.file = file
    self.reading = reading
    var store = DictionaryStore()
    if let file, unsafe access(file, F_OK) == 0 {
      do {
        store = try JSONReader().read(DictionaryStore.self, from: try Self.bytes(of: file))
      } catch is DecodingError {
        throw .dictionaries(file: file, cause: "it is not a dictionary file of kugel's")
      } catch {
        throw .dictionaries(file: file, cause: "it cannot be read")
      }
    }
    if let file, unsafe access(file, F_OK) != 0 {
      guard unsafe access(Self.folder(of: file), W_OK | X_OK) == 0 else {
        throw .dictionaries(file: file, cause: "nothing can be written in its folder")
      }
    }
    state = Mutex(State(store: store))
    do {
      let made = try Thread(name: "dictionaries") { [self] in
        while let change = changes.take() { make(change) }
      }
      thread.withLock { $0 = made }
    } catch {
      throw .engine(cause: "\(error)")
    }
  }

  /// Ends the thread, once it has made and saved what was asked for.
  func stop() {
    changes.close()
    thread.withLock { $0 }?.join()
  }

  /// Answers a request that may look at the dictionaries.
  func answer(_ body: (inout DictionaryStore) -> ServiceAPI.Reply) -> ServiceAPI.Reply {
    var store = state.withLock(\.store)
    return body(&store)
  }

  /// Answers a request that may change the dictionaries. A change that cannot be kept is not made.
  ///
  /// - Parameter done: called once, on another thread.
  func change(_ body: @escaping Body, done: @escaping Done) {
    if !changes.offer((body, done)) { done(.answer(APIResponse(.rateLimited)), nil) }
  }

  private func make(_ change: Change) {
    let before = state.withLock(\.store)
    var store = before
    let reply = change.body(&store)
    guard store.revision != before.revision else { return change.done(reply, nil) }
    do {
      try save(store)
    } catch {
      let failure = ServiceError(
        "The dictionaries could not be saved", name: "INTERNAL_ERROR", code: 500)
      return change.done(.answer(APIResponse(failure)), "\(file ?? ""): \(error)")
    }
    // Nobody else changes it, so nothing is lost between reading and writing.
    state.withLock { $0 = State(store: store) }
    change.done(reply, nil)
  }

  func refusal(of settings: TurnSettings) -> ServiceError? {
    state.withLock { $0.store.refusal(of: settings) }
  }

  /// What is said of a chunk.
  ///
  /// - Parameter language: what the turn is spoken in.
  func rewrite(_ text: String, _ settings: TurnSettings, language: String?) -> SourcedText {
    rewriter(settings, language: language).rewrite(text)
  }

  private func rewriter(_ settings: TurnSettings, language: String?) -> ChunkRewriter {
    state.withLock { state in
      let choice = Choice(
        project: settings.projectID, ids: settings.dictionaryIDs, language: language,
        normalizes: reading.wantsWords && settings.normalize != false)
      if let known = state.rewriters[choice] { return known }
      let rewriter = ChunkRewriter(
        state.store.choice(project: choice.project, ids: choice.ids, language: choice.language),
        language: language, takesIPA: reading.takesIPA,
        numbers: choice.normalizes ? .unclear : nil)
      if state.rewriters.count >= 64 { state.rewriters = [:] }
      state.rewriters[choice] = rewriter
      return rewriter
    }
  }

  /// Beside the file first, then in its place: a crash leaves the old one or the new one.
  private func save(_ store: DictionaryStore) throws {
    guard let file else { return }
    let text = String(decoding: try JSONPrinter().print(store), as: UTF8.self)
    // Who may read it is left as it was set.
    let mode = (try? FileStatus(of: file))?.mode
    try SmallFile.replace(file, with: text, mode: mode ?? 0o666)
  }

  /// The store is small, and what is spelled out in a file may be larger than the usual limit.
  private static func bytes(of file: String) throws(SystemError) -> [UInt8] {
    let descriptor = try Descriptor.open(file, O_RDONLY)
    defer { close(descriptor) }
    return try Descriptor.readToEnd(descriptor)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
