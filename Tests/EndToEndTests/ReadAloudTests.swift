import Foundation
import Testing

/// What the built program makes of texts that are meant for eyes.
@Suite struct ReadAloudTests {
  private func printed(
    _ words: [String], input: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let result = try Program.run(
      [words[0], "--print"] + words.dropFirst(), input: input.map { Data($0.utf8) })
    #expect(result.status == 0, "\(result.talk)", sourceLocation: sourceLocation)
    return String(decoding: result.output, as: UTF8.self)
  }

  @Test(arguments: [
    ("\u{1B}[31mError\u{1B}[0m", "Error\n"),
    ("\u{1B}]0;title\u{7}Done.", "Done.\n"),
    ("𝐂𝐨𝐝𝐞 and ｆｕｌｌ", "Code and full\n"),
    ("ha\u{308}lt", "hält\n"),
    ("Hel\u{200B}lo", "Hello\n"),
    ("**Bread** and *butter*", "Bread and butter\n"),
    ("## Ingredients\nFlour.", "Ingredients.\n\nFlour.\n"),
    ("<think>Hm.</think>Yes.", "Yes.\n"),
    ("See https://www.example.com/a?b=1 now", "See example dot com now\n"),
    ("Fine 👍 then", "Fine then\n"),
    ("Replace <your-name> with it.", "Replace your-name with it.\n"),
    ("Press <Enter>: a < b", "Press Enter: a less than b\n"),
    ("A <b>bold</b> word<br>next", "A bold word\nnext\n"),
    ("Wait<break time=\"1s\"/> here", "Wait<break time=\"1s\"/> here\n"),
    ("It costs $3.50 today.", "It costs three dollars and fifty cents today.\n"),
  ])
  func `a stream is read aloud`(written: String, said: String) throws {
    #expect(try printed(["stream", "-e", "espeak"], input: written) == said)
  }

  @Test(arguments: [
    (["-f", "a.txt"], "*One* 😀 two", "*One* two\n"),
    (["-f", "a.md"], "*One* 😀 two", "One two\n"),
    (["-f", "a.txt", "--filter", "markdown"], "*One* 😀 $3", "One 😀 $3\n"),
    (["-f", "a.txt", "--filter", "none"], "*One* 😀 $3", "*One* 😀 $3\n"),
    (["-f", "a.md", "--raw-text"], "*One* e\u{301} 😀", "*One* e\u{301} 😀\n"),
    (["-f", "a.md", "--code", "skip"], "A\n\n```\nx\n```\nB", "A\n\nB\n"),
    (["-f", "a.md", "--code", "say"], "A\n\n```\nx\n```\nB", "A\n\nx\n\n\nB\n"),
    (["-f", "a.md", "--tables", "name"], "|a|b|\n|-|-|\n|c|d|\n", "Table, 2 columns.\n\n"),
    (["-f", "a.txt", "--links", "skip"], "Read https://x.example/y now", "Read now\n"),
    (["-f", "a.txt", "--links", "label"], "At https://x.example/y now", "At link now\n"),
    (["-f", "a.txt", "--emoji", "name"], "A 👍 b", "A thumbs up b\n"),
    (["-f", "a.txt"], "At 3 km", "At three kilometres\n"),
    (
      ["-f", "a.txt", "-l", "en-gb"], "On 4/5/2024.",
      "On the fourth of May twenty twenty-four.\n"
    ),
    (
      ["-f", "a.txt", "-v", "en-us", "-l", "en-gb"], "By the 4/5/2024.",
      "By the fourth of May twenty twenty-four.\n"
    ),
    (["-f", "a.txt", "-v", "en-us", "-l", "de"], "Noch 3 km", "Noch drei Kilometer\n"),
    (["-f", "a.txt", "-v", "en-us"], "On 4/5/2024.", "On April fifth twenty twenty-four.\n"),
    (["-f", "a.txt", "-l", "pt-pt"], "São 17 km.", "São dezassete quilómetros.\n"),
    (["-f", "a.txt", "-l", "pt-br"], "São 17 km.", "São dezessete quilômetros.\n"),
    (["-f", "a.txt"], "A List&lt;String&gt; here", "A List String here\n"),
    (["-f", "a.txt", "--no-normalize"], "At 3 km", "At 3 km\n"),
    (
      ["-f", "a.txt", "--pause", "sentence=300,paragraph=1s"], "One. Two.\n\nThree.",
      "One.<break time=\"300ms\"/> Two.<break time=\"300ms\"/>\n\n<break time=\"700ms\"/>Three."
        + "<break time=\"1000ms\"/>\n"
    ),
  ])
  func `a file is read as it was asked for`(
    options: [String], written: String, said: String
  ) throws {
    let scratch = try Scratch()
    let words = options.map { $0.hasPrefix("a.") ? scratch.path($0) : $0 }
    let file = try #require(words.first { $0.hasPrefix("/") })
    try Data(written.utf8).write(to: URL(fileURLWithPath: file))
    #expect(try printed(["say", "-e", "espeak"] + words) == said)
  }

