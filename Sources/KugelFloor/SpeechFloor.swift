import Glibc
import KugelQueue
import KugelSystem
import Synchronization

/// Who may speak. Each speaking process can be steered by others through a socket of its own; one at a time
/// holds the speakers by a lock that goes with the process, however that ends; and whoever wants them has a
/// place in the queue.
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
    /// Not worth saying any more.
    case dropped(QueueRules.Drop)
  }

  /// Something that another process wants of this one.
  package struct Request: Sendable {
    package let what: Steering
    /// Sends the answer, for those that have one.
    package let answer: @Sendable ([UInt8]) -> Void

    package init(_ what: Steering, answer: @escaping @Sendable ([UInt8]) -> Void = { _ in }) {
      self.what = what
      self.answer = answer
    }
  }

  /// The folder of this user's processes.
  package let folder: String
  private let name: String
  /// By which the others know what this process does.
  private let kind: Mutex<Kind>
  private let listener: CInt
  private let lock: FloorLock
  let place: QueuePlace

  /// Makes this process known.
  ///
  /// - Parameters:
  ///   - folder: as `RuntimeFolder.path` gives it.
  ///   - name: a number that tells the processes apart; their own does.
  ///   - steered: called on a thread of its own when somebody wants something.
  package init(
    folder: String, kind: Kind, name: String = "\(getpid())",
    steered: @escaping @Sendable (Request) -> Void
  ) throws(FloorError) {
    self.folder = folder
    self.name = name
    self.kind = Mutex(kind)
    let socketPath = Self.path(folder, kind, name)
    lock = FloorLock(in: folder)
    place = QueuePlace(Int32(name) ?? getpid(), in: folder)
    do throws(SystemError) { try lock.open() } catch { throw FloorError(cause: error.cause) }
    unsafe unlink(socketPath.nameBytes)
    guard let listener = UnixSocket.listen(at: socketPath) else {
      throw FloorError(cause: SystemError.latest.cause)
    }
    self.listener = listener
    do {
      _ = try Thread(name: "kugel-floor") {
        while let peer = UnixSocket.accept(listener) { Self.hear(peer, steered) }
      }
    } catch {
      throw FloorError(cause: error.description)
    }
  }

  package convenience init(
    folder: String, kind: Kind, name: String = "\(getpid())", stop: @escaping @Sendable () -> Void
  ) throws(FloorError) {
    try self.init(folder: folder, kind: kind, name: name) { if $0.what == .stop { stop() } }
  }

  deinit { leave() }

  private static func hear(_ peer: CInt, _ steered: (Request) -> Void) {
    // Whoever calls says at once what for.
    let word = UnixSocket.line(from: peer, until: .now + .milliseconds(200))
    guard let word, let what = Steering(rawValue: String(decoding: word, as: UTF8.self)) else {
      close(peer)
      return
    }
    switch what {
    case .stop:
      // Whoever asked waits until this process, and its end of the connection, is gone.
      steered(Request(what))
    case .report:
      steered(
        Request(what) { bytes in
          try? Descriptor.writeAll(bytes + [0x0A], to: peer)
          close(peer)
        })
    case .skip, .drop, .pause, .resume, .toggle, .again, .back, .on:
      close(peer)
      steered(Request(what))
    }
  }

  /// Gives up the speakers and is not to be steered any more.
  package func leave() {
    unsafe unlink(socketPath.nameBytes)
    shutdown(listener, CInt(SHUT_RDWR))
    yield()
  }

  private var socketPath: String { Self.path(folder, kind.withLock { $0 }, name) }

  static func path(_ folder: String, _ kind: Kind, _ name: String) -> String {
    "\(folder)/\(kind.rawValue)-\(name).sock"
  }

  /// From now on the process does something else with its sound.
  func become(_ other: Kind) {
    kind.withLock { kind in
      let (old, new) = (Self.path(folder, kind, name), Self.path(folder, other, name))
      if kind != other, unsafe rename(old.nameBytes, new.nameBytes) == 0 { kind = other }
    }
  }

  // MARK: Entering

  /// Stands in the queue from now on, and makes stale what the source has waiting there if that is wished.
  func enlist(_ wish: QueueWish) {
    let item = place.enter(wish, .waiting)
    guard wish.replaces else { return }
    let stale = QueueRules.replaced(by: item, among: QueueFolder.entries(in: folder))
    FloorPeers.tell(.drop, to: stale, in: folder)
  }

  /// Speaks at the same time as whoever does.
  func mix(_ wish: QueueWish) { place.enter(wish, .speaking) }

  /// Takes the speakers if it comes next and nobody holds them. Stands in the queue already.
  func tryToEnter() -> Bool {
    guard place.verdict() == .next else { return false }
    return take()
  }

  /// Takes the speakers if nobody holds them, whoever waits.
  func take() -> Bool {
    guard lock.tryToTake() else { return false }
    place.change { $0.state = .speaking }
    return true
  }

  /// Gives up the speakers and the place in the queue for now.
  package func yield() {
    lock.release()
    place.leave()
  }

  /// The speakers were taken here, and another one has them: this process was suspended meanwhile.
  package var isLost: Bool { lock.isLost }

  /// What the others are told of it, once that is known.
  func entitle(_ title: String) { place.change { $0.wish.title = title } }

  /// Tells the others that play to stop; does not wait until they have.
  func stopOthers() {
    _ = FloorPeers.stop(in: folder, kinds: [.speakers], except: socketPath, patience: .zero)
  }

  /// A wait of this process for the speakers.
  func wait() -> FloorWait { FloorWait(lock: lock, place: place, folder: folder) { self.take() } }

  /// Takes the speakers, as `queue` says.
  ///
  /// - Parameters:
  ///   - told: hears for whom is waited, once that takes longer than nobody would notice.
  ///   - isGivenUp: asked while waiting; may take so long to answer.
  package func enter(
    _ queue: Queue, _ wish: QueueWish = QueueWish(), told: (FloorNotice) -> Void = { _ in },
    isGivenUp: (Duration) -> Bool
  ) -> Entry {
    switch queue {
    case .mix:
      mix(wish)
      return .granted
    case .fail:
      place.enter(wish, .waiting)
      if take() { return .granted }
      place.leave()
      return .taken
    case .wait: break
    case .replace: stopOthers()
    }
    enlist(wish)
    var wait = wait()
    while true {
      switch wait.look(told: told) {
      case .granted: return .granted
      case .dropped(let why):
        place.leave()
        return .dropped(why)
      case .unwanted: return .givenUp
      case .wait(let time):
        guard isGivenUp(time) else { continue }
        place.leave()
        return .givenUp
      }
    }
  }
}
