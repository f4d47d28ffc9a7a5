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

    func wait(for count: Int) { heard.wait { $0.samples.count >= count ? () : nil } }

    func end() -> FileDecoder.News { heard.wait { $0.last } }
  }

  /// A file of that format, of a second and a half.
  private func file(_ format: AudioFormat) throws -> (bytes: [UInt8], samples: [Int16]) {
    let samples = sine(440, rate: 24_000, count: 36_111)
    let encoder = try StreamEncoder(format, rate: 24_000)
    return (encoder.header + (try encoder.encode(samples)) + encoder.finish(), samples)
  }

  @Test(arguments: [AudioFormat.flac, .mp3, .opus, .au])
  func `a file in small pieces is the file read whole`(format: AudioFormat) throws {
    let (bytes, samples) = try file(format)
    let ear = Ear()
    let decoder = FileDecoder(rate: 24_000, news: ear.take)
    for start in stride(from: 0, to: bytes.count, by: 97) {
      decoder.append(Array(bytes[start..<min(start + 97, bytes.count)]))
    }
    decoder.end()
    #expect(ear.end() == .ended)
    let heard = ear.heard.withLock { $0.samples }
    #expect(heard == (try SoundReader.samples(of: bytes, rate: 24_000)))
    if format == .flac || format == .au { #expect(heard == samples) }
    #expect(abs(amplitude(of: 440, in: heard, rate: 24_000) - 16_000) < 800)
  }

  @Test(arguments: [AudioFormat.flac, .mp3, .opus])
  func `sound comes before the file is whole`(format: AudioFormat) throws {
    let (bytes, samples) = try file(format)
    let ear = Ear()
    let decoder = FileDecoder(rate: 24_000, news: ear.take)
    decoder.append(Array(bytes[..<(bytes.count * 9 / 10)]))
    // Without an end, and without more.
    ear.wait(for: samples.count / 4)
    decoder.append(Array(bytes[(bytes.count * 9 / 10)...]))
    decoder.end()
    #expect(ear.end() == .ended)
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
