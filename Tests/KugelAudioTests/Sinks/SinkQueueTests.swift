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

  @Test func `a cut drops what waits, also after a finish`() {
    var queue = SinkQueue(capacity: 2)
    queue.offer(noise(12_000), rate: 24_000)
    queue.finish()
    queue.cut()
    #expect(queue.seconds == 0)
    #expect(queue.take()?.work == .cut)
  }

  @Test func `the feeder is told once, when a full queue has half drained`() {
    var queue = SinkQueue(capacity: 2)
    queue.offer(noise(8000), rate: 16_000)
    #expect(queue.take()?.becameLow == false)
    for _ in 0..<4 { queue.offer(noise(8000), rate: 16_000) }
    #expect((0..<4).map { _ in queue.take()?.becameLow } == [false, false, true, false])
  }
}
