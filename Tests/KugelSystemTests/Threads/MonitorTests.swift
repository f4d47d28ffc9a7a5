import KugelSystem
import TestSupport
import Testing

@Suite struct MonitorTests {
  @Test(.timeLimit(.minutes(1)))
  func `a wait ends with the change that it waits for, and not with one before`() async throws {
    let monitor = Monitor(0)
    let seen = try await onOwnThread {
      let waiter = Monitor<Int?>(nil)
      let thread = try Thread(name: "waiter") {
        let found = monitor.wait { $0 >= 3 ? $0 : nil }
        waiter.change { $0 = found }
      }
      for _ in 0..<3 { monitor.change { $0 += 1 } }
      thread.join()
      return waiter.withLock { $0 }
    }
    #expect(seen == 3)
  }

  @Test(.timeLimit(.minutes(1))) func `what a wait takes wakes the others`() async throws {
    let turn = Monitor(0)
    let order = Monitor<[Int]>([])
    let ended = try await onOwnThread {
      let threads = try (0..<3).map { number in
        try Thread(name: "turn") {
          turn.wait { (now: inout Int) -> Void? in
            guard now == number else { return nil }
            now += 1
            return ()
          }
          order.change { $0.append(number) }
        }
      }
      for thread in threads { thread.join() }
      return turn.withLock { $0 }
    }
    #expect(ended == 3)
    #expect(Set(order.withLock { $0 }) == [0, 1, 2])
  }

  @Test(.timeLimit(.minutes(1))) func `all are woken for a change made with the lock alone`()
    async throws
  {
    let gate = Monitor(false)
    try await onOwnThread {
      let threads = try (0..<3).map { _ in
        try Thread(name: "waiter") { gate.wait { $0 ? () : nil } }
      }
      gate.withLock { $0 = true }
      gate.wake()
      for thread in threads { thread.join() }
    }
  }

  @Test func `changes by many threads are all counted`() async throws {
    let count = Monitor(0)
    try await onOwnThread {
      let threads = try (0..<4).map { _ in
        try Thread(name: "counter") { for _ in 0..<5000 { count.change { $0 += 1 } } }
      }
      for thread in threads { thread.join() }
    }
    #expect(count.withLock { $0 } == 20_000)
  }

  @Test func `an error passes through and the lock is free again`() {
    struct Refusal: Error {}
    let monitor = Monitor(1)
    #expect(throws: Refusal.self) {
      try monitor.withLock { (_: inout Int) throws(Refusal) -> Void in throw Refusal() }
    }
    #expect(throws: Refusal.self) {
      try monitor.change { (value: inout Int) throws(Refusal) -> Void in
        value = 2
        throw Refusal()
      }
    }
    #expect(monitor.withLock { $0 } == 2)
  }
}
