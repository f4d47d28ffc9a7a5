import KugelSystem
import Testing

@testable import KugelAudio

@Suite(.timeLimit(.minutes(1))) struct FileDecoderTests {
  /// What a decoder told, and whether it has ended.
  private final class Ear: Sendable {
    struct Heard {
      var samples: [Int16] = []
      var last: FileDecoder.News?
    }

    let heard = Monitor(Heard())

    func take(_ news: FileDecoder.News) {
      heard.change { heard in
        if case .samples(let samples) = news { heard.samples += samples } else { heard.last = news }
      }
    }

    func end() -> FileDecoder.News { heard.wait { $0.last } }
  }

  /// A file of that format, of a second and a half.
  private func file(_ format: AudioFormat) throws -> (bytes: [UInt8], samples: [Int16]) {
    let samples = sine(440, rate: 24_000, count: 36_111)
    let encoder = try StreamEncoder(format, rate: 24_000)
    return (encoder.header + (try encoder.encode(samples)) + encoder.finish(), samples)
  }

  @Test(arguments: [AudioFormat.flac, .mp3, .opus, .au])
  func `a file in small pieces is read whole`(format: AudioFormat) throws {
    let (bytes, samples) = try file(format)
    let ear = Ear()
    let decoder = FileDecoder(rate: 24_000, news: ear.take)
    for start in stride(from: 0, to: bytes.count, by: 97) {
      decoder.append(Array(bytes[start..<min(start + 97, bytes.count)]))
    }
    decoder.end()
    #expect(ear.end() == .ended)
    let heard = ear.heard.withLock { $0.samples }
    if format == .flac || format == .au { #expect(heard == samples) }
    #expect(abs(amplitude(of: 440, in: heard, rate: 24_000) - 16_000) < 800)
    // MP3 has up to two frames of silence around it.
    #expect((0...3000).contains(heard.count - samples.count), "\(heard.count)")
  }

  @Test(arguments: [AudioFormat.flac, .mp3, .opus, .wav])
  func `a file that says how long it is is read whole`(format: AudioFormat) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.\(format.rawValue)")
    let sink = try FileSink(path: path, format: format)
    try sink.write(sine(440, rate: 24_000, count: 36_111), rate: 24_000)
    try sink.finish()
    let ear = Ear()
    let decoder = FileDecoder(rate: 24_000, news: ear.take)
    decoder.append(bytes(of: path))
    decoder.end()
    #expect(ear.end() == .ended)
    let heard = ear.heard.withLock { $0.samples }
    #expect((0...3000).contains(heard.count - 36_111), "\(heard.count)")
    #expect(abs(amplitude(of: 440, in: heard, rate: 24_000) - 16_000) < 800)
  }

  @Test func `fractions keep their loudness, and are cut at full scale`() throws {
    func number(_ value: UInt32, _ bytes: Int) -> [UInt8] {
      (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let data = [Float(0.25), -0.5, 1.5, -1.5, .nan].flatMap { number($0.bitPattern, 4) }
    // A WAV of format 3: floating point, 32 bits.
    let head =
      Array("WAVEfmt ".utf8) + number(16, 4) + number(3, 2) + number(1, 2)
      + number(24_000, 4) + number(96_000, 4) + number(4, 2) + number(32, 2)
      + Array("data".utf8) + number(UInt32(data.count), 4)
    let file = Array("RIFF".utf8) + number(UInt32(head.count + data.count), 4) + head + data
    let samples = try SoundReader.samples(of: file, rate: 24_000)
    #expect(samples == [8192, -16_384, 32_767, -32_768, 0])
  }

  @Test func `another rate is converted`() throws {
    let (bytes, samples) = try file(.flac)
    let ear = Ear()
    let decoder = FileDecoder(rate: 16_000, news: ear.take)
    decoder.append(bytes)
    decoder.end()
    #expect(ear.end() == .ended)
    #expect(abs(ear.heard.withLock { $0.samples.count } - samples.count * 2 / 3) < 8)
  }

  @Test func `what is no sound is told`() throws {
    let nothing = Ear()
    let decoder = FileDecoder(rate: 24_000, news: nothing.take)
    decoder.append(Array("fLaC, but nothing of the kind follows here".utf8))
    decoder.end()
    guard case .failed(let cause) = nothing.end() else {
      Issue.record("it was read")
      return
    }
    #expect(!cause.isEmpty)
  }

  @Test func `who lets go of it hears its end`() throws {
    let (bytes, _) = try file(.flac)
    let ear = Ear()
    var decoder: FileDecoder? = FileDecoder(rate: 24_000, news: ear.take)
    decoder?.append(Array(bytes[..<2000]))
    decoder = nil
    _ = ear.end()
  }
}
