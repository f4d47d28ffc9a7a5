import KugelSystem
import Testing

@testable import KugelAudio

@Suite struct SampleRingTests {
  @Test func `a million samples cross two threads in order`() throws {
    let ring = SampleRing(capacity: 1000)
    let all = noise(1_000_000)
    let writer = try Thread(name: "writer") {
      var rest = all[...]
      while !rest.isEmpty { rest = rest.dropFirst(ring.write(rest.prefix(777))) }
    }
    var (position, block) = (0, [Int16](repeating: 0, count: 1024))
    var differences = 0
    while position < all.count {
      let count = min(ring.end - position, 300)
      ring.copy(from: position, count: count, into: &block)
      if block[..<count] != all[position..<position + count] { differences += 1 }
      position += count
      ring.release(before: position)
    }
    writer.join()
    #expect(differences == 0)
  }

  @Test func `what is not released can be read again, and is not overwritten`() {
    let ring = SampleRing(capacity: 8)
    #expect(ring.write([1, 2, 3, 4, 5, 6]) == 6)
    ring.release(before: 2)
    #expect(ring.write([7, 8, 9, 10, 11]) == 4)
    var block = [Int16](repeating: 0, count: 8)
    ring.copy(from: 2, count: 8, into: &block)
    #expect(block == [3, 4, 5, 6, 7, 8, 9, 10])
    #expect(ring.space == 0)
  }

  @Test func `frames are seen where they lie, up to the end of the memory`() {
    let ring = SampleRing(capacity: 4, channels: 2)
    #expect(ring.write([1, -1, 2, -2, 3, -3]) == 6)
    ring.release(before: 3)
    #expect(ring.write([4, -4, 5, -5]) == 4)
    let seen = (3...4).map { position in
      unsafe ring.withFrames(from: position, count: 5 - position) { unsafe Array($0) }
    }
    #expect(seen == [[4, -4], [5, -5]])
  }

  @Test func `frames of two channels are counted and kept whole`() {
    let ring = SampleRing(capacity: 4, channels: 2)
    #expect(ring.write([1, -1, 2, -2, 3, -3]) == 6)
    #expect(ring.end == 3)
    ring.release(before: 2)
    #expect(ring.write([4, -4, 5, -5, 6, -6, 7, -7]) == 6)
    var block = [Int16](repeating: 0, count: 8)
    ring.copy(from: 2, count: 4, into: &block)
    #expect(block == [3, -3, 4, -4, 5, -5, 6, -6])
  }
}
