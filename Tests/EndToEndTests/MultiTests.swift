import Foundation
import KugelJobs
import Testing

/// Samples of a WAV file of ours, without its header.
private func samples(_ data: Data) -> [Int16] {
  let bytes = Array(data.dropFirst(44))
  return stride(from: 0, to: bytes.count - 1, by: 2).map {
    Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
  }
}

/// Sounds put on a time line from the end of the last one on.
private struct Track {
  var samples: [Int16] = []

  mutating func add(_ sound: [Int16], at start: Int) {
    let missing = start + sound.count - samples.count
    if missing > 0 { samples += [Int16](repeating: 0, count: missing) }
    for (offset, sample) in sound.enumerated() { samples[start + offset] += sample }
  }
}

private let dialogue = """
  # A dialogue with everything that can be in one.
  @title The visit
  @voice anna = tone:1
  @voice bob  = tone:2, volume 0dB
  @gap 100ms

  anna: Now both
        of us.
  bob (softly) +(-150ms): At once!
  [mark after]
  [pause 300ms]
  anna: The end.
  """

@Suite struct MultiTests {
  @Test func `the mix is the sum of the stems, and those are the voices bit by bit`() throws {
    let scratch = try Scratch()
    let result = try Program.run(
      ["multi", "-o", scratch.path("mix.wav"), "--stems", scratch.path("s"), "--lines"]
        + [scratch.path("l")], input: Data(dialogue.utf8))
    #expect(result.status == 0, "\(result.talk)")
    let (first, second) = (try tone("Now both\nof us.", voice: 1), try tone("At once!", voice: 2))
    let third = try tone("The end.", voice: 1)
    var (anna, bob, mix) = (Track(), Track(), Track())
    let at = first.count - 3600
    let end = at + second.count + 7200
    for (sound, start) in [(first, 0), (third, end)] { anna.add(sound, at: start) }
    bob.add(second, at: at)
    bob.add([Int16](repeating: 0, count: third.count), at: end)
    for track in [anna, bob] { mix.add(track.samples, at: 0) }
    #expect(try samples(scratch.data("s/anna.wav")) == anna.samples)
    #expect(try samples(scratch.data("s/bob.wav")) == bob.samples)
    #expect(try samples(scratch.data("mix.wav")) == mix.samples)
    #expect(try samples(scratch.data("l/0002-bob.wav")) == second)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("l")).sorted()
    #expect(names == ["0001-anna.wav", "0002-bob.wav", "0003-anna.wav"])
  }

  @Test func `over a service the mix is the same, with engines of this process beside it`() throws {
    let server = try Running(["serve", "-e", "tone", "--listen", "127.0.0.1:0"])
    let url = try address(of: server)
    let scratch = try Scratch()
    let script = """
      @voice near = tone:1
      @voice far = kugel:2
      @voice other = 3
      @voice person = espeak:en-us
      @gap 0
      near: In this process.
      far: Behind a socket.
      other: In a context of my own.
      far (speed 1.1): Faster now.
      near: And back.
      person: Hello.
      """
    let result = try Program.run(
      ["multi", "-e", "kugel", "--url", url, "-o", scratch.path("mix.wav"), "--stems"]
        + [scratch.path("s")], input: Data(script.utf8))
    #expect(result.status == 0, "\(result.talk)")
    var expected = try tone("In this process.", voice: 1)
    expected += try tone("Behind a socket.", voice: 2)
    expected += try tone("In a context of my own.", voice: 3)
    expected += try tone("Faster now.", voice: 2, speed: 1.1)
    expected += try tone("And back.", voice: 1)
    let mix = try samples(scratch.data("mix.wav"))
    #expect(Array(mix.prefix(expected.count)) == expected)
    #expect(mix.count > expected.count + 4000)
    #expect(try samples(scratch.data("s/person.wav")).contains { $0 != 0 })
    server.send(SIGTERM)
    #expect(server.wait().status == 0)
  }

