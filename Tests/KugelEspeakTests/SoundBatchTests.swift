import Testing

@testable import KugelEspeak

@Suite struct SoundBatchTests {
  private func sound(_ samples: Int) -> EspeakSound {
    EspeakSound(samples: [Int16](repeating: 1, count: samples))
  }

  @Test func `the first sound goes at once, what follows in frames that grow`() {
    var batch = SoundBatch()
    #expect(batch.take(sound(1_000), isWanted: true) == .flush)
    #expect(batch.flush()?.samples.count == 1_000)
    #expect(batch.take(sound(1_000), isWanted: true) == .goOn)
    #expect(batch.take(sound(2_000), isWanted: true) == .goOn)
    #expect(batch.take(sound(1_000), isWanted: true) == .flush)
    #expect(batch.flush()?.samples.count == 4_000)
    for most in [14_400, 57_600, 57_600] {
      #expect(batch.take(sound(most - 1), isWanted: true) == .goOn)
      #expect(batch.take(sound(1), isWanted: true) == .flush)
      #expect(batch.flush()?.samples.count == most)
    }
    #expect(batch.flush() == nil)
  }

  @Test func `words without sound are not the first sound`() {
    var batch = SoundBatch()
    let words = EspeakSound(samples: [], words: [.init(offset: 1, length: 2, milliseconds: 0)])
    #expect(batch.take(words, isWanted: true) == .flush)
    #expect(batch.flush()?.words.count == 1)
    #expect(batch.take(sound(10), isWanted: true) == .flush)
  }

  @Test func `after a cancel no more is made than what is gathered, and none of it is sent`() {
    var batch = SoundBatch()
    #expect(batch.take(sound(1_000), isWanted: true) == .flush)
    _ = batch.flush()
    #expect(batch.take(sound(1_000), isWanted: true) == .goOn)
    #expect(batch.take(sound(1_000), isWanted: false) == .goOn)
    #expect(batch.take(sound(2_000), isWanted: false) == .stop)
    for count in [3_600, 14_400] {
      #expect(batch.take(sound(count), isWanted: true) == .flush)
      _ = batch.flush()
    }
    #expect(batch.take(sound(14_000), isWanted: false) == .goOn)
    // Long before there is something to send.
    #expect(batch.take(sound(399), isWanted: false) == .goOn)
    #expect(batch.take(sound(1), isWanted: false) == .stop)
    #expect(batch.flush() == nil)
  }
}
