import CSndfile
import Glibc
import KugelAudio
import KugelSystem
import Testing

@Suite struct StreamSinkTests {
  let folder: TemporaryFolder
  let pipe: Pipe

  init() throws {
    folder = try TemporaryFolder()
    pipe = try Pipe()
  }

  private func sink(_ format: AudioFormat, rate: Int? = nil) -> StreamSink {
    StreamSink(
      descriptor: pipe.writeEnd, target: "standard output", format: format, rate: rate)
  }

  private func stream(_ samples: [Int16], as format: AudioFormat, cut: Bool = false) throws
    -> [UInt8]
  {
    try pipe.startReading()
    let sink = sink(format)
    for start in stride(from: 0, to: samples.count, by: 1081) {
      try sink.write(
        Array(samples[start..<min(start + 1081, samples.count)]), rate: 24_000)
    }
    try cut ? sink.cut() : sink.finish()
    return pipe.collect()
  }

  @Test(arguments: [AudioFormat.wav, .au, .flac], [false, true])
  func `what goes into the pipe is what its reader hears`(format: AudioFormat, cut: Bool) throws {
    let samples = noise(100_001)
    put(try stream(samples, as: format, cut: cut), into: folder.file("a"))
    let sound = try Sound(folder.file("a"))
    #expect(sound.rate == 24_000)
    #expect(sound.samples == samples)
  }

  @Test(arguments: [false, true])
  func `an MP3 stream is whole frames from the first byte, enough for all of the sound`(
    cut: Bool
  ) throws {
    let all = try stream(sine(1000, rate: 24_000, count: 50_001), as: .mp3, cut: cut)
    // kbit/s of MPEG-2 layer III by the four bits of the header; a frame has 576 samples.
    let rates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
    var (offset, frames) = (0, 0)
    while offset + 4 <= all.count {
      #expect(all[offset] == 0xFF && all[offset + 1] & 0xF6 == 0xF2)
      let rate = try #require(rates[safely: Int(all[offset + 2] >> 4)])
      offset += 72 * rate * 1000 / 24_000 + Int(all[offset + 2] >> 1 & 1)
      frames += 1
    }
    #expect(offset == all.count)
    #expect(frames * 576 >= 50_001)
  }

  @Test(arguments: [false, true])
  func `an Opus stream holds all of the sound`(cut: Bool) throws {
    let samples = sine(1000, rate: 24_000, count: 50_001)
    put(try stream(samples, as: .opus, cut: cut), into: folder.file("a"))
    let sound = try Sound(folder.file("a"))
    #expect(sound.samples.count >= 50_001)
    #expect(abs(decibels(amplitude(of: 1000, in: sound.samples, rate: sound.rate) / 16_000)) < 1)
  }

  @Test(arguments: [AudioFormat.wavULaw, .wavALaw])
  func `telephone WAV has 8 kHz and the right header`(format: AudioFormat) throws {
    put(try stream(noise(24_000), as: format), into: folder.file("a"))
    let sound = try Sound(folder.file("a"))
    let coding = format == .wavULaw ? SF_FORMAT_ULAW : SF_FORMAT_ALAW
    #expect(sound.format == CInt(SF_FORMAT_WAV) | CInt(coding))
    #expect(sound.rate == 8000)
    #expect(sound.samples.count == 8000)
  }

  @Test func `headerless streams are samples and nothing else`() throws {
    #expect(try stream([1, -2, 0x1234], as: .raw) == [1, 0, 0xFE, 0xFF, 0x34, 0x12])
  }

  @Test func `headerless telephone coding begins with the first sample`() throws {
    try pipe.startReading()
    let sink = sink(.ulaw)
    try sink.write([0, 1000, -1000], rate: 8000)
    try sink.finish()
    #expect(pipe.collect() == [0xFF, 0xCE, 0x4E])
  }