  @Test func `more speakers than a service has places all speak, in order`() throws {
    let server = try Running(["serve", "-e", "tone", "--listen", "127.0.0.1:0"])
    let url = try address(of: server)
    let scratch = try Scratch()
    var script = "@gap 0\n"
    var expected: [Int16] = []
    for number in 1...45 { script += "@voice v\(number) = \(number % 20 + 1)\n" }
    for number in 1...45 {
      script += "v\(number): Speaker \(number).\n"
      expected += try tone("Speaker \(number).", voice: number % 20 + 1)
    }
    script += "v1: Once more.\n"
    expected += try tone("Once more.", voice: 2)
    let result = try Program.run(
      "multi", "-e", "kugel", "--url", url, "-o", scratch.path("mix.wav"), input: Data(script.utf8))
    #expect(result.status == 0, "\(result.talk)")
    #expect(try samples(scratch.data("mix.wav")) == expected)
    server.send(SIGTERM)
    #expect(server.wait().status == 0)
  }

  @Test func `a check lists the speakers, and JSON lines speak as the script they come from`()
    throws
  {
    let scratch = try Scratch()
    try Data(dialogue.utf8).write(to: scratch.folder.appendingPathComponent("play.txt"))
    let check = try Program.run("multi", "--check", scratch.path("play.txt"))
    #expect(check.status == 0)
    let rows = String(decoding: check.output, as: UTF8.self).split(separator: "\n")
    let cells = rows.dropFirst().map { $0.split(separator: " ").dropLast().joined(separator: " ") }
    #expect(rows.first == "The visit")
    #expect(cells == ["SPEAKER VOICE LINES WORDS", "anna tone:1 2 6", "bob tone:2 1 2", "3 8"])
    let converted = try Program.run("multi", "--to-jsonl", scratch.path("play.txt"))
    #expect(converted.status == 0)
    let again = try Program.run("multi", "-o", "-", "--format", "raw", input: converted.output)
    let once = try Program.run(
      "multi", "-o", "-", "--format", "raw", scratch.path("play.txt"))
    #expect(again.output == once.output)
    #expect(!once.output.isEmpty)
  }

