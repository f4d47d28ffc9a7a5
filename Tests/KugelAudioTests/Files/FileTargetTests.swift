import Glibc
import KugelAudio
import Testing

@Suite struct FileTargetTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func refusal(_ path: String, overwrite: Bool = false) -> SinkError? {
    do throws(SinkError) {
      try FileSink.check(path: path, format: .wav, overwrite: overwrite)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a file that holds something is refused unless it may be overwritten`() throws {
    let path = folder.file("a.wav")
    put([1, 2, 3], into: path, mode: 0o640)
    #expect(refusal(path) == .cannotCreate(target: path, cause: .exists))
    #expect(refusal(path, overwrite: true) == nil)
    #expect(throws: SinkError.cannotCreate(target: path, cause: .exists)) {
      try FileSink(path: path, format: .wav)
    }
    let sink = try FileSink(path: path, format: .raw, overwrite: true)
    try sink.write([5], rate: 24_000)
    #expect(bytes(of: path) == [1, 2, 3])
    try sink.finish()
    #expect(bytes(of: path) == [5, 0])
    #expect(permissions(of: path) == 0o640)
    #expect(folder.names == ["a.wav"])
  }

  @Test func `an empty file is replaced and hands on its permission`() throws {
    let path = folder.file("a.wav")
    put([], into: path, mode: 0o604)
    let sink = try FileSink(path: path, format: .raw)
    try sink.write([5], rate: 24_000)
    try sink.finish()
    #expect(bytes(of: path) == [5, 0])
    #expect(permissions(of: path) == 0o604)
  }

  @Test func `a file that appears meanwhile is kept, and the sound is not lost`() throws {
    let path = folder.file("a.wav")
    let sink = try FileSink(path: path, format: .raw)
    try sink.write([5], rate: 24_000)
    put([9], into: path)
    let hidden = try #require(folder.names.first { $0.hasPrefix(".") })
    #expect(
      throws: SinkError.failed(
        target: path, cause: "file exists; the sound is in \(folder.file(hidden))")
    ) { try sink.finish() }
    #expect(bytes(of: path) == [9])
    #expect(bytes(of: folder.file(hidden)) == [5, 0])
  }

  @Test func `a directory is refused by name`() {
    #expect(
      refusal(folder.path) == .cannotCreate(target: folder.path, cause: .other("is a directory")))
    #expect(refusal(folder.file("new/")) != nil)
  }

  @Test func `a folder that is missing is refused before anything is spoken`() {
    let path = folder.file("none/a.wav")
    #expect(
      refusal(path) == .cannotCreate(target: path, cause: .other("no such file or directory")))
    #expect(refusal("") == .cannotCreate(target: "", cause: .other("no such file or directory")))
    put([1], into: folder.file("plain"))
    let below = folder.file("plain/a.wav")
    #expect(refusal(below) == .cannotCreate(target: below, cause: .other("not a directory")))
  }

  @Test func `checking makes nothing`() {
    #expect(refusal(folder.file("a.wav")) == nil)
    #expect(folder.names == [])
  }

  @Test func `a symbolic link stays one, and the file it names is written`() throws {
    unsafe symlink("b.wav", folder.file("a.wav"))
    let sink = try FileSink(path: folder.file("a.wav"), format: .raw)
    try sink.write([7], rate: 24_000)
    try sink.finish()
    #expect(folder.names == ["a.wav", "b.wav"])
    #expect(bytes(of: folder.file("b.wav")) == [7, 0])
    var status = stat()
    unsafe lstat(folder.file("a.wav"), &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func `a device may be written to, but not as a file`() {
    #expect(refusal("/dev/null") == nil)
    #expect(
      throws: SinkError.cannotCreate(target: "/dev/null", cause: .other("is not a regular file"))
    ) { try FileSink(path: "/dev/null", format: .wav) }
  }
}
