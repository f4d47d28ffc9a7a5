import Glibc
import KugelThreads

/// Who may speak. Each speaking process can be told to stop through a socket of its own; one at a time
/// holds the speakers by a lock that goes with the process, however that ends.
@safe package final class SpeechFloor: Sendable {
  /// What a process does with its sound.
  package enum Kind: String, CaseIterable, Sendable { case speakers, files }

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
  private let socketPath: String
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
    socketPath = "\(folder)/\(kind.rawValue)-\(name).sock"
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
    unsafe unlink(socketPath)
    shutdown(listener, CInt(SHUT_RDWR))
    _ = flock(lock, LOCK_UN)
  }

  /// Takes the speakers, as `queue` says.
  ///
  /// - Parameter isGivenUp: asked while waiting, for at most as long as it takes to answer.
  package func enter(_ queue: Queue, isGivenUp: () -> Bool) -> Entry {
    switch queue {
    case .mix: return .granted
    case .fail: return flock(lock, LOCK_EX | LOCK_NB) == 0 ? .granted : .taken
    case .wait, .replace: break
    }
    if queue == .replace {
      _ = Self.stop(in: folder, kinds: [.speakers], except: socketPath, patience: .zero)
    }
    while flock(lock, LOCK_EX | LOCK_NB) != 0 {
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

/// Stream sockets of the Unix domain.
private enum UnixSocket {
  /// - Returns: nil with `errno` set.
  static func listen(at path: String) -> CInt? {
    unsafe open(path) { descriptor, address, size in
      unsafe bind(descriptor, address, size) == 0 && Glibc.listen(descriptor, 16) == 0
    }
  }

  static func connect(to path: String) -> CInt? {
    unsafe open(path) { descriptor, address, size in
      unsafe Glibc.connect(descriptor, address, size) == 0
    }
  }

  /// Waits for somebody; nil once the listener is shut.
  static func accept(_ listener: CInt) -> CInt? {
    while true {
      let peer = Glibc.accept(listener, nil, nil)
      if peer >= 0 {
        _ = fcntl(peer, F_SETFD, FD_CLOEXEC)
        return peer
      }
      if errno != EINTR && errno != ECONNABORTED { return nil }
    }
  }

  private static func open(
    _ path: String, _ use: (CInt, UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) -> CInt? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      errno = ENAMETOOLONG
      return nil
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let descriptor = socket(
      AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    let isDone = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe use(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    if isDone { return descriptor }
    let code = errno
    close(descriptor)
    errno = code
    return nil
  }
}
