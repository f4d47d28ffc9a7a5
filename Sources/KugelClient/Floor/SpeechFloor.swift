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
  private let lock: FloorLock

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
    lock = FloorLock(in: folder)
    do throws(SystemError) { try lock.open() } catch { throw FloorError(cause: error.cause) }
    unsafe unlink(socketPath)
    guard let listener = UnixSocket.listen(at: socketPath) else {
      throw FloorError(cause: SystemError.latest.cause)
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
    lock.release()
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
  func tryToEnter() -> Bool { lock.tryToTake() }

  /// Waits until nobody else holds the speakers, and takes them.
  func enterWhenFree(told: (FloorNotice) -> Void) {
    while !tryToEnter() {
      if let other = lock.passSuspended() { told(.passing(other)) } else { usleep(20_000) }
    }
  }

  /// Gives up the speakers for now.
  func yield() { lock.release() }

  /// Tells the others that play to stop; does not wait until they have.
  func stopOthers() {
    _ = Self.stop(in: folder, kinds: [.speakers], except: socketPath, patience: .zero)
  }

  /// Takes the speakers, as `queue` says.
  ///
  /// - Parameters:
  ///   - told: hears for whom is waited, once that takes longer than nobody would notice.
  ///   - isGivenUp: asked while waiting, for at most as long as it takes to answer.
  package func enter(
    _ queue: Queue, told: (FloorNotice) -> Void = { _ in }, isGivenUp: () -> Bool
  ) -> Entry {
    switch queue {
    case .mix: return .granted
    case .fail: return tryToEnter() ? .granted : .taken
    case .wait: break
    case .replace: stopOthers()
    }
    let start = ContinuousClock.now
    var isTold = false
    while !tryToEnter() {
      if isGivenUp() { return .givenUp }
      if let other = lock.passSuspended() {
        told(.passing(other))
      } else if !isTold, ContinuousClock.now - start > .milliseconds(300) {
        isTold = true
        told(.waiting(for: lock.holder))
      }
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
    let peers = tellToStop(in: folder, kinds: kinds, except: own)
    _ = wait(for: peers, atMost: patience)
    for peer in peers { close(peer) }
    return peers.count
  }

  /// Tells the speaking processes to stop, wakes those that are suspended, so that they can, and waits until
  /// all have.
  ///
  /// - Returns: the processes that are still there when patience has run out.
  package static func end(
    in folder: String, kinds: [Kind], patience: Duration = .seconds(2)
  ) -> [Int32] {
    let peers = tellToStop(in: folder, kinds: kinds)
    defer { for peer in peers { close(peer) } }
    let busy = wait(for: peers, atMost: patience / 8)
    for process in busy.compactMap(UnixSocket.process)
    where ProcessState(of: process) == .suspended {
      kill(process, SIGCONT)
    }
    return wait(for: busy, atMost: patience).compactMap(UnixSocket.process)
  }

  private static func tellToStop(
    in folder: String, kinds: [Kind], except own: String? = nil
  ) -> [CInt] {
    var peers: [CInt] = []
    for path in sockets(in: folder, kinds: kinds) where path != own {
      if let peer = UnixSocket.connect(to: path) {
        peers.append(peer)
      } else if errno == ECONNREFUSED {
        // Left by a process that could not tidy up.
        unsafe unlink(path)
      }
    }
    return peers
  }

  /// - Returns: those whose process has not ended.
  private static func wait(for peers: [CInt], atMost patience: Duration) -> [CInt] {
    let end = ContinuousClock.now + patience
    var waiting = peers
    while !waiting.isEmpty, ContinuousClock.now < end {
      let ready = Poller.wait(for: waiting, until: end)
      waiting = zip(waiting, ready).filter { !$0.1 }.map(\.0)
    }
    return waiting
  }

  /// Who holds the speakers, if that process is suspended.
  package static func suspendedHolder(in folder: String) -> Int32? {
    FloorLock(in: folder).holder.flatMap { ProcessState(of: $0) == .suspended ? $0 : nil }
  }

  private static func sockets(in folder: String, kinds: [Kind]) -> [String] {
    Folder.names(in: folder).filter { name in
      kinds.contains { name.hasPrefix($0.rawValue + "-") } && name.hasSuffix(".sock")
    }.map { "\(folder)/\($0)" }
  }
}
