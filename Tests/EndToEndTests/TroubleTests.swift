import Foundation
import Testing

@Suite struct TroubleTests {
  private static let mistakes: [(String, Int32)] = [
    ("say", 65), ("stream", 65), ("say --nonsense hi", 64), ("say -v nobody-at-all hi", 64),
    ("say -v en- hi", 64), ("say -r 5000 hi", 64), ("say -s 9 hi", 64), ("hello", 64),
    ("say -f /no/such/file", 66), ("say -f /", 66), ("say -a nosuchdevice hi", 74),
  ]

  @Test(arguments: mistakes)
  func `bad input gets its exit code and a reason`(line: String, status: Int32) throws {
    let result = try Program.run(line.split(separator: " ").map(String.init))
    #expect(result.status == status)
    #expect(result.talk.hasPrefix("kugel: "))
    #expect(result.talk.split(separator: "\n").count <= 3)
    #expect(result.output.isEmpty)
  }

  @Test func `nothing to say makes no file`() throws {
    let scratch = try Scratch()
    #expect(try Program.run("say", "-o", scratch.path("a.wav"), "  ").status == 65)
    #expect(
      try Program.run("stream", "-o", scratch.path("a.wav"), input: Data("\n \n".utf8)).status == 65
    )
    #expect(scratch.names == [])
  }

  @Test(arguments: ["...", "—", "😀"])
  func `what nobody can hear is no success of any command`(text: String) throws {
    let scratch = try Scratch()
    try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path("text")))
    let script = Data("@voice bob = tone-1\nbob: \(text)\n".utf8)
    let bench = [
      "bench", "-e", "tone", "-N", "1", "--warmup", "0", "--cold", "0", "--text",
      scratch.path("text"),
    ]
    for (words, input) in [
      (["multi", "-e", "tone", "-o", scratch.path("m.wav"), "-"], script),
      (["session", "-e", "tone", "-o", scratch.path("s.wav")], Data("\(text)\n".utf8)),
      (bench, Data()),
    ] {
      let result = try Program.run(words, input: input)
      #expect(result.status == 65, "\(words)")
      #expect(result.talk.contains("nothing to hear"), "\(words)")
    }
    #expect(scratch.names == ["text"])
  }

  @Test func `a file that is read is not written, whatever it is read for`() throws {
    let scratch = try Scratch()
    let (notes, conf) = (scratch.path("notes"), scratch.path("conf"))
    try Data("kugel = KOO-gul\n".utf8).write(to: URL(fileURLWithPath: notes))
    try Data("speed = 1\n".utf8).write(to: URL(fileURLWithPath: conf))
    for words in [
      ["bench", "-e", "tone", "--text", notes, "--json", notes],
      ["bench", "-e", "tone", "--json", scratch.path("b"), "--csv", scratch.path("b")],
      ["say", "-e", "tone", "--lexicon", notes, "--events", notes, "hi"],
      ["say", "-e", "tone", "--config", conf, "-o", conf, "--format", "wav", "hi"],
    ] {
      let result = try Program.run(words + ["--force"])
      #expect(result.status == 64, "\(words)")
      #expect(result.talk.contains("the same file"), "\(words)")
    }
    #expect(try scratch.data("notes") == Data("kugel = KOO-gul\n".utf8))
    #expect(try scratch.data("conf") == Data("speed = 1\n".utf8))
    #expect(scratch.names.sorted() == ["conf", "notes"])
  }

  @Test(arguments: [
    ["say", "-e", "tone", "--events", "PIPE", "-o", "FILE", "hi"],
    ["say", "-e", "tone", "-o", "PIPE", "--format", "wav", "hi"],
    [
      "bench", "-e", "tone", "-N", "1", "--warmup", "0", "--cold", "0", "--json", "PIPE", "--force",
    ],
  ])
  func `a pipe that nobody reads is waited for, in words, until somebody ends it`(
    words: [String]
  ) throws {
    let scratch = try Scratch()
    let pipe = scratch.path("pipe")
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
    let running = try Running(
      words.map { $0 == "PIPE" ? pipe : $0 == "FILE" ? scratch.path("a.wav") : $0 })
    #expect(running.tells("somebody to read from the pipe"))
    running.send(SIGTERM)
    #expect(running.wait().status == 143)
    #expect(scratch.names == ["pipe"])
  }

  @Test func `an empty text may be asked to pass`() throws {
    #expect(try Program.run("stream", "--allow-empty", "-o", "-").status == 0)
  }

  @Test func `a file that is there is kept unless force is used`() throws {
    let scratch = try Scratch()
    let file = scratch.path("a.wav")
    try Data("precious".utf8).write(to: URL(fileURLWithPath: file))
    let refused = try Program.run("say", "-e", "tone", "-o", file, "hi")
    #expect(refused.status == 73)
    #expect(refused.talk.contains(file))
    #expect(try scratch.data("a.wav") == Data("precious".utf8))
    #expect(try Program.run("say", "-e", "tone", "--force", "-o", file, "hi").status == 0)
    #expect(try scratch.data("a.wav").prefix(4) == Data("RIFF".utf8))
  }

  @Test func `a target that cannot be made is named`() throws {
    let scratch = try Scratch()
    for target in [scratch.folder.path, scratch.path("no/such/folder/a.wav")] {
      let result = try Program.run("say", "-e", "tone", "--format", "wav", "-o", target, "hi")
      #expect(result.status == 73)
      #expect(result.talk.contains(target))
    }
    let folder = try Program.run("say", "-e", "tone", "-o", scratch.folder.path, "hi")
    #expect(folder.status == 73)
    #expect(folder.talk.contains("is a directory"))
  }

  @Test(arguments: ["...", "\u{2014}", "\u{3002}", "* * *", "\u{200B}"], ["say", "stream"])
  func `a text of which no sound comes is no success`(text: String, command: String) throws {
    let scratch = try Scratch()
    let file = scratch.path("x.wav")
    let result =
      command == "say"
      ? try Program.run("say", "-e", "tone", "-o", file, "--", text)
      : try Program.run(command, "-e", "tone", "-o", file, input: Data(text.utf8))
    #expect(result.status == 65)
    #expect(result.talk.hasPrefix("kugel: nothing to "))
    #expect(scratch.names.isEmpty)
    let allowed = try Program.run("say", "-e", "tone", "--allow-empty", "-o", file, "--", text)
    #expect(allowed.status == 0)
  }

  @Test func `a full disk is an error of output`() throws {
    let text = String(repeating: "More and more. ", count: 200)
    let result = try Program.run(
      "say", "-e", "tone", "--format", "raw", "-o", "/dev/full", text)
    #expect(result.status == 74)
    #expect(result.talk.contains("/dev/full"))
  }

  @Test func `a reader that goes away ends the run silently`() throws {
    let program = try Running(["say", "-e", "tone", "-o", "-", "-f", "-"])
    program.write(String(repeating: "More and more. ", count: 4_000))
    program.closeInput()
    _ = program.read(atLeast: 1024)
    program.closeOutput()
    let result = program.wait()
    #expect(result.status == 141)
    #expect(result.talk == "")
  }

  @Test func `text that is not UTF-8 is spoken with a warning that names the byte`() throws {
    let result = try Program.run(
      "stream", "-e", "tone", "-o", "-", "--format", "raw", input: Data("abc ".utf8) + [0xFF, 0xFE])
    #expect(result.status == 0)
    #expect(result.talk.contains("byte 4"))
    #expect(result.talk.split(separator: "\n").count == 1)
    #expect(try result.output == toneBytes("abc \u{FFFD}\u{FFFD}"))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal ends the run and what was spoken is a whole file`(signal: Int32) throws {
    let scratch = try Scratch()
    let text = String(repeating: "Spoken before the signal. ", count: 20)
    let expected = try toneBytes(text)
    let program = try Running(["stream", "-e", "tone", "-o", scratch.path("a.wav")])
    program.write(text)
    waitUntil { scratch.size(startingWith: ".a.wav") > 100_000 }
    program.send(signal)
    #expect(program.wait().status == 128 + signal)
    #expect(scratch.names == ["a.wav"])
    let data = try scratch.data("a.wav")
    let sound = data.dropFirst(44)
    #expect(sound.count > 90_000)
    #expect(sound == expected.prefix(sound.count))
    var stated = 0
    for byte in data.subdata(in: 40..<44).reversed() { stated = stated << 8 | Int(byte) }
    #expect(stated == sound.count)
  }

  @Test func `two kinds of data never share standard output`() throws {
    #expect(try Program.run("stream", "--tee", "-o", "-").status == 64)
  }
}

/// Looks again and again, for at most a minute: a busy machine may let a program wait for long.
func waitUntil(_ condition: () -> Bool) {
  let end = Date().addingTimeInterval(60)
  while !condition() && Date() < end { usleep(2000) }
}

extension Scratch {
  /// Bytes of the file whose name starts so; 0 when there is none.
  func size(startingWith prefix: String) -> Int {
    guard let name = names.first(where: { $0.hasPrefix(prefix) }) else { return 0 }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path(name))
    return (attributes?[.size] as? Int) ?? 0
  }
}