  @Test func `words on the command line are text, with their brackets`() throws {
    let say = ["say", "-e", "espeak"]
    #expect(
      try printed(say + ["--", "Replace <your-name> with it."]) == "Replace your-name with it.\n")
    #expect(try printed(say + ["List<String>", "**is**", "it"]) == "List String **is** it\n")
  }

  @Test func `a lexicon says words as it has them, from the configuration too`() throws {
    let scratch = try Scratch()
    let (one, two) = (scratch.path("one.lex"), scratch.path("two.lex"))
    try Data("kugel = ball\nSQL = sequel\n".utf8).write(to: URL(fileURLWithPath: one))
    try Data("# mine\n[de]\nSQL = Es Ku El\n[*]\nkugel = sphere\n".utf8)
      .write(to: URL(fileURLWithPath: two))
    let words = ["say", "-e", "tone", "--lexicon", one, "--lexicon", two]
    #expect(try printed(words + ["Kugel", "and", "SQL"]) == "sphere and sequel\n")
    #expect(try printed(words + ["-l", "de", "SQL"]) == "Es Ku El\n")
    let configuration = scratch.path("config")
    try Data("lexicon = \(one)\nfilter = none\n".utf8)
      .write(to: URL(fileURLWithPath: configuration))
    #expect(
      try printed(["say", "-e", "espeak", "--config", configuration, "kugel", "3 km"])
        == "ball 3 km\n")
    try Data("no sound\n".utf8).write(to: URL(fileURLWithPath: one))
    let wrong = try Program.run(words + ["--print", "x"])
    #expect(wrong.status == 65 && wrong.talk.contains("one.lex:1:"))
    #expect(try Program.run("say", "--lexicon", scratch.path("none"), "--print", "x").status == 66)
  }

  @Test func `no service and no key is needed to print`() throws {
    #expect(
      try printed(["stream", "-e", "kugel"], input: "**Hi** <spell>AB</spell> $3")
        == "Hi <spell>AB</spell> $3\n")
    let nothing = try Program.run(["stream", "--print"], input: Data("<think>no".utf8))
    #expect(nothing.status == 65)
    #expect(nothing.talk.contains("warning") && nothing.talk.contains("nothing to say"))
  }

  @Test func `UTF-16 is text, other bytes are refused`() throws {
    let scratch = try Scratch()
    let file = scratch.folder.appendingPathComponent("a.txt")
    let text = "Café au lait."
    try #require(text.data(using: .utf16)).write(to: file)
    #expect(try printed(["say", "-e", "tone", "-f", file.path]) == text + "\n")
    try #require(text.data(using: .utf16LittleEndian)).write(to: file)
    let guessed = try Program.run("say", "-e", "tone", "-f", file.path, "--print")
    #expect(String(decoding: guessed.output, as: UTF8.self) == text + "\n")
    #expect(guessed.talk.contains("UTF-16LE"))
    let zip: [UInt8] = [0x50, 0x4B, 3, 4, 20, 0, 0, 0]
    try Data(zip).write(to: file)
    for words in [["say", "-f", file.path], ["multi", file.path]] {
      let refused = try Program.run(words + ["-e", "tone", "-o", scratch.path("x.wav")])
      #expect(refused.status == 65)
      #expect(refused.talk.contains("not text"))
    }
    let piped = try Program.run(
      ["stream", "-e", "tone", "-o", scratch.path("x.wav")], input: Data(zip))
    #expect(piped.status == 65)
  }

  private struct Event: Decodable {
    var ev: String
    var word: String?
    var from: Int?
    var to: Int?

    enum CodingKeys: String, CodingKey {
      case ev, word
      case from = "source_from"
      case to = "source_to"
    }

    var source: Range<Int>? { from.flatMap { from in to.map { from..<$0 } } }
  }

  private func events(_ data: Data) throws -> [Event] {
    try data.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Event.self, from: $0)
    }
  }

  @Test(arguments: ["stream", "session"])
  func `events tell places in the text as it was written`(command: String) throws {
    let scratch = try Scratch()
    let text = "<think>so</think>**One** costs $3, *two*.\n"
    let result = try Program.run(
      [
        command, "-e", "tone", "--filter", "think,markdown,numbers", "-o", scratch.path("a.wav"),
        "--events", scratch.path("e.jsonl"),
      ],
      input: Data(text.utf8))
    #expect(result.status == 0)
    let scalars = Array(text.unicodeScalars)
    let words = try events(try scratch.data("e.jsonl")).filter { $0.ev == "word" }.compactMap {
      event in
      event.source.map { "\(event.word ?? "")=\(String(String.UnicodeScalarView(scalars[$0])))" }
    }
    #expect(words == ["One=One", "costs=costs", "three=$3", "dollars,=$3,", "two.=two*."])
  }

  @Test func `what is spoken is copied on, as the voice gets it`() throws {
    let scratch = try Scratch()
    let result = try Program.run(
      ["stream", "-e", "tone", "--tee=spoken", "-o", scratch.path("a.wav")],
      input: Data("# Head\n\n**One** two.\n\n- three".utf8))
    #expect(result.status == 0)
    #expect(String(decoding: result.output, as: UTF8.self) == "Head.\n\nOne two.\n\nthree.\n")
  }

  @Test func `it is copied in step with the voice`() throws {
    let scratch = try Scratch()
    let program = try Running([
      "stream", "-e", "tone", "--tee=spoken", "-o", scratch.path("a.wav"),
    ])
    program.write("**One** two. Three")
    #expect(program.says("One two."))
    #expect(!program.said("Three"))
    program.closeInput()
    #expect(String(decoding: program.wait().output, as: UTF8.self) == "One two. Three")
  }

  @Test func `lines of a script are said as they stand, and otherwise on demand`() throws {
    let scratch = try Scratch()
    let script = "@voice anna = tone:\nanna: *Hi* <you> for $3.\n"
    func words(_ options: [String]) throws -> [String] {
      let result = try Program.run(
        ["multi", "-o", scratch.path("a.wav"), "--force", "--events", scratch.path("e.jsonl")]
          + options, input: Data(script.utf8))
      #expect(result.status == 0, "\(result.talk)")
      return try events(try scratch.data("e.jsonl")).compactMap { event in
        event.ev == "word" ? "\(event.word ?? "") \(event.source ?? 0..<0)" : nil
      }
    }
    #expect(
      try words([]) == ["*Hi* 0..<4", "you 6..<9", "for 11..<14", "$3. 15..<18"])
    #expect(
      try words(["--filter", "markdown,numbers"])
        == ["Hi 1..<3", "you 6..<9", "for 11..<14", "three 15..<17", "dollars. 15..<18"])
  }
}
