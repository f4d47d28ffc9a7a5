import KugelSystem
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

  @Test func `closing wakes whoever waits`() throws {
    let box = Mailbox<Int>()
    let reader = try Thread(name: "reader") { while box.take() != nil {} }
    box.close()
    reader.join()
    reader.join()
  }
}
