import Foundation
import Testing

private let script = """
  @voice anna = tone:1
  @voice bob  = tone:2

  anna: Hello, 1 < 2 is there?
  bob +(-100ms): It is {me}.
  anna (speed 1.5): Come in.
  """

@Suite struct SubtitleTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func text(_ name: String) throws -> String {
    String(decoding: try scratch.data(name), as: UTF8.self)
  }

  /// Of a WAV file of ours.
  private func milliseconds(_ name: String) throws -> Int {
    try scratch.data(name).dropFirst(44).count / 2 * 1000 / 24_000
  }

  private func clock(_ milliseconds: Int) -> String {
    "00:00:0\(milliseconds / 1000),\(String(milliseconds % 1000 + 1000).dropFirst())"
  }

  @Test(arguments: [["say", "-f"], ["stream"]])
  func `subtitles show the text as it is written, and are as long as the file`(
    words: [String]
  ) throws {
    let written = "**One** is said. Two, _is_ said too.\n\nThree &amp; four.\n"
    let path = scratch.path("text.md")
    try Data(written.utf8).write(to: URL(fileURLWithPath: path))
    let result = try Program.run(
      words + (words.count > 1 ? [path] : []) + [
        "-e", "tone", "-o", scratch.path("a.wav"), "--subs", scratch.path("a.srt"), "--lead-in",
        "500ms",
      ], input: Data(written.utf8))
    #expect(result.status == 0, "\(result.talk)")
    let cues = try text("a.srt").split(separator: "\n\n").map { $0.split(separator: "\n") }
    #expect(
      cues.map { $0.dropFirst(2).joined(separator: " ") } == [
        "One is said.", "Two, is said too.", "Three & four.",
      ])
    #expect(cues.first?[1].hasPrefix("00:00:00,500 --> ") == true)
    #expect(try cues.last?[1].hasSuffix(clock(milliseconds("a.wav"))) == true)
    for (one, two) in zip(cues, cues.dropFirst()) {
      #expect(one[1].suffix(12) == two[1].prefix(12))
    }
  }

  @Test func `nothing stays of subtitles that nothing was said for`() throws {
    for (words, text) in [
      (["multi"], "anna: Who is anna?\n"), (["say", "-v", "nobody"], "Hello."),
    ] {
      let result = try Program.run(
        words + ["-e", "tone", "-o", scratch.path("a.wav"), "--subs", scratch.path("a.vtt")],
        input: Data(text.utf8))
      #expect(result.status != 0)
      #expect(scratch.names.isEmpty, "\(words): \(scratch.names)")
    }
  }

  @Test func `words have cues of their own`() throws {
    let result = try Program.run(
      "say", "-e", "tone", "-o", scratch.path("a.wav"), "--subs", scratch.path("a.vtt"),
      "--subs-by", "word", "One two, three.")
    #expect(result.status == 0, "\(result.talk)")
    let lines = try text("a.vtt").split(separator: "\n")
    #expect(lines.first == "WEBVTT")
    #expect(lines.filter { !$0.contains("-->") }.dropFirst() == ["One", "two,", "three."])
  }

  @Test func `speakers are told apart`() throws {
    for kind in ["vtt", "ass"] {
      let result = try Program.run(
        [
          "multi", "-o", scratch.path("\(kind).wav"), "--subs", scratch.path("a.\(kind)"),
        ], input: Data(script.utf8))
      #expect(result.status == 0, "\(result.talk)")
    }
    let cues = try text("a.vtt").split(separator: "\n\n").dropFirst()
      .map { $0.split(separator: "\n").dropFirst().joined(separator: " ") }
    #expect(
      cues == ["<v anna>Hello, 1 &lt; 2 is there?", "<v bob>It is {me}.", "<v anna>Come in."])
    let styles = try text("a.ass").split(separator: "\n")
    #expect(styles.filter { $0.hasPrefix("Style: ") }.count == 3)
    #expect(styles.filter { $0.contains(",anna,anna,") }.count == 2)
    #expect(styles.last { $0.contains(",bob,bob,") }?.hasSuffix("It is \\{me\\}.") == true)
  }

  @Test(arguments: [
    (["--subs", "a.txt"], 64, "no kind of subtitles is known"),
    (["--subs-width", "30"], 64, "--subs-width is about subtitles"),
    (["--subs", "there.srt"], 73, "it exists"),
    (["--subs", "nowhere/a.srt"], 73, "cannot create"),
  ])
  func `what cannot be is told`(words: [String], status: Int32, message: String) throws {
    try Data("mine".utf8).write(to: scratch.folder.appendingPathComponent("there.srt"))
    let named = words.map { $0.contains(".") ? scratch.path($0) : $0 }
    let result = try Program.run(
      ["say", "-e", "tone", "-o", scratch.path("b.wav")] + named + ["Hello"])
    #expect(result.status == status)
    #expect(result.talk.contains(message), "\(result.talk)")
    #expect(try text("there.srt") == "mine")
  }
}
