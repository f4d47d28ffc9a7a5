import KugelWire
import Testing

@testable import KugelConnections

@Suite struct GatheredFramesTests {
  private func sound(
    _ samples: [Int16], _ index: Int, chunk: Int = 0, rate: Int = 24_000, context: String? = nil
  ) -> ServiceFrame {
    ServiceFrame(
      .audio(AudioFrame(samples: samples, rate: rate, index: index, chunk: chunk)), context: context
    )
  }

  private func taken(_ frames: [ServiceFrame], joins: Bool) -> [ServiceFrame] {
    var gathered = GatheredFrames(joins: joins)
    for frame in frames { gathered.add(frame) }
    let all = gathered.take()
    #expect(gathered.take().isEmpty)
    return all
  }

  @Test func `frames leave as they came where somebody waits for each`() {
    let frames = [sound([1], 0), sound([2], 1), ServiceFrame(.interrupted), sound([3], 2)]
    #expect(taken(frames, joins: false) == frames)
  }

  @Test func `sound that follows sound is one frame, and nothing changes its place`() {
    let frames = [sound([1], 0), sound([2, 3], 1), ServiceFrame(.interrupted), sound([4], 2)]
    #expect(
      taken(frames, joins: true)
        == [sound([1, 2, 3], 0), ServiceFrame(.interrupted), sound([4], 2)])
    #expect(taken([], joins: true).isEmpty)
  }

  @Test func `joined sound has an end, and none of it is lost`() {
    let frames = (0..<100).map { index in sound(Array(repeating: Int16(index), count: 480), index) }
    let all = taken(frames, joins: true).compactMap { frame in
      if case .audio(let audio) = frame.message { audio } else { nil }
    }
    #expect(all.map(\.samples.count) == [16_320, 16_320, 15_360])
    #expect(all.map(\.index) == [0, 34, 68])
    #expect(all.flatMap(\.samples) == (0..<100).flatMap { Array(repeating: Int16($0), count: 480) })
    // What is longer by itself stays whole.
    #expect(
      taken([sound(Array(repeating: 1, count: 40_000), 0), sound([2], 1)], joins: true).count == 2)
  }

  @Test func `sound of another chunk, rate or context is another frame`() {
    for other in [
      sound([2], 1, chunk: 1), sound([2], 1, rate: 8000), sound([2], 1, context: "a"),
    ] {
      #expect(taken([sound([1], 0), other, sound([3], 2)], joins: true).count == 3)
    }
  }
}
