import Testing

@testable import KugelAudio

@Suite struct FragmentTests {
  let folder: TemporaryFolder
  let samples = noise(5 * Recording.batch)

  init() throws { folder = try TemporaryFolder() }

  private func sink(_ held: HeldFile?, room: Int = .max) throws -> FileSink {
    try FileSink(
      path: folder.file("a.wav"), format: .wav, rate: 24_000, overwrite: true,
      settings: .init(room: room), held: held)
  }

  @Test func `a whole file takes the old one's place when that is said`() throws {
    put([1, 2, 3], into: folder.file("a.wav"))
    let held = HeldFile()
    let sink = try sink(held)
    try sink.write(samples, rate: 24_000)
    try sink.finish()
    #expect(bytes(of: folder.file("a.wav")) == [1, 2, 3])
    #expect(try held.settle(isWhole: true) == nil)
    #expect(try Sound(folder.file("a.wav")).samples == samples)
    #expect(folder.names == ["a.wav"])
  }

  @Test func `what is not whole is kept beside it, under a name that is free`() throws {
    for name in ["a.cut.wav", "a.cut-2.wav"] {
      put([1, 2, 3], into: folder.file("a.wav"))
      let held = HeldFile()
      let sink = try sink(held)
      try sink.write(samples, rate: 24_000)
      try sink.cut()
      let remark = try held.settle(isWhole: false)
      #expect(remark?.contains(folder.file(name)) == true)
      #expect(bytes(of: folder.file("a.wav")) == [1, 2, 3])
      #expect(try Sound(folder.file(name)).samples == samples)
    }
    #expect(folder.names == ["a.cut-2.wav", "a.cut.wav", "a.wav"])
  }

  @Test func `a full disk leaves the old file, and says where the rest is`() throws {
    put([1, 2, 3], into: folder.file("a.wav"))
    let sink = try sink(HeldFile(), room: 100_000)
    do throws(SinkError) {
      try sink.write(samples, rate: 24_000)
      try sink.finish()
      Issue.record("there is no room")
    } catch {
      guard case .failed(_, let cause) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(cause.hasPrefix("no space left on device; "))
      #expect(cause.contains(folder.file("a.cut.wav")))
    }
    #expect(bytes(of: folder.file("a.wav")) == [1, 2, 3])
    #expect(folder.names == ["a.cut.wav", "a.wav"])
  }

  @Test func `where nothing is to be replaced the file has its name at once`() throws {
    let held = HeldFile()
    let sink = try sink(held)
    try sink.write(samples, rate: 24_000)
    try sink.cut()
    #expect(folder.names == ["a.wav"])
    #expect(try held.settle(isWhole: false) == nil)
  }

  @Test(arguments: [
    ("a.wav", 1, "a.cut.wav"), ("x/a.b.flac", 2, "x/a.b.cut-2.flac"), ("x.y/a", 1, "x.y/a.cut"),
    ("/.wav", 1, "/.wav.cut"),
  ])
  func `names of fragments`(target: String, number: Int, name: String) {
    #expect(Fragment.name(of: target, number) == name)
  }

  @Test(arguments: [AudioFormat.flac, .mp3], [9000, 15_001, 25_000])
  func `an encoded file on a full disk tells its true length`(
    format: AudioFormat, room: Int
  ) throws {
    let path = folder.file("a")
    let sink = try FileSink(
      path: path, format: format, rate: 24_000, overwrite: false, settings: .init(room: room))
    do throws(SinkError) {
      for start in stride(from: 0, to: samples.count, by: 1000) {
        try sink.write(Array(samples[start..<min(start + 1000, samples.count)]), rate: 24_000)
      }
      try sink.finish()
      Issue.record("there is no room")
    } catch {}
    let file = bytes(of: path)
    switch format {
    case .flac:
      let stated = file[21..<26].reduce(0) { $0 << 8 | Int($1) } & 0xF_FFFF_FFFF
      #expect(try stated == Sound(path).samples.count && stated > 0)
    default:
      let first = try #require(MP3Frame(file[...]))
      let tag = 4 + first.sideInformation
      let stated = file[(tag + 8)..<(tag + 12)].reduce(0) { $0 << 8 | Int($1) }
      var frames = 0
      var rest = file[first.length...]
      while let frame = MP3Frame(rest), frame.length <= rest.count {
        frames += 1
        rest = rest.dropFirst(frame.length)
      }
      #expect(stated == frames && frames > 0)
    }
  }

  @Test(arguments: [5000, 200, 60, 0])
  func `an encoded file without a sample is no file`(room: Int) throws {
    let sink = try FileSink(
      path: folder.file("a"), format: .opus, rate: 24_000, overwrite: false,
      settings: .init(room: min(room, 200)))
    do throws(SinkError) {
      try sink.write(samples, rate: 24_000)
      try sink.finish()
    } catch {}
    #expect(folder.names == [])
  }
}
