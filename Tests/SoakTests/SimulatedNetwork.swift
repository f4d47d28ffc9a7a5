/// Messages under way in one direction: each arrives later than it was sent, in order.
struct SimulatedWire {
  private var messages: [(at: Duration, bytes: [UInt8])] = []
  private var head = 0

  var due: Duration? { head < messages.count ? messages[head].at : nil }
  var isEmpty: Bool { head == messages.count }

  mutating func send(_ bytes: [UInt8], at now: Duration, taking delay: Duration) {
    let last = messages.last?.at ?? .zero
    messages.append((max(now + delay, last), bytes))
  }

  mutating func receive(at now: Duration) -> [UInt8]? {
    guard let due, due <= now else { return nil }
    defer {
      head += 1
      if head == messages.count { (head, messages) = (0, []) }
    }
    return messages[head].bytes
  }

  mutating func cut() { (head, messages) = (0, []) }
}
