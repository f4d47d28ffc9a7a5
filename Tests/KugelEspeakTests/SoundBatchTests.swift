import Testing

@testable import KugelEspeak

extension SoundBatch {
  /// What is sent, if anything.
  fileprivate mutating func flush() -> EspeakSound? {
    var sent: EspeakSound?
    _ = flush { sound in
      sent = sound
      return true
    }
    return sent
  }
}

@Suite struct SoundBatchTests {
  private func sound(_ samples: Int) -> EspeakSound {
    EspeakSound(samples: [Int16](repeating: 1, count: samples))
  }

  @Test func `the first sound goes at once, what follows in larger frames`() {
    var batch = SoundBatch()
    #expect(batch.take(sound(1_000), isWanted: { true }) == .flush)
    #expect(batch.flush()?.samples.count == 1_000)
    #expect(batch.take(sound(1_000), isWanted: { true }) == .goOn)
    #expect(batch.take(sound(2_000), isWanted: { true }) == .goOn)
    #expect(batch.take(sound(1_000), isWanted: { true }) == .flush)
    #expect(batch.flush()?.samples.count == 4_000)
    #expect(batch.flush() == nil)
  }

  @Test func `frames grow, and no more than they may`() {
    var batch = SoundBatch()
    var sizes: [Int] = []
    for _ in 0..<80 {
      guard batch.take(sound(1_200), isWanted: { true }) == .flush else { continue }
      sizes.append(batch.flush()?.samples.count ?? 0)
    }
    #expect(sizes == [1_200, 3_600, 7_200, 14_400, 28_800, 28_800])
  }

  @Test func `where nobody listens all frames are long`() {
    var batch = SoundBatch(isAwaited: false)
    var sizes: [Int] = []
    for _ in 0..<60 {
      guard batch.take(sound(1_200), isWanted: { true }) == .flush else { continue }
      sizes.append(batch.flush()?.samples.count ?? 0)
    }
    #expect(sizes == [28_800, 28_800])
    #expect(batch.flush()?.samples.count == 12 * 1_200)
    // It need not be known for each call of the library that more is wanted.
    for _ in 0..<23 { #expect(batch.take(sound(1_200), isWanted: { false }) == .goOn) }
    #expect(batch.take(sound(1_200), isWanted: { false }) == .stop)
    #expect(batch.flush() == nil)
  }

  @Test func `it is told whether what was sent arrived`() {
    var batch = SoundBatch()
    #expect(batch.flush { _ in false })
    _ = batch.take(sound(10), isWanted: { true })
    #expect(!batch.flush { _ in false })
  }

  @Test func `words without sound are not the first sound`() {
    var batch = SoundBatch()
    let words = EspeakSound(samples: [], words: [.init(offset: 1, length: 2, milliseconds: 0)])
    #expect(batch.take(words, isWanted: { true }) == .flush)
    #expect(batch.flush()?.words.count == 1)
    #expect(batch.take(sound(10), isWanted: { true }) == .flush)
  }

  @Test func `at the first call after a cancel no more is made, and none of what waits is sent`() {
    var batch = SoundBatch()
    #expect(batch.take(sound(1_000), isWanted: { true }) == .flush)
    _ = batch.flush()
    #expect(batch.take(sound(1_000), isWanted: { true }) == .goOn)
    #expect(batch.take(sound(1_000), isWanted: { false }) == .stop)
    #expect(batch.flush() == nil)
  }
}