  @Test func `an error shows its place, and nothing is spoken of a file that has one`() throws {
    let scratch = try Scratch()
    let path = scratch.path("play.txt")
    try Data("@voice anna = tone:1\nanna: Hello.\nana +(soon): Who?\n".utf8)
      .write(to: scratch.folder.appendingPathComponent("play.txt"))
    let result = try Program.run("multi", "-o", scratch.path("mix.wav"), path)
    #expect(result.status == 65)
    #expect(
      result.talk.contains("\(path):3:7: an offset takes a time such as 800ms, 1.5s, 5m or 1h"))
    #expect(result.talk.contains("\n  ana +(soon): Who?\n        ^"))
    #expect(scratch.names == ["play.txt"])
    let unknown = try Program.run("multi", "--check", input: Data("bob: Hi.\n".utf8))
    #expect(unknown.status == 65)
    #expect(unknown.talk.contains("standard input:1:1: there is no voice for bob"))
  }

  @Test func `names without a voice are cast, and the cast can be put into the script`() throws {
    let script = "bob: Hi.\nanna: Hello.\nbob: How are you?\n"
    let cast = try Program.run(
      "multi", "-e", "tone", "--cast", "--check", input: Data(script.utf8))
    #expect(cast.status == 0)
    let lines = String(decoding: cast.output, as: UTF8.self).split(separator: "\n")
    let declared = lines.prefix { $0.hasPrefix("@voice") }.joined(separator: "\n")
    #expect(declared.contains("@voice bob = tone:") && declared.contains("@voice anna = tone:"))
    let spoken = try Program.run(
      "multi", "-o", "-", "--format", "raw", input: Data((declared + "\n" + script).utf8))
    let direct = try Program.run(
      "multi", "-e", "tone", "--cast", "-o", "-", "--format", "raw", input: Data(script.utf8))
    #expect(spoken.status == 0)
    #expect(spoken.output == direct.output)
  }

  @Test func `a line from a pipe is spoken before the script ends`() throws {
    let program = try Running(["multi", "-o", "-", "--format", "raw"])
    // A line is known when the next begins, and heard to its end when that may not overlap it.
    program.write("@voice a = tone:1\n@gap 0\na: One.\na: Two.\na: Three.\na: Four")
    let first = try toneBytes("One.")
    #expect(program.read(atLeast: first.count).prefix(first.count) == first)
    program.write(" words.\n")
    program.closeInput()
    let result = program.wait()
    #expect(result.status == 0)
    let expected = try ["One.", "Two.", "Three.", "Four words."].map { try toneBytes($0) }
    #expect(result.output == expected.reduce(Data(), +))
  }

  @Test func `a panned mix has two channels, with the speakers beside one another`() throws {
    let scratch = try Scratch()
    let script = """
      @voice a = tone:1, pan left
      @voice b = tone:2, pan right
      @gap 0
      a: Left.
      b: Right.
      """
    let result = try Program.run(
      "multi", "--pan", "-o", scratch.path("mix.wav"), input: Data(script.utf8))
    #expect(result.status == 0, "\(result.talk)")
    let mix = samples(try scratch.data("mix.wav"))
    let (a, b) = (try tone("Left.", voice: 1), try tone("Right.", voice: 2))
    let silence = { (count: Int) in [Int16](repeating: 0, count: count) }
    #expect(stride(from: 0, to: mix.count, by: 2).map { mix[$0] } == a + silence(b.count))
    #expect(stride(from: 1, to: mix.count, by: 2).map { mix[$0] } == silence(a.count) + b)
  }

  @Test func `a sound file is mixed in, and one that is missing is told with its line`() throws {
    let scratch = try Scratch()
    let bell = try Program.run("say", "-e", "tone", "-o", scratch.path("bell.wav"), "Ding dong.")
    #expect(bell.status == 0)
    let script = "@voice a = tone:2\n@gap 0\na: Listen.\n[sound \(scratch.path("bell.wav"))]\n"
    let result = try Program.run(
      "multi", "-o", scratch.path("mix.wav"), input: Data(script.utf8))
    #expect(result.status == 0, "\(result.talk)")
    let expected = try tone("Listen.", voice: 2) + tone("Ding dong.", voice: 1)
    #expect(try samples(scratch.data("mix.wav")) == expected)
    try Data((script + "[sound none.wav]\n").utf8)
      .write(to: scratch.folder.appendingPathComponent("play.txt"))
    let missing = try Program.run("multi", "-o", scratch.path("no.wav"), scratch.path("play.txt"))
    #expect(missing.status == 65)
    #expect(missing.talk.contains("play.txt:5:1: the sound cannot be read"))
  }

  @Test func `INT ends all voices, and the file keeps what was spoken`() throws {
    let program = try Running(["multi", "-e", "tone", "--pace", "realtime", "-o", "-"])
    program.write("@voice a = 1\n@voice b = 2\n")
    for _ in 0..<50 { program.write("a: A long line of words.\nb +(-0.1s): And another one.\n") }
    _ = program.read(atLeast: 20_000)
    program.send(SIGINT)
    let result = program.wait()
    #expect(result.status == 130)
    #expect(result.output.prefix(4) == Data("RIFF".utf8))
  }

  private func tone(_ text: String, voice: Int, speed: Double = 1) throws -> [Int16] {
    let bytes = Array(try toneBytes(text, voice: voice, speed: speed))
    return stride(from: 0, to: bytes.count, by: 2).map {
      Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
    }
  }

  private func address(of server: Running) throws -> String {
    var address = Data()
    while address.last != UInt8(ascii: "\n") {
      let more = server.read(atLeast: address.count + 1)
      try #require(more.count > address.count)
      address = more
    }
    return String(decoding: address.dropLast(), as: UTF8.self)
  }
}
