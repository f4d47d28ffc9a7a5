import Glibc
import KugelSystem
import TestSupport
import Testing

@Suite struct SignalWatcherTests {
  @Test(.timeLimit(.minutes(1)))
  func `signals are blocked where they are watched, and each is handed over`() async throws {
    let seen = Mailbox<CInt>()
    let outcome = try await onOwnThread {
      // Whoever started the tests may have blocked others.
      let others = isBlockedHere(SIGHUP)
      try SignalWatcher.watch([SIGUSR1, SIGUSR2]) { seen.post($0) }
      let blocked = [SIGUSR1, SIGUSR2].map { isBlockedHere($0) }
      let isAlone = isBlockedHere(SIGHUP) == others
      // A thread started here has the same mask, so only the watcher takes a signal that is sent to
      // either; the rest of this process takes part in no test of signals.
      var heard: [CInt?] = []
      for signal in [SIGUSR2, SIGUSR1, SIGUSR2] {
        // It gives itself its name, soon.
        while !send(signal, toThreadNamed: "kugel-signals") { usleep(1000) }
        heard.append(seen.take())
      }
      return (blocked + [isAlone], heard)
    }
    #expect(outcome.0 == [true, true, true])
    #expect(outcome.1 == [SIGUSR2, SIGUSR1, SIGUSR2])
  }

  @Test func `writing to a pipe without a reader is an error to be read`() throws {
    StandardDescriptors.ignoreWriteSignals()
    var ends: [CInt] = [-1, -1]
    try #require(unsafe pipe(&ends) == 0)
    close(ends[0])
    var byte: UInt8 = 0
    let count = unsafe write(ends[1], &byte, 1)
    let code = errno
    close(ends[1])
    #expect(count == -1)
    #expect(code == EPIPE)
  }
}

private func isBlockedHere(_ signal: CInt) -> Bool {
  var mask = sigset_t()
  unsafe pthread_sigmask(SIG_BLOCK, nil, &mask)
  return unsafe sigismember(&mask, signal) == 1
}

/// Glibc has it behind a macro that its module does not set.
@_silgen_name("tgkill")
private func sendToThread(_ process: pid_t, _ thread: pid_t, _ signal: CInt) -> CInt

/// To one thread: sent to the process, a signal could end it by a thread that does not block it.
///
/// - Returns: whether there is such a thread.
private func send(_ signal: CInt, toThreadNamed wanted: String) -> Bool {
  guard let folder = unsafe opendir("/proc/self/task") else { return false }
  defer { unsafe closedir(folder) }
  while let entry = unsafe readdir(folder) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
      unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
    guard let thread = pid_t(name), comm(of: thread) == wanted else { continue }
    return sendToThread(getpid(), thread, signal) == 0
  }
  return false
}

private func comm(of thread: pid_t) -> String {
  let file = unsafe open("/proc/self/task/\(thread)/comm", O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return "" }
  defer { close(file) }
  var bytes = [UInt8](repeating: 0, count: 64)
  let count = unsafe read(file, &bytes, bytes.count)
  return String(decoding: bytes[..<max(0, count - 1)], as: UTF8.self)
}
