import Glibc
import KugelAudio
import Testing

/// Standard output led into a file, as by `kugel say -o - > file`.
@Suite struct RedirectedOutputTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ samples: [Int16], _ format: AudioFormat, flags: CInt = 0) throws {
    let file = unsafe open(folder.file("a"), O_RDWR | O_CREAT | flags, 0o644)
    defer { close(file) }
    let sink = StreamSink(descriptor: file, target: "standard output", format: format, rate: 8000)
    try sink.write(samples, rate: 8000)
    try sink.finish()
  }

  @Test func `the header tells the length in the end`() throws {
    try write([1, 2, 3], .wav)
    let all = bytes(of: folder.file("a"))
    #expect(all.count == 50)
    #expect(all[4..<8] == [42, 0, 0, 0])
    #expect(all[40..<44] == [6, 0, 0, 0])
  }

  @Test func `an odd number of bytes is padded`() throws {
    try write([1, 2, 3], .wavULaw)
    let all = bytes(of: folder.file("a"))
    #expect(all.count == 62)
    #expect(all[4..<8] == [54, 0, 0, 0])
    #expect(all[54..<58] == [3, 0, 0, 0])
  }

  @Test func `a file that is appended to keeps what it holds`() throws {
    put([9, 9], into: folder.file("a"))
    try write([1], .wav, flags: O_APPEND)
    let all = bytes(of: folder.file("a"))
    #expect(all.count == 48)
    #expect(all[..<6] == [9, 9] + Array("RIFF".utf8)[...])
    #expect(all[6..<10] == [36, 0xF0, 0xFF, 0x7F])
  }
}
