import Glibc
import KugelThreads

/// Something that happens once, and may be waited for a while.
@safe final class Gate: Sendable {
  private let isOpen = Monitor(false)
  private let ends: (read: CInt, write: CInt)

  init() {
    var pair: [CInt] = [-1, -1]
    if unsafe pipe2(&pair, O_CLOEXEC | O_NONBLOCK) != 0 { pair = [-1, -1] }
    ends = (pair[0], pair[1])
  }

  deinit {
    for end in [ends.read, ends.write] where end >= 0 { close(end) }
  }

  func open() {
    let wasOpen = isOpen.change { isOpen in
      defer { isOpen = true }
      return isOpen
    }
    guard !wasOpen else { return }
    var byte: UInt8 = 0
    _ = unsafe write(ends.write, &byte, 1)
  }

  func wait(atMost patience: Duration) {
    guard ends.read >= 0, !isOpen.withLock({ $0 }) else { return }
    _ = Poller.wait(for: [ends.read], until: .now + patience)
  }
}
