import Glibc
import KugelQueue
import KugelSystem

/// The items of this user in the runtime folder. Each is a small file, written whole, and beside it a file
/// that its process keeps locked: the lock goes with the process, however that ends.
package enum QueueFolder {
  static func item(_ id: Int32, in folder: String) -> String { "\(folder)/item-\(id)" }
  static func lock(_ id: Int32, in folder: String) -> String { "\(folder)/item-\(id).lock" }
  static func sound(_ id: Int32, in folder: String) -> String { "\(folder)/sound-\(id)" }

  /// All items whose process lives, in no order. What the others left is cleared away.
  package static func entries(in folder: String) -> [QueueRules.Entry] {
    Folder.names(in: folder).compactMap { name in
      guard name.hasPrefix("item-"), let id = Int32(name.dropFirst(5)) else { return nil }
      guard !isLeft(id, in: folder),
        let item = (try? SmallFile.read(item(id, in: folder))).flatMap(QueueItem.init(json:))
      else { return nil }
      switch ProcessState(of: item.process) {
      case .running: return QueueRules.Entry(item)
      case .suspended: return QueueRules.Entry(item, .suspended)
      // It is ending this very moment; a child may keep its lock.
      case .gone: return nil
      }
    }
  }

  /// Whether nobody holds the item's lock; then it is gone.
  private static func isLeft(_ id: Int32, in folder: String) -> Bool {
    let path = lock(id, in: folder)
    // Who writes an item has its lock before, and keeps it longer.
    guard let descriptor = try? Descriptor.open(path, O_RDWR) else { return true }
    defer { close(descriptor) }
    // Shared: two that look at once do not take each other for the owner.
    guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return false }
    // Alone with the file that has the name now: whoever makes it anew waits until this is over.
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0,
      (try? FileStatus(of: path))?.identity == (try? FileStatus(of: descriptor))?.identity
    {
      unsafe unlink(item(id, in: folder).nameBytes)
      unsafe unlink(sound(id, in: folder).nameBytes)
      unsafe unlink(path.nameBytes)
    }
    return true
  }
}

/// The clock of all processes.
package enum QueueClock {
  /// Nanoseconds since the machine was started.
  package static var now: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_BOOTTIME, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
