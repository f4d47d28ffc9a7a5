import Testing

@testable import KugelAudio

@Suite struct SinkQueueTests {
  @Test func `pieces leave in order, and the end comes last`() throws {
    var queue = SinkQueue(capacity: 2)
    queue.offer([1], rate: 8000)
    queue.offer([], rate: 8000)
    queue.offer([2, 3], rate: 24_000)
    queue.finish()
    queue.offer([4], rate: 8000)
    #expect(queue.take()?.work == .write([1], rate: 8000))
    #expect(queue.take()?.work == .write([2, 3], rate: 24_000))
    #expect(queue.take()?.work == .finish)
  }

  @Test func `seconds are those not yet taken`() {
    var queue = SinkQueue(capacity: 2)
    #expect(queue.take() == nil)
    queue.offer(noise(12_000), rate: 24_000)
    queue.offer(noise(8000), rate: 8000)
    #expect(queue.seconds == 1.5)
    _ = queue.take()
    #expect(queue.seconds == 1)
    _ = queue.take()
    #expect(queue.seconds == 0)
  }

  /// - Parameters:
  ///   - milliseconds: of the pieces that wait.
  @Test(arguments: [
    (0.0, [1], true), (0.5, [499], false), (0.5, [499, 1], true), (0.5, [100, 100, 100], false),
    (0.5, [], false), (0.0, [], true),
    // No more may gather than is asked for at once.
    (5.0, [999], false), (5.0, [1000], true),
  ])
  func `the thread is woken at once, or when as much has gathered as may`(
    patience: Double, milliseconds: [Int], isDue: Bool
  ) {
    var queue = SinkQueue(capacity: 2)
    queue.patience = patience
    for piece in milliseconds { queue.offer(noise(piece), rate: 1000) }
    #expect(queue.isDue == isDue)
  }

  @Test func `a cut drops what waits, also after a finish`() {
    var queue = SinkQueue(capacity: 2)
    queue.offer(noise(12_000), rate: 24_000)
    queue.finish()
    queue.cut()
    #expect(queue.seconds == 0)
    #expect(queue.take()?.work == .cut)
  }

  @Test func `a cut leaves what only waited to become more`() {
    var queue = SinkQueue(capacity: 2)
    queue.patience = 0.5
    queue.offer([1, 2], rate: 24_000)
    queue.cut()
    queue.offer([3], rate: 24_000)
    #expect(queue.take()?.work == .write([1, 2], rate: 24_000))
    #expect(queue.take()?.work == .cut)
  }

  @Test func `the feeder is told once, when a full queue has half drained`() {
    var queue = SinkQueue(capacity: 2)
    queue.offer(noise(8000), rate: 16_000)
    #expect(queue.take()?.becameLow == false)
    for _ in 0..<4 { queue.offer(noise(8000), rate: 16_000) }
    #expect((0..<4).map { _ in queue.take()?.becameLow } == [false, false, true, false])
  }

  @Test func `each hush is told, also when another follows before it is taken`() throws {
    var queue = SinkQueue(capacity: 1)
    queue.offer([1], rate: 24_000)
    queue.hush()
    queue.offer([2], rate: 24_000)
    queue.hush()
    queue.offer([3], rate: 24_000)
    for _ in 0..<2 {
      let next = try #require(queue.take()?.work)
      guard case .hush = next else {
        Issue.record("\(next) where a hush was due")
        return
      }
    }
    guard case .write(let samples, _) = queue.take()?.work else {
      Issue.record("nothing follows")
      return
    }
    #expect(samples == [3])
    #expect(queue.take() == nil)
  }
}
