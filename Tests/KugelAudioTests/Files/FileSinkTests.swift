import CSndfile
import Glibc
import Testing

@testable import KugelAudio

@Suite struct FileSinkTests {
  let folder: TemporaryFolder
  /// Several batches and a rest.
  let samples = noise(3 * Recording.batch + 1234)

  init() throws { folder = try TemporaryFolder() }

  private func sink(
    _ name: String, _ format: AudioFormat, rate: Int? = nil, overwrite: Bool = false,
    room: Int = .max, riffLimit: Int = 0xFFFF_0000
  ) throws(SinkError) -> FileSink {
    try FileSink(
      path: folder.file(name), format: format, rate: rate, overwrite: overwrite,
      settings: .init(room: room, riffLimit: riffLimit))
  }

  private func feed(_ sink: FileSink, _ samples: [Int16], block: Int = 1081) throws {
    for start in stride(from: 0, to: samples.count, by: block) {
      try sink.write(
        Array(samples[start..<min(start + block, samples.count)]), rate: 24_000)
    }
  }

  @Test(arguments: [AudioFormat.wav, .au, .flac])
  func `what is written is what is read`(format: AudioFormat) throws {
    let sink = try sink("a", format)
    try feed(sink, samples)
    try sink.finish()
    let sound = try Sound(folder.file("a"))
    #expect(sound.rate == 24_000)
    #expect(sound.samples == samples)
    #expect(folder.names == ["a"])
  }

  @Test func `headerless samples are 16-bit little-endian`() throws {
    let sink = try sink("a.raw", .raw)
    try sink.write([1, -2, 0x1234], rate: 24_000)
    try sink.finish()
    #expect(bytes(of: folder.file("a.raw")) == [1, 0, 0xFE, 0xFF, 0x34, 0x12])
  }

  @Test(arguments: [AudioFormat.opus, .mp3])
  func `lossy files hold all of the sound`(format: AudioFormat) throws {
    let tone = sine(1000, rate: 24_000, count: 50_001)
    let sink = try sink("a", format)
    try feed(sink, tone)
    try sink.finish()
    let sound = try Sound(folder.file("a"))
    #expect(sound.samples.count >= tone.count)
    #expect(abs(decibels(amplitude(of: 1000, in: sound.samples, rate: sound.rate) / 16_000)) < 1)
  }

  @Test(arguments: AudioFormat.allCases)
  func `a sink may be cut at any time, and the file is whole`(format: AudioFormat) throws {
    let sink = try sink("a", format)
    try feed(sink, Array(samples.prefix(24_000)))
    try sink.cut()
    try sink.cut()
    try sink.finish()
    try sink.write(samples, rate: 24_000)
    #expect(folder.names == ["a"])
    let length = bytes(of: folder.file("a")).count
    switch format {
    case .raw: #expect(length == 48_000)
    case .ulaw, .alaw: #expect(length == 8000)
    case .wavULaw, .wavALaw: #expect(try Sound(folder.file("a")).samples.count == 8000)
    default: #expect(try Sound(folder.file("a")).samples.count >= 24_000)
    }
  }

  @Test func `a small WAV has the plain header of 44 bytes`() throws {
    let sink = try sink("a.wav", .wav)
    try sink.write([1, 2, 3], rate: 24_000)
    try sink.finish()
    #expect(
      bytes(of: folder.file("a.wav"))
        == WaveHeader.bytes(format: .wav, rate: 24_000, dataBytes: 6) + [1, 0, 2, 0, 3, 0])
  }

  @Test(arguments: [AudioFormat.wav, .wavULaw])
  func `a file too large for RIFF becomes RF64`(format: AudioFormat) throws {
    let small = try sink("small", format, rate: 24_000)
    let large = try sink("large", format, rate: 24_000, riffLimit: 100_000)
    try feed(small, samples)
    try feed(large, samples)
    try small.finish()
    try large.finish()
    let sound = try Sound(folder.file("large"))
    #expect(sound.format & CInt(SF_FORMAT_TYPEMASK) == CInt(SF_FORMAT_RF64))
    #expect(sound.samples == (try Sound(folder.file("small")).samples))
    #expect(folder.names == ["large", "small"])
  }

  @Test func `nothing to say makes no file`() throws {
    try sink("a.wav", .wav).finish()
    try sink("b.wav", .wav).cut()
    let empty = try sink("c.wav", .wav)
    try empty.write([], rate: 24_000)
    try empty.finish()
    _ = try sink("d.wav", .wav)
    #expect(folder.names == [])
  }

  @Test func `until it is complete the file has a hidden name, and can be played already`() throws {
    let sink = try sink("a.wav", .wav)
    try feed(sink, samples)
    let hidden = try #require(folder.names.first)
    #expect(folder.names.count == 1)
    #expect(hidden.hasPrefix(".a.wav.") && hidden.utf8.count == 13)
    #expect(try Sound(folder.file(hidden)).samples.count >= Recording.batch)
    try sink.finish()
    #expect(folder.names == ["a.wav"])
  }

  @Test func `a sink that is forgotten completes its file`() throws {
    try sink("a.wav", .wav).write(Array(samples.prefix(5000)), rate: 24_000)
    #expect(try Sound(folder.file("a.wav")).samples == Array(samples.prefix(5000)))
    #expect(folder.names == ["a.wav"])
  }

  @Test func `rates may change under way`() throws {
    let sink = try sink("a.wav", .wav, rate: 16_000)
    try sink.write(sine(500, rate: 24_000, count: 24_000), rate: 24_000)
    try sink.write(sine(500, rate: 16_000, count: 16_000), rate: 16_000)
    try sink.write(sine(500, rate: 22_050, count: 22_050), rate: 22_050)
    try sink.finish()
    let sound = try Sound(folder.file("a.wav"))
    #expect(sound.rate == 16_000)
    #expect(sound.samples.count == 48_000)
    #expect(abs(decibels(amplitude(of: 500, in: sound.samples, rate: 16_000) / 16_000)) < 0.1)
  }

  @Test func `a name of the greatest length still works`() throws {
    let name = String(repeating: "ä", count: 125) + ".wav"
    let sink = try sink(name, .wav)
    try sink.write([1], rate: 24_000)
    try sink.finish()
    #expect(folder.names == [name])
  }
}
