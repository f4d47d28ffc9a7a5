import Foundation
import Testing

@Suite struct SpeakingTests {
  @Test func `words become a file that is complete and alone`() throws {
    let scratch = try Scratch()
    let file = scratch.path("a.wav")
    let result = try Program.run("say", "-e", "tone", "-o", file, "Hello", "world.")
    #expect(result.status == 0)
    #expect(result.talk == "")
    let data = try scratch.data("a.wav")
    #expect(data.prefix(4) == Data("RIFF".utf8))
    #expect(try data.dropFirst(44) == toneBytes("Hello world."))
    #expect(scratch.names == ["a.wav"])
  }

  @Test func `espeak speaks offline without any setting`() throws {
    let result = try Program.run("say", "-o", "-", "--format", "raw", "Good morning.")
    #expect(result.status == 0)
    // Between half a second and three.
    #expect((24_000...144_000).contains(result.output.count))
    #expect(result.output.contains { $0 != 0 })
  }

  @Test func `a sentence is spoken before the next is written`() throws {
    let program = try Running(["stream", "-e", "tone", "-o", "-", "--format", "raw"])
    program.write("Hello world. ")
    let first = try toneBytes("Hello world.")
    #expect(program.read(atLeast: first.count) == first)
    program.write("Bye.\n")
    program.closeInput()
    let result = program.wait()
    #expect(result.status == 0)
    #expect(try result.output == toneBytes("Hello world. Bye."))
  }

  @Test func `a sentence is spoken at its stop, without white space behind it`() throws {
    let program = try Running(["stream", "-e", "tone", "-o", "-", "--format", "raw"])
    for token in ["He", "llo ", "wor", "ld", "."] { program.write(token) }
    let first = try toneBytes("Hello world.")
    #expect(program.read(atLeast: first.count) == first)
    program.closeInput()
    #expect(program.wait().status == 0)
  }

  @Test func `ten thousand lines are all spoken, in order, none twice`() throws {
    let text = (1...10_000).map { "Line number \($0).\n" }.joined()
    let result = try Program.run(
      "stream", "-e", "tone", "-o", "-", "--format", "raw", input: Data(text.utf8))
    #expect(result.status == 0)
    #expect(try result.output == toneBytes(text))
  }

  @Test func `a reader that is slow at first gets everything`() throws {
    let text = (1...120).map { "Line number \($0) is one of many.\n" }.joined()
    let expected = try toneBytes(text)
    // More than the pipe and everything before it hold.
    #expect(expected.count > 10 * 48_000)
    let program = try Running(["say", "-e", "tone", "-o", "-", "--format", "raw", "-f", "-"])
    program.write(text)
    program.closeInput()
    _ = program.read(atLeast: 1)
    Thread.sleep(forTimeInterval: 0.5)
    let result = program.wait()
    #expect(result.status == 0)
    #expect(result.output == expected)
  }

  @Test func `a scalar torn over three reads is whole`() throws {
    let program = try Running(["stream", "-e", "tone", "-o", "-", "--format", "raw"])
    let bytes = Array("Tear 𠀀𠀀 here.".utf8)
    for byte in bytes { program.write(Data([byte])) }
    program.closeInput()
    let result = program.wait()
    #expect(result.talk == "")
    #expect(try result.output == toneBytes("Tear 𠀀𠀀 here."))
  }

  @Test func `tee copies the input unchanged and at once`() throws {
    let scratch = try Scratch()
    let program = try Running(["stream", "-e", "tone", "--tee", "-o", scratch.path("a.raw")])
    program.write("no newline yet")
    #expect(program.read(atLeast: 14) == Data("no newline yet".utf8))
    program.write(Data([0xFF, 0x0A]))
    program.closeInput()
    let result = program.wait()
    #expect(result.status == 0)
    #expect(result.output == Data("no newline yet".utf8) + [0xFF, 0x0A])
  }

  @Test func `several files are spoken one after another`() throws {
    let scratch = try Scratch()
    try Data("First file.\n".utf8).write(to: scratch.folder.appendingPathComponent("1.txt"))
    try Data("Second file.\n".utf8).write(to: scratch.folder.appendingPathComponent("2.txt"))
    let result = try Program.run(
      "say", "-e", "tone", "-o", "-", "--format", "raw", "-f", scratch.path("1.txt"), "-f",
      scratch.path("2.txt"))
    #expect(try result.output == toneBytes("First file. Second file."))
  }

  @Test(arguments: ["line", "blank", "nul"])
  func `turns end at their marks and lose nothing`(mark: String) throws {
    let separators = ["line": "\n", "blank": "\n\n", "nul": "\0"]
    let separator = try #require(separators[mark])
    let text = ["One of them", "Two of them", "Three"].joined(separator: separator)
    let result = try Program.run(
      "stream", "-e", "tone", "--turn", mark, "-o", "-", "--format", "raw", input: Data(text.utf8))
    #expect(result.status == 0)
    #expect(try result.output == toneBytes("One of them Two of them Three"))
  }

  @Test(arguments: ["fast", "balanced", "quality"])
  func `a preset changes when and not what is spoken`(preset: String) throws {
    let text = "Short. A somewhat longer sentence follows it. And the end!"
    let result = try Program.run(
      "stream", "-e", "tone", "--preset", preset, "-o", "-", "--format", "raw",
      input: Data(text.utf8))
    #expect(try result.output == toneBytes(text))
  }
}
