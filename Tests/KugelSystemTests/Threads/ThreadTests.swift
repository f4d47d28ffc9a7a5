import Glibc
import TestSupport
import Testing

@testable import KugelSystem

@Suite struct ThreadTests {
  @Test(.timeLimit(.minutes(1))) func `a join returns after the work, for all who wait`()
    async throws
  {
    let gate = Monitor(false)
    let done = Monitor(0)
    let counts = try await onOwnThread {
      let worker = try Thread(name: "worker") {
        gate.wait { $0 ? () : nil }
        done.change { $0 += 1 }
      }
      let seen = Monitor<[Int]>([])
      let waiters = try (0..<3).map { _ in
        try Thread(name: "waiter") {
          worker.join()
          let count = done.withLock { $0 }
          seen.change { $0.append(count) }
        }
      }
      gate.change { $0 = true }
      for waiter in waiters { waiter.join() }
      worker.join()
      return seen.withLock { $0 }
    }
    #expect(counts == [1, 1, 1])
  }

  @Test(arguments: [("short", "short"), ("a name over fifteen bytes", "a name over fif")])
  func `the system shows the name`(given: String, shown: String) async throws {
    let name = try await onOwnThread {
      let name = Monitor("")
      try Thread(name: given) {
        let found = nameOfThisThread()
        name.change { $0 = found }
      }.join()
      return name.withLock { $0 }
    }
    #expect(name == shown)
  }

  @Test func `a thread that is forgotten works on, and what it held is let go`() async throws {
    let ended = Mailbox<String>()
    try await onOwnThread {
      let held = Held(telling: ended)
      _ = try Thread(name: "forgotten") { withExtendedLifetime(held) { _ = ended.post("worked") } }
    }
    let told = try await onOwnThread { [ended.take(), ended.take()] }
    #expect(told == ["worked", "let go"])
  }

  @Test func `a thread that the system refuses is told with its cause`() {
    #expect(
      "\(SystemError(code: 11, call: "cannot start a thread"))"
        == "cannot start a thread: resource temporarily unavailable")
  }
}

private final class Held: Sendable {
  private let ended: Mailbox<String>

  init(telling ended: Mailbox<String>) { self.ended = ended }

  deinit { ended.post("let go") }
}

private func nameOfThisThread() -> String {
  let file = unsafe open("/proc/thread-self/comm", O_RDONLY | O_CLOEXEC)
  defer { close(file) }
  var bytes = [UInt8](repeating: 0, count: 64)
  let count = unsafe read(file, &bytes, bytes.count)
  return String(decoding: bytes[..<max(0, count - 1)], as: UTF8.self)
}
