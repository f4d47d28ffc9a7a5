import Glibc
import Testing

@testable import KugelAudio

@Suite struct FullDiskTests {
  let folder: TemporaryFolder
  let samples = noise(5 * Recording.batch)

  init() throws { folder = try TemporaryFolder() }

  private func fill(_ format: AudioFormat, room: Int) throws -> SinkError? {
    let sink = try FileSink(
      path: folder.file("a"), format: format, rate: 24_000, overwrite: false,
      settings: .init(room: room))
    do throws(SinkError) {
      for start in stride(from: 0, to: samples.count, by: 1000) {
        try sink.write(
          Array(samples[start..<min(start + 1000, samples.count)]), rate: 24_000)
      }
      try sink.finish()
      return nil
    } catch {
      return error
    }
  }

  private var full: SinkError {
    .failed(target: folder.file("a"), cause: "no space left on device")
  }

  @Test(arguments: [AudioFormat.wav, .au], [100_000, 100_001, 131_072, 65_536])
  func `a full disk keeps every sample that fits`(format: AudioFormat, room: Int) throws {
    #expect(try fill(format, room: room) == full)
    let header = format == .wav ? 44 : 24
    let sound = try Sound(folder.file("a"))
    #expect(sound.samples.count == (room - header) / 2)
    #expect(sound.samples == Array(samples.prefix(sound.samples.count)))
    #expect(folder.names == ["a"])
  }

  @Test(arguments: [AudioFormat.wavULaw, .wavALaw], [60_001, 60_002])
  func `a telephone file on a full disk has an even length and a header that says so`(
    format: AudioFormat, room: Int
  ) throws {
    #expect(try fill(format, room: room) == full)
    let all = bytes(of: folder.file("a"))
    #expect(all.count == 60_000 || all.count == 60_002)
    let stated = all[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(stated == all.count - 8)
    #expect(try Sound(folder.file("a")).samples.count == all.count - 58)
  }

  @Test(arguments: [AudioFormat.flac, .opus, .mp3])
  func `an encoded file on a full disk ends with a whole frame`(format: AudioFormat) throws {
    #expect(try fill(format, room: 15_001) == full)
    let sound = try Sound(folder.file("a"))
    #expect(sound.samples.count > 4000)
    if format == .flac {
      #expect(sound.samples == Array(samples.prefix(sound.samples.count)))
    }
    #expect(folder.names == ["a"])
  }

  @Test(arguments: AudioFormat.allCases)
  func `a disk without room for a first sample leaves nothing`(format: AudioFormat) throws {
    #expect(try fill(format, room: 0) == full)
    #expect(folder.names == [])
  }

  @Test func `a disk that fills while a large file is copied keeps the smaller one`() throws {
    let sink = try FileSink(
      path: folder.file("a"), format: .wav, rate: 24_000, overwrite: false,
      settings: .init(room: 131_150, riffLimit: 140_000))
    #expect(throws: full) {
      for _ in 0..<5 { try sink.write(Array(samples.prefix(Recording.batch)), rate: 24_000) }
    }
    #expect(try Sound(folder.file("a")).samples.count == 2 * Recording.batch)
    #expect(folder.names == ["a"])
  }
}
