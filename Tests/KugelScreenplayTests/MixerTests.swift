import Testing

@testable import KugelScreenplay

private func ramp(_ from: Int32, _ count: Int) -> [Int32] { (0..<count).map { from + Int32($0) } }

@Suite struct MixerTests {
  @Test func `a line alone is its samples, at its place`() {
    var mixer = Mixer()
    mixer.add(ramp(32_000, 3), at: 2, track: 0)
    #expect(mixer.emit(upTo: 6).samples == [0, 0, 32_000, 32_001, 32_002, 0])
    #expect(mixer.end == 5)
  }

  @Test func `it does not matter in which pieces a line comes, nor in which it goes`() {
    var whole = Mixer(channels: 2, keepsStems: true)
    whole.add(ramp(0, 100), at: 5, track: 0)
    whole.add(ramp(30_000, 100), at: 50, track: 1, pan: -0.5)
    let expected = whole.emit(upTo: 160)

    var pieces = Mixer(channels: 2, keepsStems: true)
    var (samples, stems): ([Int16], [[Int16]]) = ([], [[], []])
    for start in stride(from: 0, to: 100, by: 7) {
      let size = min(7, 100 - start)
      pieces.add(Array(ramp(0, 100)[start..<(start + size)]), at: 5 + start, track: 0)
      pieces.add(
        Array(ramp(30_000, 100)[start..<(start + size)]), at: 50 + start, track: 1, pan: -0.5)
      let mixed = pieces.emit(upTo: 5 + start)
      samples += mixed.samples
      for (index, stem) in mixed.stems.enumerated() { stems[index] += stem }
    }
    let rest = pieces.emit(upTo: 160)
    #expect(samples + rest.samples == expected.samples)
    #expect(zip(stems, rest.stems).map(+) == expected.stems)
  }

  @Test func `an overlap is the sum, bent only where it is loud`() {
    var mixer = Mixer(keepsStems: true)
    mixer.add([1000, 20_000, -30_000, 30_000], at: 0, track: 0)
    mixer.add([2000, 20_000, -30_000], at: 0, track: 1)
    let mixed = mixer.emit(upTo: 4)
    #expect(mixed.samples[0] == 3000)
    #expect(mixed.samples[1] > 26_214 && mixed.samples[1] < 32_767)
    #expect(mixed.samples[2] == -Int16(Limiter.soft(60_000)))
    #expect(mixed.samples[3] == 30_000)
    #expect(mixed.stems == [[1000, 20_000, -30_000, 30_000], [2000, 20_000, -30_000, 0]])
  }

  @Test func `the limiter never goes down, never leaves 16 bits, and begins without an edge`() {
    var last = Int32.min
    for sample in stride(from: Int32(-400_000), through: 400_000, by: 997) {
      let limited = Limiter.soft(sample)
      #expect(limited >= last && (-32_767...32_767).contains(limited))
      last = limited
    }
    #expect(Limiter.soft(Limiter.threshold + 10) >= Limiter.threshold + 9)
  }

  @Test func `panning leaves the nearer side as it is`() {
    var mixer = Mixer(channels: 2)
    mixer.add([1000], at: 0, track: 0, pan: -1)
    mixer.add([1000], at: 1, track: 0, pan: 0.25)
    mixer.add([1000], at: 2, track: 0)
    #expect(mixer.emit(upTo: 3).samples == [1000, 0, 750, 1000, 1000, 1000])
  }

  @Test func `a track that begins late has been silent`() {
    var mixer = Mixer(keepsStems: true)
    mixer.add([1, 1], at: 0, track: 0)
    #expect(mixer.emit(upTo: 2).stems == [[1, 1]])
    mixer.add([2, 2], at: 3, track: 1)
    #expect(
      mixer.emit(upTo: 5)
        == MixedAudio(start: 2, samples: [0, 2, 2], stems: [[0, 0, 0], [0, 2, 2]]))
  }

  @Test func `what is added behind the emitted part is dropped there`() {
    var mixer = Mixer()
    _ = mixer.emit(upTo: 10)
    mixer.add([1, 2, 3, 4], at: 8, track: 0)
    #expect(mixer.emit(upTo: 12).samples == [3, 4])
    mixer.add([9], at: 3, track: 0)
    #expect(mixer.emit(upTo: 13).samples == [0])
  }

  @Test func `what was emitted takes no memory`() {
    var mixer = Mixer(channels: 2, keepsStems: true)
    for step in 0..<1000 {
      mixer.add([Int32](repeating: 1, count: 1000), at: step * 1000, track: step % 3)
      _ = mixer.emit(upTo: step * 1000 + 900)
      #expect(mixer.heldSamples <= 6 * 1000)
    }
  }

  @Test(arguments: [(-6.0, 5012), (6.0, 19_953), (-60, 10), (0, 10_000), (-20, 1000)])
  func `decibels are decibels`(decibels: Double, expected: Int32) {
    #expect(Gain.apply(decibels, to: [10_000, -10_000]) == [expected, -expected])
  }
}
