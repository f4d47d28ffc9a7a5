import Glibc
import KugelSystem
import TestSupport
import Testing

@Suite struct MailboxTests {
  @Test func `elements leave in the order they came`() {
    let box = Mailbox<Int>()
    for number in 1...3000 { box.post(number) }
    let first = (1...1500).map { _ in box.take() }
    #expect(first == (1...1500).map(Optional.some))
    #expect(box.takeAll() == Array(1501...3000))
    #expect(box.count == 0)
  }

  @Test func `a closed mailbox gives what it holds and then ends`() {
    let box = Mailbox<String>()
    box.post("last")
    box.close()
    #expect(box.post("late") == false)
    #expect(box.offer("late") == false)
    #expect(box.take() == "last")
    #expect(box.take() == nil)
    #expect(box.takeAll() == [])
  }

  @Test func `an offer to a full mailbox is refused at once`() {
    let box = Mailbox<Int>(capacity: 2)
    #expect(box.offer(1))
    #expect(box.offer(2))
    #expect(box.offer(3) == false)
    #expect(box.drain() == [1, 2])
    #expect(box.offer(3))
  }

  @Test func `a post to a full mailbox waits for room, and nothing is lost`() throws {
    let box = Mailbox<Int>(capacity: 3)
    let writer = try Thread(name: "writer") {
      for number in 0..<10_000 { box.post(number) }
      box.close()
    }
    var seen: [Int] = []
    while let number = box.take() {
      seen.append(number)
    }
    writer.join()
    #expect(seen == Array(0..<10_000))
  }

  @Test(.timeLimit(.minutes(1))) func `closing wakes whoever waits`() async throws {
    let box = Mailbox<Int>()
    let ended = Monitor(0)
    let readers = try (0..<3).map { _ in
      try Thread(name: "reader") {
        while box.take() != nil {}
        ended.change { $0 += 1 }
      }
    }
    // One element that was taken shows that somebody is there and waits for the next.
    box.post(1)
    let count = try await onOwnThread {
      while box.count > 0 { usleep(1000) }
      box.close()
      // Whoever comes again after the end goes on at once.
      for reader in readers + readers { reader.join() }
      return ended.withLock { $0 }
    }
    #expect(count == 3)
  }

  @Test(.timeLimit(.minutes(1))) func `closing refuses whoever waits for room`() async throws {
    let box = Mailbox<Int>(capacity: 1)
    box.post(1)
    let wasTaken = try await onOwnThread {
      let answer = Monitor<Bool?>(nil)
      let writer = try Thread(name: "writer") {
        let taken = box.post(2)
        answer.change { $0 = taken }
      }
      box.close()
      writer.join()
      return answer.withLock { $0 }
    }
    #expect(wasTaken == false)
    #expect(box.drain() == [1])
  }
}
