import Foundation
import Testing

/// What `multi` shares with the other speaking commands.
@Suite struct MultiOptionTests {
  private struct Event {
    let fields: [String: Any]
    var kind: String { fields["ev"] as? String ?? "" }
    var speaker: String? { fields["ctx"] as? String }
    var turn: Int? { fields["turn"] as? Int }
    var line: Int? { fields["line"] as? Int }
  }

  private func events(_ data: Data) -> [Event] {
    data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        .map { Event(fields: $0) }
    }
  }

  private let script = """
    @voice anna = kugel:1
    @voice bob = kugel:2
    @gap 0
    anna: One two.
    bob: Three.
    anna (speed 1.1): Four.
    """

  @Test func `events tell of each speaker: words, what was heard and what it cost`() throws {
    let server = try ServedEngine()
    let scratch = try Scratch()
    let result = try Program.run(
      ["multi", "-o", scratch.path("mix.wav"), "--events", scratch.path("events")] + server.words,
      input: Data(script.utf8))
    #expect(result.status == 0, "\(result.talk)")
    let all = events(try scratch.data("events"))
    #expect(all.first?.kind == "start" && all.last?.kind == "end")
    let ends = all.filter { $0.kind == "turn.end" }.sorted { ($0.turn ?? 0) < ($1.turn ?? 0) }
    #expect(ends.map(\.speaker) == ["anna", "bob", "anna/2"])
    #expect(ends.map(\.turn) == [1, 2, 3])
    #expect(ends.map(\.line) == [4, 5, 6])
    for end in ends {
      let heard = all.filter { $0.kind == "heard" && $0.turn == end.turn }
      #expect(heard.compactMap { $0.fields["position"] as? Int } == [end.fields["samples"] as? Int])
    }
    let words = all.filter { $0.kind == "word" }
    #expect(
      words.filter { $0.speaker == "anna" }.compactMap { $0.fields["word"] as? String }.count == 2)
    let first = try #require(words.first { $0.speaker == "bob" })
    // The lines stand one below the other.
    #expect(first.fields["source_from"] as? Int == 9)
    let closed = all.filter { $0.kind == "usage" && $0.turn == nil }
    #expect(Set(closed.compactMap(\.speaker)) == ["anna", "bob", "anna/2"])
    #expect(
      all.filter { $0.kind == "contexts" }.compactMap { $0.fields["active"] as? Int }.max() == 3)
    #expect(all.contains { $0.kind == "file" && $0.fields["state"] as? String == "complete" })
  }

  @Test func `events tell of every file: the mix, each speaker's track, each line`() throws {
    let scratch = try Scratch()
    let script = "@voice a = tone:1\n@voice b = tone:2\n@gap 0\na: One.\nb: Two.\na: Three.\n"
    let result = try Program.run(
      ["multi", "-o", scratch.path("mix.wav"), "--stems", scratch.path("s"), "--lines"]
        + [scratch.path("l"), "--events", scratch.path("events")], input: Data(script.utf8))
    #expect(result.status == 0, "\(result.talk)")
    let files = events(try scratch.data("events")).filter { $0.kind == "file" }
    let told = files.map { file in
      let name = (file.fields["path"] as? String ?? "").dropFirst(scratch.path("").count + 1)
      let numbers = [file.turn, file.line].map { $0.map(String.init) ?? "-" }
      return ([String(name), file.speaker ?? "-"] + numbers).joined(separator: " ")
    }
    #expect(
      told.sorted() == [
        "l/0001-a.wav a 1 4", "l/0002-b.wav b 2 5", "l/0003-a.wav a 3 6", "mix.wav - - -",
        "s/a.wav a - -", "s/b.wav b - -",
      ])
    #expect(files.allSatisfy { $0.fields["state"] as? String == "complete" })
    let lengths = Dictionary(
      uniqueKeysWithValues: zip(told, files.map { $0.fields["duration"] as? Double ?? 0 }))
    #expect(lengths["s/a.wav a - -"] == lengths["mix.wav - - -"])
    let lines = lengths.filter { $0.key.hasPrefix("l/") }.values.reduce(0, +)
    #expect(abs(lines - (lengths["mix.wav - - -"] ?? 0)) < 1)
  }

  @Test func `scripts set what the engine of the speaker takes, and are told where not`() throws {
    let server = try ServedEngine()
    let scratch = try Scratch()
    let result = try Program.run(
      ["multi", "-V", "-o", scratch.path("mix.wav")] + server.words,
      input: Data(
        """
        @voice a = kugel:1, temperature 0.2, max_buffer_length 40
        @voice b = kugel:2
        a: One.
        b (normalize off): Two.
        b: Three.
        """.utf8))
    #expect(result.status == 0, "\(result.talk)")
    for (line, place, words) in [
      ("@voice a = tone:1, cfg_scale 2", "1", "cfg_scale means nothing to tone"),
      ("@voice a = tone:1\na (temperature 0.2): Hi.", "2", "temperature means nothing to tone"),
      ("@voice a = kugel:1, cfg_scale 3", "1:21", "cfg_scale takes a number from 1.2 to 2.5"),
    ] {
      let refused = try Program.run("multi", "--check", input: Data((line + "\n").utf8))
      #expect(refused.status == 65, "\(refused.talk)")
      #expect(refused.talk.contains(words), "\(refused.talk)")
      #expect(refused.talk.contains(":\(place)"), "\(refused.talk)")
    }
  }

  @Test func `who wants to know much is told of the speakers and their contexts`() throws {
    let server = try ServedEngine()
    let result = try Program.run(
      ["multi", "-V", "-o", "/dev/null", "--format", "raw"] + server.words, input: Data(script.utf8)
    )
    #expect(result.status == 0, "\(result.talk)")
    #expect(result.talk.contains("contexts are open"))
    #expect(result.talk.contains("anna: turn 1 complete"))
    #expect(result.talk.contains("bob: closed; the service counts"))
  }

  @Test func `options are for speakers that say nothing else`() throws {
    let script = """
      @voice plain = tone:
      @voice own = tone:5, speed 1
      @gap 0
      plain: Plain.
      own: Mine.
      """
    let result = try Program.run(
      "multi", "-e", "tone", "-v", "3", "--speed", "2", "-o", "-", "--format", "raw",
      input: Data(script.utf8))
    #expect(result.status == 0, "\(result.talk)")
    #expect(
      result.output
        == (try toneBytes("Plain.", voice: 3, speed: 2)) + (try toneBytes("Mine.", voice: 5)))
    let rate = try Program.run(
      "multi", "-e", "kugel", "-x", "sample_rate=16000", "--check", input: Data(script.utf8))
    #expect(rate.status == 64)
    #expect(rate.talk.contains("sample_rate means nothing to kugel multi"))
  }

  @Test func `away from a terminal each line is printed with its speaker when it is heard`() throws
  {
    let script = "@voice a = tone:1\n@voice b = tone:2\na: Hello there. Again.\nb: Yes.\n"
    let result = try Program.run(
      "multi", "-q", "-i", "-a", "null", "--queue", "mix", input: Data(script.utf8))
    #expect(result.status == 0)
    let lines = result.talk.split(separator: "\n").map(String.init)
    #expect(lines.first?.hasPrefix("a: Hello there.") == true)
    #expect(lines.last == "b: Yes.")
  }
}
