import Glibc
import Synchronization

/// Programs of others that we started and that are to end with us, each with all that it started: by the
/// numbers of their process groups.
package enum RunningPrograms {
  private static let groups = Mutex((known: Set<pid_t>(), isWatched: false))

  package static func add(_ group: pid_t) {
    groups.withLock { groups in
      groups.known.insert(group)
      guard !groups.isWatched else { return }
      groups.isWatched = true
      _ = atexit { RunningPrograms.endAll() }
      _ = at_quick_exit { RunningPrograms.endAll() }
    }
  }

  /// It has ended.
  package static func remove(_ group: pid_t) { groups.withLock { _ = $0.known.remove(group) } }

  /// Also for whoever leaves the process in another way. None is started behind that.
  package static func endAll() {
    // Whoever holds the lock may be the thread that leaves.
    _ = groups.withLockIfAvailable { groups in
      for group in groups.known { _ = kill(-group, SIGKILL) }
    }
  }
}
