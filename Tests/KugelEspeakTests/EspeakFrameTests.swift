import TestSupport
import Testing

@testable import KugelEspeak

private let frames: [EspeakFrame] = [
  .speak(
    EspeakRequest(
      identifier: "gmw/de+f3", text: Array("Grüße.\0".utf8), endsClause: true, wordsPerMinute: 175,
      pitch: 50)),
  .speak(
    EspeakRequest(
      identifier: "", text: [0], endsClause: false, hasPhonemes: true, wordsPerMinute: 80,
      pitch: 0)),
  .expect("gmw/en-US"), .cancel, .ready(rate: 22_050), .unavailable(cause: "no data"),
  .sound(EspeakSound(samples: [])),
  .sound(
    EspeakSound(
      samples: [0, 1, -1, .min, .max],
      words: [
        .init(offset: -1, length: 0, milliseconds: 0),
        .init(offset: 70_000, length: 3, milliseconds: 9_999),
      ])),
  .ended, .failed(cause: "voice gone"),
]

@Suite struct EspeakFrameTests {
  @Test func `frames arrive as they were sent, wherever the stream is cut`() throws {
    let bytes = frames.flatMap(\.bytes)
    for size in [1, 2, 3, 7, 8, 9, 31, 64, bytes.count] {
      var reader = EspeakFrameReader()
      var read: [EspeakFrame] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        reader.append(rest.prefix(size))
        rest = rest.dropFirst(size)
        while let frame = try reader.next() { read.append(frame) }
      }
      #expect(read == frames)
    }
  }

  @Test(
    arguments: [
      [0, 0, 0, 0, 0, 0, 0, 0], [99, 0, 0, 0, 0, 0, 0, 0], [5, 0, 0, 0, 0, 0, 0, 0x7f],
      [5, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1], [5, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0],
      [5, 0, 0, 0, 4, 0, 0, 0, 255, 255, 255, 255], [3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0],
      [6, 0, 0, 0, 1, 0, 0, 0, 9],
    ] as [[UInt8]])
  func `what no frame is like is refused`(bytes: [UInt8]) {
    var reader = EspeakFrameReader()
    reader.append(bytes)
    #expect(throws: EspeakFrameReader.Garbled.self) { _ = try reader.next() }
  }

  @Test func `no damage brings the reader down, and what it reads is a frame`() {
    var random = SeededGenerator(seed: 12)
    var read = 0
    for _ in 0..<4_000 {
      var reader = EspeakFrameReader()
      reader.append(random.mutated(frames[random.below(frames.count)].bytes))
      do {
        while let frame = try reader.next() {
          read += 1
          var again = EspeakFrameReader()
          again.append(frame.bytes)
          let second = try again.next()
          #expect(second == frame)
        }
      } catch {}
    }
    #expect(read > 100)
  }
}
