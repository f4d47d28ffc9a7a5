import Glibc
import Testing

@testable import KugelAudio

@Suite struct PlainWriterTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The bytes when a header was brought up to date, and in the end.
  private func moments(
    _ name: String, _ samples: [Int16], channels: Int,
    _ make: (VirtualFile) throws -> any SampleWriter
  ) throws -> [[UInt8]] {
    let path = folder.file(name)
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
    defer { close(descriptor) }
    let file = VirtualFile(descriptor: descriptor, unit: .frames(2 * channels), room: .max)
    var writer: (any SampleWriter)? = try make(file)
    let half = samples.count / channels / 2 * channels
    #expect(writer?.write(Array(samples[..<half])) == half)
    writer?.updateHeader()
    let before = bytes(of: path)
    #expect(writer?.write(Array(samples[half...])) == samples.count - half)
    writer = nil
    return [before, bytes(of: path)]
  }

  @Test(
    arguments: [AudioFormat.wav, .raw],
    [(0, 24_000, 1), (7, 8000, 1), (20_000, 44_100, 2), (999, 192_000, 3)]
  ) func `it writes what libsndfile writes`(
    format: AudioFormat, kind: (count: Int, rate: Int, channels: Int)
  ) throws {
    let samples = noise(kind.count / kind.channels * kind.channels)
    let ours = try moments("ours", samples, channels: kind.channels) {
      try PlainWriter(into: $0, format: format, rate: kind.rate, channels: kind.channels)
    }
    let theirs = try moments("theirs", samples, channels: kind.channels) {
      try SoundWriter(into: $0, format: format, rate: kind.rate, channels: kind.channels)
    }
    #expect(ours == theirs)
  }
}
