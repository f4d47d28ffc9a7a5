import Glibc
import KugelQueue
import KugelSystem
import Synchronization

/// The place of this process in the queue, as long as it has something to say.
final class QueuePlace: Sendable {
  private struct State {
    var item: QueueItem?
    /// Of the file that is locked; the lock is that of the open file.
    var lock: CInt = -1
  }

  let id: Int32
  private let folder: String
  private let state = Mutex(State())

  /// - Parameter id: nobody else's.
  init(_ id: Int32, in folder: String) {
    self.id = id
    self.folder = folder
  }

  deinit { leave() }

  var item: QueueItem? { state.withLock { $0.item } }

  /// From now on the others see it. Whoever cannot be seen takes its turn all the same.
  @discardableResult
  func enter(_ wish: QueueWish, _ kind: QueueItem.State) -> QueueItem {
    var item = QueueItem(
      id: id, process: getpid(), wish: wish, arrival: QueueClock.now, date: time(nil))
    item.state = kind
    state.withLock { state in
      state.item = item
      if state.lock < 0 { state.lock = Self.locked(QueueFolder.lock(id, in: folder)) }
      if state.lock >= 0 { write(item) }
    }
    return item
  }

  func change(_ body: (inout QueueItem) -> Void) {
    state.withLock { state in
      guard var item = state.item else { return }
      body(&item)
      guard item != state.item else { return }
      state.item = item
      if state.lock >= 0 { write(item) }
    }
  }

  func leave() {
    state.withLock { state in
      guard state.lock >= 0 else { return }
      unsafe unlink(QueueFolder.item(id, in: folder).nameBytes)
      unsafe unlink(QueueFolder.lock(id, in: folder).nameBytes)
      close(state.lock)
      state = State()
    }
  }

  /// - Returns: nil as long as it has none.
  func verdict() -> QueueRules.Verdict? {
    guard let item else { return nil }
    return QueueRules.verdict(
      on: item, among: QueueFolder.entries(in: folder), at: QueueClock.now)
  }

  private func write(_ item: QueueItem) {
    let text = String(decoding: item.json, as: UTF8.self) + "\n"
    try? SmallFile.replace(QueueFolder.item(id, in: folder), with: text, mode: 0o600)
  }

  /// - Returns: a descriptor of the file at the path, locked; -1 when it cannot be had.
  private static func locked(_ path: String) -> CInt {
    while let descriptor = try? Descriptor.open(path, O_RDWR | O_CREAT, mode: 0o600) {
      // Somebody who clears away may have it for a moment, and removes the file then.
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
      if let there = try? FileStatus(of: path),
        there.identity == (try? FileStatus(of: descriptor))?.identity
      {
        return descriptor
      }
      close(descriptor)
    }
    return -1
  }
}