  @Test(arguments: [AudioFormat.raw, .wav, .au])
  func `samples reach the reader with the write that brings them`(format: AudioFormat) throws {
    let sink = sink(format)
    let header = [AudioFormat.raw: 0, .wav: 44, .au: 24][format] ?? 0
    try sink.write([7], rate: 24_000)
    #expect(pipe.available().count == header + 2)
    try sink.write([8, 9], rate: 24_000)
    #expect(pipe.available().count == 4)
    close(pipe.writeEnd)
  }

  @Test func `a WAV stream says that its length is unknown`() throws {
    let bytes = try stream([1], as: .wav)
    #expect(bytes[4..<8] == [36, 0xF0, 0xFF, 0x7F])
    #expect(bytes[40..<44] == [0, 0xF0, 0xFF, 0x7F])
    #expect(bytes.count == 46)
  }

  @Test(arguments: [AudioFormat.raw, .wav, .flac, .opus])
  func `a reader who left is told apart from other failures`(format: AudioFormat) throws {
    let ends = try Pipe()
    let duplicate = dup(ends.writeEnd)
    defer {
      close(duplicate)
      close(ends.writeEnd)
    }
    _ = unsafe dup2(open("/dev/null", O_RDONLY), ends.readEnd)
    let sink = StreamSink(descriptor: duplicate, target: "standard output", format: format)
    #expect(throws: SinkError.readerGone(target: "standard output")) {
      try sink.write(noise(100_000), rate: 24_000)
      try sink.finish()
    }
  }

  @Test(arguments: AudioFormat.allCases)
  func `a device that is full is named with the cause`(format: AudioFormat) throws {
    let sink = try AudioOutput(path: "/dev/full", format: format).open()
    #expect(
      throws: SinkError.failed(target: "/dev/full", cause: "no space left on device")
    ) {
      try sink.write(noise(50_000), rate: 24_000)
      try sink.finish()
    }
  }

  @Test func `a pipe in non-blocking mode loses nothing to a slow reader`() throws {
    _ = fcntl(pipe.writeEnd, F_SETFL, O_NONBLOCK)
    let samples = noise(400_000)
    #expect(try stream(samples, as: .raw).count == 800_000)
  }

  @Test func `a socket is as good as a pipe`() throws {
    var ends: [CInt] = [-1, -1]
    try #require(unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
    let (ours, theirs) = (ends[0], ends[1])
    let collected = Monitor<[UInt8]?>(nil)
    _ = try Thread(name: "reader") {
      let all = bytes(from: theirs)
      collected.change { $0 = all }
    }
    let sink = StreamSink(descriptor: ours, target: "socket", format: .raw)
    try sink.write(noise(400_000), rate: 24_000)
    try sink.finish()
    close(ours)
    let count = collected.wait { $0?.count }
    close(theirs)
    #expect(count == 800_000)
  }

  @Test func `a write into a full pipe ends when it is interrupted`() throws {
    let sink = sink(.raw)
    let interrupt = sink.interrupter
    let interrupter = try Thread(name: "interrupter") { interrupt() }
    try sink.write(noise(400_000), rate: 24_000)
    interrupter.join()
    try sink.cut()
    #expect(pipe.available().count == 65_536)
    close(pipe.writeEnd)
  }

  @Test func `a named pipe gets the stream, and its end`() throws {
    let path = folder.file("pipe")
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let collected = Monitor<[UInt8]?>(nil)
    _ = try Thread(name: "reader") {
      let all = bytes(of: path)
      collected.change { $0 = all }
    }
    let sink = try AudioOutput(path: path, format: .raw).open()
    try sink.write([1, 2], rate: 24_000)
    try sink.finish()
    #expect(collected.wait { $0 } == [1, 0, 2, 0])
  }

  @Test func `waiting for a reader of a named pipe can be interrupted`() throws {
    let path = folder.file("pipe")
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let sink = StreamSink(path: path, format: .raw)
    sink.interrupter()
    try sink.write([1, 2], rate: 24_000)
    try sink.cut()
  }
}

extension Array {
  fileprivate subscript(safely index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}
