import KugelSystem
import Testing

@testable import KugelAudio

@Suite(.timeLimit(.minutes(1))) struct StreamDecoderTests {
  /// All of the file in pieces, and how many samples came before its end was told.
  private func decoded(
    _ bytes: [UInt8], by step: Int = 97, rate: Int = 24_000
  ) throws -> (samples: [Int16], early: Int) {
    let decoder = StreamDecoder(rate: rate)
    var samples: [Int16] = []
    for start in stride(from: 0, to: bytes.count, by: step) {
      samples += try decoder.take(Array(bytes[start..<min(start + step, bytes.count)]))
    }
    let early = samples.count
    return (samples + (try decoder.finish()), early)
  }

  /// A file of that format, of a second and a half.
  private func file(_ format: AudioFormat) throws -> (bytes: [UInt8], samples: [Int16]) {
    let samples = sine(440, rate: 24_000, count: 36_111)
    let encoder = try StreamEncoder(format, rate: 24_000)
    return (encoder.header + (try encoder.encode(samples)) + encoder.finish(), samples)
  }

  @Test(arguments: [AudioFormat.flac, .mp3, .opus, .au], [97, 4096, 1_000_000])
  func `a file in pieces is read as it comes`(format: AudioFormat, step: Int) throws {
    let (bytes, samples) = try file(format)
    let (heard, early) = try decoded(bytes, by: step)
    if format == .flac || format == .au { #expect(heard == samples) }
    #expect(abs(amplitude(of: 440, in: heard, rate: 24_000) - 16_000) < 800)
    // MP3 has up to two frames of silence around it.
    #expect((0...3000).contains(heard.count - samples.count), "\(heard.count)")
    // A block or a page is not told before it is whole.
    #expect(heard.count - early <= 24_000, "\(early) of \(heard.count)")
  }

  @Test func `of half a file half the sound is there at once`() throws {
    let (bytes, samples) = try file(.mp3)
    let early = try StreamDecoder(rate: 24_000).take(Array(bytes[..<(bytes.count / 2)]))
    #expect(abs(early.count - samples.count / 2) < 3000, "\(early.count)")
  }

  @Test(arguments: [AudioFormat.mp3, .opus], [500, 1_000_000])
  func `files that follow each other are one sound`(format: AudioFormat, step: Int) throws {
    let (bytes, samples) = try file(format)
    let (heard, _) = try decoded(bytes + bytes, by: step)
    #expect((0...6000).contains(heard.count - 2 * samples.count), "\(heard.count)")
  }

  @Test func `tags behind the sound are none`() throws {
    let (bytes, samples) = try file(.mp3)
    let tag = Array("TAG".utf8) + [UInt8](repeating: 0x20, count: 125)
    let (heard, _) = try decoded(bytes + tag)
    #expect((0...3000).contains(heard.count - samples.count), "\(heard.count)")
  }

  @Test func `a long file is not kept`() throws {
    let (bytes, samples) = try file(.mp3)
    let count = 600_000 / bytes.count
    let (heard, _) = try decoded(Array(repeatElement(bytes, count: count).joined()), by: 5000)
    #expect((0...3000 * count).contains(heard.count - count * samples.count), "\(heard.count)")
  }

  @Test(arguments: [AudioFormat.flac, .mp3, .opus, .wav])
  func `a file that says how long it is is read whole`(format: AudioFormat) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.\(format.rawValue)")
    let sink = try FileSink(path: path, format: format)
    try sink.write(sine(440, rate: 24_000, count: 36_111), rate: 24_000)
    try sink.finish()
    let (heard, _) = try decoded(bytes(of: path))
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
    let (heard, _) = try decoded(bytes, rate: 16_000)
    #expect(abs(heard.count - samples.count * 2 / 3) < 8)
  }

  @Test func `what is no sound is told`() throws {
    let nothing = Array("fLaC, but nothing of the kind follows here".utf8)
    let cause = #expect(throws: SoundReadError.self) { try decoded(nothing) }
    #expect(cause?.cause.isEmpty == false)
    let decoder = StreamDecoder(rate: 24_000)
    #expect(decoder.samples(of: nothing) == [])
    #expect(decoder.rest() == nil)
  }

  /// Its thread would wait for ever.
  @Test func `who lets go of it in the middle waits for nothing`() throws {
    let (bytes, _) = try file(.flac)
    var decoder: StreamDecoder? = StreamDecoder(rate: 24_000)
    _ = try decoder?.take(Array(bytes[..<2000]))
    decoder = nil
  }
}
