import Glibc
import KugelSystem
import Testing

@testable import KugelAudio

@Suite struct UnfinishedFilesTests {
  let folder: TemporaryFolder
  /// So much that some of it has reached the file.
  let samples = noise(5 * Recording.batch)

  init() throws { folder = try TemporaryFolder() }

  private func rescue() -> [String] {
    UnfinishedFiles.rescue(in: folder.file(""), within: .zero)
  }

  @Test(arguments: [AudioFormat.wav, .flac, .mp3, .opus, .raw])
  func `a file that nobody finishes gets its name, and can be heard`(format: AudioFormat) throws {
    let name = "a.\(format.rawValue)"
    let sink = try FileSink(path: folder.file(name), format: format, rate: 24_000, overwrite: false)
    try sink.write(samples, rate: 24_000)
    #expect(folder.names != [name])
    #expect(rescue() == [])
    #expect(folder.names == [name])
    #expect(bytes(of: folder.file(name)).count > 10_000)
    if format != .raw { #expect(try !Sound(folder.file(name)).samples.isEmpty) }
    withExtendedLifetime(sink) {}
  }

  @Test func `a file without sound leaves nothing`() throws {
    let sink = try FileSink(
      path: folder.file("a.wav"), format: .wav, rate: 24_000, overwrite: false)
    // Not enough to be written yet.
    try sink.write(Array(samples.prefix(100)), rate: 24_000)
    #expect(rescue() == [])
    #expect(folder.names == [])
    withExtendedLifetime(sink) {}
  }

  @Test(arguments: [true, false])
  func `where another file has the name, what was made is named beside it`(isComplete: Bool) throws
  {
    put([1, 2, 3], into: folder.file("a.wav"))
    let held = HeldFile()
    let sink = try FileSink(
      path: folder.file("a.wav"), format: .wav, rate: 24_000, overwrite: true, held: held)
    try sink.write(samples, rate: 24_000)
    if isComplete { try sink.finish() }
    let remarks = rescue()
    #expect(remarks.count == 1 && remarks[0].contains(folder.file("a.cut.wav")))
    #expect(bytes(of: folder.file("a.wav")) == [1, 2, 3])
    #expect(folder.names == ["a.cut.wav", "a.wav"])
    withExtendedLifetime((sink, held)) {}
  }

  @Test func `what has its name is left alone`() throws {
    let sink = try FileSink(
      path: folder.file("a.wav"), format: .wav, rate: 24_000, overwrite: false)
    try sink.write(samples, rate: 24_000)
    try sink.finish()
    #expect(rescue() == [])
    #expect(try Sound(folder.file("a.wav")).samples == samples)
  }

  @Test func `another file that is just getting its name is waited for`() throws {
    let sink = try FileSink(
      path: folder.file("a.wav"), format: .wav, rate: 24_000, overwrite: false)
    try sink.write(samples, rate: 24_000)
    let stage = Monitor(0)
    let other = try Thread(name: "namer") {
      try? UnfinishedFiles.settle("other") {
        stage.change { $0 = 1 }
        stage.wait { $0 == 2 ? () : nil }
        // Those who call next find it held.
        usleep(5000)
      }
    }
    stage.wait { $0 == 1 ? () : nil }
    stage.change { $0 = 2 }
    #expect(rescue() == [])
    #expect(folder.names == ["a.wav"])
    other.join()
    withExtendedLifetime(sink) {}
  }
}
