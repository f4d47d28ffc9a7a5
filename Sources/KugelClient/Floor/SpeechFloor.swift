import Glibc
import KugelSystem
import Synchronization

/// Who may speak. Each speaking process can be told to stop through a socket of its own; one at a time
/// holds the speakers by a lock that goes with the process, however that ends.
@safe package final class SpeechFloor: Sendable {
  /// What a process does with its sound.
  package enum Kind: String, CaseIterable, Sendable {
    /// It plays.
    case speakers
    /// It may play later, and is silent now.
    case silent
    case files
  }

  /// What to do about others that speak.
  package enum Queue: String, CaseIterable, Sendable {
    /// Wait until nobody else does.
    case wait
    /// Stop them.
    case replace
    /// Speak at the same time.
    case mix
    /// Leave it.
    case fail
  }

  package enum Entry: Equatable, Sendable {
    case granted
    /// Another process holds the speakers.
    case taken
    /// Given up before it was granted.
    case givenUp
  }

  private let folder: String
  private let name: String
  /// By which the others know what this process does.
  private let kind: Mutex<Kind>
  private let listener: CInt
  private let lock: CInt

  /// Makes this process known.
  ///
  /// - Parameters:
  ///   - folder: as `RuntimeFolder.path` gives it.
  ///   - name: tells the processes apart; their numbers do.
  ///   - stop: called on a thread of its own when somebody wants silence.
  package init(
    folder: String, kind: Kind, name: String = "\(getpid())", stop: @escaping @Sendable () -> Void
  ) throws(FloorError) {
    self.folder = folder
    self.name = name
    self.kind = Mutex(kind)
    let socketPath = Self.path(folder, kind, name)
    lock = unsafe open(folder + "/speakers.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw FloorError(cause: Self.message(errno)) }
    unsafe unlink(socketPath)
    guard let listener = UnixSocket.listen(at: socketPath) else {
      let cause = Self.message(errno)
      close(lock)
      throw FloorError(cause: cause)
    }
    self.listener = listener
    do {
      _ = try Thread(name: "kugel-stop") {
        while let peer = UnixSocket.accept(listener) {
          stop()
          // Whoever asked waits until this process, and its end of the connection, is gone.
          _ = peer
        }
      }
    } catch {
      throw FloorError(cause: error.description)
    }
  }

  deinit { leave() }

  /// Gives up the speakers and is not to be told to stop any more.
  package func leave() {
    let path = socketPath
    unsafe unlink(path)
    shutdown(listener, CInt(SHUT_RDWR))
    _ = flock(lock, LOCK_UN)
  }

  private var socketPath: String { Self.path(folder, kind.withLock { $0 }, name) }

  private static func path(_ folder: String, _ kind: Kind, _ name: String) -> String {
    "\(folder)/\(kind.rawValue)-\(name).sock"
  }

  /// From now on the process does something else with its sound.
  func become(_ other: Kind) {
    kind.withLock { kind in
      let (old, new) = (Self.path(folder, kind, name), Self.path(folder, other, name))
      if kind != other, unsafe rename(old, new) == 0 { kind = other }
    }
  }

  /// Takes the speakers if nobody holds them.
  func tryToEnter() -> Bool { flock(lock, LOCK_EX | LOCK_NB) == 0 }

  /// Waits until nobody else holds the speakers, and takes them.
  func enterWhenFree() {
    while flock(lock, LOCK_EX) != 0 && errno == EINTR {}
  }

  /// Gives up the speakers for now.
  func yield() { _ = flock(lock, LOCK_UN) }

  /// Tells the others that play to stop; does not wait until they have.
  func stopOthers() {
    _ = Self.stop(in: folder, kinds: [.speakers], except: socketPath, patience: .zero)
  }

  /// Takes the speakers, as `queue` says.
  ///
  /// - Parameter isGivenUp: asked while waiting, for at most as long as it takes to answer.
  package func enter(_ queue: Queue, isGivenUp: () -> Bool) -> Entry {
    switch queue {
    case .mix: return .granted
    case .fail: return tryToEnter() ? .granted : .taken
    case .wait: break
    case .replace: stopOthers()
    }
    while !tryToEnter() {
      if isGivenUp() { return .givenUp }
    }
    return .granted
  }

  /// Tells the speaking processes to stop and waits until they have, but not for ever.
  ///
  /// - Returns: how many were told.
  @discardableResult
  package static func stop(
    in folder: String, kinds: [Kind], except own: String? = nil,
    patience: Duration = .seconds(2)
  ) -> Int {
    var peers: [CInt] = []
    for path in sockets(in: folder, kinds: kinds) where path != own {
      if let peer = UnixSocket.connect(to: path) {
        peers.append(peer)
      } else if errno == ECONNREFUSED {
        // Left by a process that could not tidy up.
        unsafe unlink(path)
      }
    }
    let end = ContinuousClock.now + patience
    var waiting = peers
    while !waiting.isEmpty, ContinuousClock.now < end {
      let ready = Poller.wait(for: waiting, until: end)
      waiting = zip(waiting, ready).filter { !$0.1 }.map(\.0)
    }
    for peer in peers { close(peer) }
    return peers.count
  }

  private static func sockets(in folder: String, kinds: [Kind]) -> [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var paths: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if kinds.contains(where: { name.hasPrefix($0.rawValue + "-") }), name.hasSuffix(".sock") {
        paths.append("\(folder)/\(name)")
      }
    }
    return paths
  }

  private static func message(_ code: CInt) -> String { unsafe String(cString: strerror(code)) }
}
