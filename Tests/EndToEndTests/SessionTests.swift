import Foundation
import Testing

@Suite struct SessionTests {
  @Test func `a script is carried out line by line`() throws {
    let scratch = try Scratch()
    let lines = [
      "Hello world.", "", "/expect chars = 13", "/nonsense", "/save \(scratch.path("b.wav"))",
      "/say Good bye.", "/wait heard", "/save off",
    ]
    let result = try Program.run(
      ["session", "-e", "tone", "-o", scratch.path("a.wav")],
      input: Data(lines.map { $0 + "\n" }.joined().utf8))
    // A line was wrong.
    #expect(result.status == 1)
    #expect(
      kinds(result.output) == [
        "turn 1 started", "turn 1 first-sound", "turn 1 done", "turn 1 heard",
        "expect chars =", "error line 4:", "recording \(scratch.path("b.wav"))", "turn 2 started",
        "turn 2 first-sound", "turn 2 done", "turn 2 heard", "recording off", "session turns=2",
      ])
    #expect(try scratch.data("a.wav").dropFirst(44) == toneBytes("Hello world. Good bye."))
    #expect(try scratch.data("b.wav").dropFirst(44) == toneBytes("Good bye."))
  }

  @Test func `another language is another voice, where a voice speaks one`() throws {
    let scratch = try Scratch()
    let lines = ["/set lang=de", "/say Guten Tag, meine Damen.", "/set lang=tlh"]
    let result = try Program.run(
      ["session", "-e", "espeak", "-o", scratch.path("a.wav")],
      input: Data(lines.map { $0 + "\n" }.joined().utf8))
    #expect(result.status == 1)
    #expect(String(decoding: result.output, as: UTF8.self).contains("no voice for the language"))
    for (language, isSame) in [("de", true), ("en-us", false)] {
      let file = "\(language).wav"
      _ = try Program.run(
        "say", "-e", "espeak", "-l", language, "-o", scratch.path(file), "Guten Tag, meine Damen.")
      #expect(try (scratch.data(file).count == scratch.data("a.wav").count) == isSame)
    }
  }

  /// The first words of each line, without figures.
  private func kinds(_ output: Data) -> [String] {
    String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let count =
        switch words.first {
        case "session", "recording": 2
        default: 3
        }
      return words.prefix(count).joined(separator: " ")
    }
  }

  @Test func `a program gets its ids back, one object a line`() throws {
    let requests = [
      #"{"op":"say","text":"Hello.","id":"a"}"#, #"{"op":"dance","id":7}"#,
      #"{"op":"wait","for":"heard","id":8}"#,
    ]
    let result = try Program.run(
      ["session", "-e", "tone", "--jsonl", "-o", "/dev/null", "--format", "raw"],
      input: Data(requests.map { $0 + "\n" }.joined().utf8))
    let objects = try result.output.split(separator: UInt8(ascii: "\n")).map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    }
    let names = objects.map { "\($0["ev"] ?? "")" }
    #expect(names.first == "reply")
    #expect(names.contains("turn.end"))
    #expect(objects.contains { $0["ev"] as? String == "error" && $0["id"] as? Int == 7 })
    #expect(objects.contains { $0["ev"] as? String == "reply" && $0["id"] as? Int == 8 })
    #expect(objects.contains { $0["ev"] as? String == "turn.begin" && $0["id"] as? String == "a" })
  }

  @Test func `events end with the end, also when nothing could be said`() throws {
    let scratch = try Scratch()
    let file = scratch.path("events.jsonl")
    let spoken = try Program.run(
      "say", "-e", "tone", "-o", scratch.path("a.wav"), "--events", file, "Hello world.")
    #expect(spoken.status == 0)
    #expect(try lastEvent(scratch) == ["end", "0"])
    let failed = try Program.run(
      "say", "-e", "tone", "--force", "-o", scratch.path("no/a.wav"), "--events", file,
      "Hello world.")
    #expect(failed.status == 73)
    #expect(try lastEvent(scratch) == ["end", "73"])
  }

  private func lastEvent(_ scratch: Scratch) throws -> [String] {
    let lines = try scratch.data("events.jsonl").split(separator: UInt8(ascii: "\n"))
    let last = try JSONSerialization.jsonObject(with: Data(try #require(lines.last)))
    let object = try #require(last as? [String: Any])
    return ["\(object["ev"] ?? "")", "\(object["exit"] ?? "")"]
  }

  @Test func `two kinds of data never share standard output`() throws {
    for words in [
      ["session", "-o", "-"], ["session", "--events", "-"],
      ["say", "-o", "-", "--events", "-", "hi"], ["stream", "--tee", "--events", "-"],
    ] {
      #expect(try Program.run(words).status == 64)
    }
  }
}
