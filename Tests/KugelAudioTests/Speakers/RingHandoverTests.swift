import KugelSystem
import Testing

@testable import KugelAudio

@Suite struct RingHandoverTests {
  private let ring = SampleRing(capacity: 1024)
  private let wake = Wake()
  private let handover: RingHandover

  init() { handover = RingHandover(ring, player: wake, feeder: Wake()) }

  @Test func `a feeder who is ahead is woken for half a ring, however little is heard at a time`()
    throws
  {
    let all = noise(200_000)
    let writes = Monitor(0)
    let handover = handover
    let feeder = try Thread(name: "feeder") {
      var rest = all[...]
      while true {
        writes.withLock { $0 += 1 }
        rest = rest.dropFirst(handover.write(rest))
        if rest.isEmpty { return }
        handover.waitForRoom()
      }
    }
    var (position, block, differences) = (0, [Int16](repeating: 0, count: 10), 0)
    while position < all.count {
      let count = min(ring.end - position, 10)
      ring.copy(from: position, count: count, into: &block)
      if block[..<count] != all[position..<position + count] { differences += 1 }
      position += count
      ring.release(before: position)
      handover.tellRoom()
    }
    feeder.join()
    #expect(differences == 0)
    // News may be left over from each sleep, and end the next one at once.
    #expect(writes.withLock { $0 } <= 2 * 200_000 / 512 + 2)
  }

  @Test func `a player with enough to do sleeps through sound that comes`() throws {
    let (handover, ring) = (handover, ring)
    handover.sleep(.zero, seen: nil)
    let found = Monitor<Int?>(nil)
    let player = try Thread(name: "player") {
      handover.sleep(nil, seen: nil)
      found.change { $0 = ring.end }
    }
    for _ in 0..<100 { #expect(handover.write([1, 2, 3]) == 3) }
    wake.signal()
    player.join()
    #expect(found.withLock { $0 } == 300)
  }

  @Test func `a player who waits for sound is woken by it, asleep or not yet`() throws {
    let (handover, ring) = (handover, ring)
    let woken = Mailbox<Int>()
    let player = try Thread(name: "player") {
      var seen = 0
      while seen < 300 {
        handover.sleep(nil, seen: seen)
        seen = ring.end
        woken.post(seen)
      }
    }
    for count in 1...100 {
      #expect(handover.write([1, 2, 3]) == 3)
      while woken.take() ?? 300 < 3 * count {}
    }
    player.join()
  }
}
