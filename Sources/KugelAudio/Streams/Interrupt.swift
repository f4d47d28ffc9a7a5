import Glibc
import Synchronization

/// Ends waits early: any thread may raise it once, every wait then returns.
@safe final class Interrupt: Sendable {
  private let raised = Atomic(false)
  private let readEnd: CInt
  private let writeEnd: CInt

  /// Without descriptors to spare, waits go on in short steps and look at the flag in between.
  init() {
    var ends: [CInt] = [-1, -1]
    if unsafe pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    if readEnd >= 0 {
      close(readEnd)
      close(writeEnd)
    }
  }

  var isRaised: Bool { raised.load(ordering: .acquiring) }

  func raise() {
    guard !raised.exchange(true, ordering: .acquiringAndReleasing), writeEnd >= 0 else { return }
    _ = unsafe withUnsafeBytes(of: UInt8(1)) { unsafe write(writeEnd, $0.baseAddress, 1) }
  }

  /// Waits until bytes can be written, the other end is gone, time is up or the interrupt is raised.
  ///
  /// - Parameters:
  ///   - descriptor: −1 to wait for time and interrupt alone.
  ///   - milliseconds: −1 for as long as it takes.
  func wait(untilWritable descriptor: CInt, milliseconds: CInt) {
    let step = readEnd >= 0 || isRaised || (0...50).contains(milliseconds) ? milliseconds : 50
    var polled = [
      pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
      // Once raised it would end every later wait too, also those that want a last chance.
      pollfd(fd: isRaised ? -1 : readEnd, events: Int16(POLLIN), revents: 0),
    ]
    _ = unsafe poll(&polled, 2, step)
  }
}
