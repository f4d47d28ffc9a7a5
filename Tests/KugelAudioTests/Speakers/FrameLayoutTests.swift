import Testing

@testable import KugelAudio

@Suite struct FrameLayoutTests {
  @Test(
    arguments: [
      (FrameLayout.Sample.s16, 2, [0x34, 0x12, 0x34, 0x12, 0xFF, 0xFF, 0xFF, 0xFF]),
      (.s24packed, 1, [0x00, 0x34, 0x12, 0x00, 0xFF, 0xFF]),
      (.s24, 1, [0x00, 0x34, 0x12, 0x00, 0x00, 0xFF, 0xFF, 0xFF]),
      (.s32, 1, [0x00, 0x00, 0x34, 0x12, 0x00, 0x00, 0xFF, 0xFF]),
    ] as [(FrameLayout.Sample, Int, [UInt8])])
  func `samples take the form the device wants`(
    sample: FrameLayout.Sample, channels: Int, expected: [UInt8]
  ) {
    var frames: [UInt8] = []
    FrameLayout(sample: sample, channels: channels).spread([0x1234, -1], into: &frames)
    #expect(frames == expected)
  }

  @Test func `channels go where the device has them`() {
    func spread(from source: Int, to channels: Int) -> [UInt8] {
      var frames: [UInt8] = []
      FrameLayout(sample: .s16, channels: channels, source: source)
        .spread([1, 3, 5, 7], into: &frames)
      return stride(from: 0, to: frames.count, by: 2).map { frames[$0] }
    }
    #expect(spread(from: 2, to: 1) == [2, 6])
    #expect(spread(from: 2, to: 2) == [1, 3, 5, 7])
    #expect(spread(from: 2, to: 3) == [1, 3, 0, 5, 7, 0])
    #expect(FrameLayout(sample: .s16, channels: 2, source: 2).isPlain)
    #expect(!FrameLayout(sample: .s16, channels: 2).isPlain)
  }
}
