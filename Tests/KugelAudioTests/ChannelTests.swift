import Glibc
import KugelSystem
import Testing

@testable import KugelAudio

/// Left rises, right falls: a swap or a shift is seen.
private func stereo(_ frames: Int) -> [Int16] {
  (0..<frames).flatMap { [Int16(truncatingIfNeeded: $0 * 7), Int16(truncatingIfNeeded: -$0 * 5)] }
}

@Suite struct ChannelTests {
  @Test(arguments: [AudioFormat.wav, .au, .flac, .raw])
  func `a file of two channels holds both, sample for sample`(format: AudioFormat) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("two.\(format.rawValue)")
    let output = AudioOutput(path: path, format: format, channels: 2)
    let sink = try output.open()
    let samples = stereo(50_001)
    try sink.write(Array(samples[..<4000]), rate: 24_000)
    try sink.write(Array(samples[4000...]), rate: 24_000)
    try sink.finish()
    if format == .raw {
      #expect(bytes(of: path).count == samples.count * 2)
    } else {
      let sound = try Sound(path)
      #expect(sound.samples == samples)
      #expect(sound.channels == 2)
    }
  }

  @Test func `a WAV stream of two channels says so`() throws {
    let pipe = try Pipe()
    try pipe.startReading()
    let sink = StreamSink(descriptor: pipe.writeEnd, target: "pipe", format: .wav, channels: 2)
    try sink.write([1, -1, 2, -2], rate: 24_000)
    try sink.finish()
    let written = pipe.collect()
    #expect(written[22...23].elementsEqual([2, 0]))
    #expect(written[28...31].elementsEqual([0x00, 0x77, 0x01, 0x00]))
    #expect(written[32...33].elementsEqual([4, 0]))
    #expect(written[44...].elementsEqual([1, 0, 255, 255, 2, 0, 254, 255]))
  }

  @Test func `each channel is converted as if it were alone`() throws {
    let (left, right) = (
      sine(440, rate: 22_050, count: 5003), sine(1000, rate: 22_050, count: 5003)
    )
    func convert(_ samples: [Int16], channels: Int) throws -> [Int16] {
      let converter = try #require(RateConverter(from: 22_050, to: 48_000, channels: channels))
      let first = converter.convert(Array(samples[..<(1000 * channels)]))
      return first + converter.convert(Array(samples[(1000 * channels)...])) + converter.flush()
    }
    let both = try convert(zip(left, right).flatMap { [$0, $1] }, channels: 2)
    let (one, other) = (try convert(left, channels: 1), try convert(right, channels: 1))
    #expect(both.count == 2 * one.count)
    #expect(stride(from: 0, to: both.count, by: 2).map { both[$0] } == one)
    #expect(stride(from: 1, to: both.count, by: 2).map { both[$0] } == other)
  }

  @Test(arguments: [
    (1, 2, [5, 5, -7, -7]), (2, 1, [-1]), (2, 2, [5, -7]), (2, 4, [5, -7, 0, 0]),
  ])
  func `devices with other channels get what they can play`(
    source: Int, target: Int, expected: [Int16]
  ) {
    #expect(ChannelMap.convert([5, -7], from: source, to: target) == expected)
  }

  @Test func `two channels take the time of one`() {
    var queue = SinkQueue(capacity: 2, channels: 2)
    queue.offer([Int16](repeating: 0, count: 48_000), rate: 24_000)
    #expect(queue.seconds == 1)
    _ = queue.take()
    #expect(queue.seconds == 0)
  }

  @Test func `a sound is read as mono, at the rate asked for`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("two.wav")
    let sink = try FileSink(path: path, format: .wav, channels: 2)
    try sink.write((0..<3000).flatMap { [Int16($0), Int16(3 * $0)] }, rate: 24_000)
    try sink.finish()

    func read(_ rate: Int) throws -> [Int16] {
      let reader = try SoundReader(path: path, outputRate: rate)
      var samples: [Int16] = []
      while let piece = try reader.read(frames: 700) { samples += piece }
      #expect(try reader.read(frames: 700) == nil)
      return samples
    }
    #expect(try read(24_000) == (0..<3000).map { Int16(2 * $0) })
    #expect(try read(48_000).count == 6000)
  }

  @Test func `what is no sound is refused in words`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: SoundReadError.self) {
      try SoundReader(path: folder.file("absent"), outputRate: 24_000)
    }
    put(Array("no sound at all, just words".utf8), into: folder.file("text"))
    #expect(throws: SoundReadError.self) {
      try SoundReader(path: folder.file("text"), outputRate: 24_000)
    }
  }
}
