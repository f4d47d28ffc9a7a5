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
}
