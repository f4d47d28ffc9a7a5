import Glibc
import KugelAudio
import Testing

@Suite struct AudioOutputTests {
  @Test func `what is there decides between file and stream`() throws {
    let folder = try TemporaryFolder()
    #expect(try AudioOutput(path: folder.file("a.wav"), format: .wav).open() is FileSink)
    #expect(try AudioOutput(path: "/dev/null", format: .wav).open() is StreamSink)
    #expect(unsafe mkfifo(folder.file("pipe"), 0o600) == 0)
    #expect(try AudioOutput(path: folder.file("pipe"), format: .wav).open() is StreamSink)
    #expect(folder.names == ["pipe"])
  }

  @Test func `a file is nothing yet or one that is there, and no stream`() throws {
    let folder = try TemporaryFolder()
    #expect(unsafe mkfifo(folder.file("pipe"), 0o600) == 0)
    let files = [folder.file("a.wav"), folder.file(""), "./-"]
    let streams = [
      "-", "/dev/stdout", "/dev/stderr", "/dev/fd/7", "/dev/null", folder.file("pipe"),
    ]
    #expect(files.allSatisfy { AudioOutput.isFile($0) })
    #expect(!streams.contains { AudioOutput.isFile($0) })
  }

  @Test func `a descriptor named by its path is that descriptor`() throws {
    let pipe = try Pipe()
    let sink = try AudioOutput(path: "/dev/fd/\(pipe.writeEnd)", format: .raw).open()
    try sink.write([5], rate: 24_000)
    #expect(pipe.available() == [5, 0])
    close(pipe.writeEnd)
  }

  @Test func `a terminal is refused`() throws {
    let path = "/dev/ptmx"  // opening it makes a terminal
    let refusal = SinkError.cannotCreate(target: path, cause: .isTerminal)
    #expect(throws: refusal) { try AudioOutput(path: path, format: .wav).check() }
    #expect(throws: refusal) { try AudioOutput(path: path, format: .wav).open() }
  }

  @Test func `standard output is called by its name`() {
    #expect(AudioOutput(path: "-", format: .wav).target == "standard output")
    #expect(AudioOutput(path: "./-", format: .wav).target == "./-")
  }
}
