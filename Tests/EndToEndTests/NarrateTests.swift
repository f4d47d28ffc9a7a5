import Foundation
import Testing

/// Samples of a WAV file of ours, without its header.
private func sound(_ data: Data) -> Data { data.dropFirst(44) }

private let menu = """
  name,text,voice
  one,Press one to go on.,tone-1
  two,"Press two, to leave.",tone-2
  """

@Suite struct NarrateTests {
  private let scratch: Scratch
  private var folder: String { scratch.path("out") }
  private var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
  }

  init() throws { scratch = try Scratch() }

  private func narrate(_ words: String..., input: String? = nil) throws -> Program.Result {
    try Program.run(
      ["narrate", "-e", "tone", "-O", folder] + words, input: input.map { Data($0.utf8) })
  }

  private func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: scratch.folder.appendingPathComponent(name))
    return scratch.path(name)
  }

  private func modified(_ name: String) throws -> Date? {
    let path = "\(folder)/\(name)"
    return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }

  @Test func `each line of a list becomes a file, bit by bit as it is said`() throws {
    let result = try narrate(input: "Hello there.\n\nGood bye, all of you.\n")
    #expect(result.status == 0, "\(result.talk)")
    #expect(names == ["1-hello-there.wav", "2-good-bye-all-of-you.wav", "kugel-manifest.jsonl"])
    #expect(try sound(scratch.data("out/1-hello-there.wav")) == toneBytes("Hello there."))
    let second = try scratch.data("out/2-good-bye-all-of-you.wav")
    #expect(try sound(second) == toneBytes("Good bye, all of you."))
  }

  @Test func `an item has the voice that the list gives it`() throws {
    let list = try write(menu, to: "menu.csv")
    let result = try narrate(list)
    #expect(result.status == 0, "\(result.talk)")
    #expect(names == ["kugel-manifest.jsonl", "one.wav", "two.wav"])
    let two = try sound(scratch.data("out/two.wav"))
    #expect(try two == toneBytes("Press two, to leave.", voice: 2))
    let one = try sound(scratch.data("out/one.wav"))
    #expect(try one == toneBytes("Press one to go on.", voice: 1))
  }

  @Test func `whoever fails is told with its place, in the order of the list`() throws {
    for folder in ["a", "b"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path(folder), withIntermediateDirectories: true)
    }
    let (one, two) = (try write("One.", to: "a/x.txt"), try write("Two.", to: "b/x.txt"))
    let signs = try write("?!", to: "signs.txt")
    let absent = scratch.path("absent.txt")
    let result = try narrate(one, two, signs, absent)
    #expect(result.status == 1)
    #expect(names == ["kugel-manifest.jsonl", "x.wav"])
    #expect(
      result.talk.split(separator: "\n").prefix(3) == [
        "kugel: \(absent): cannot be read: no such file or directory",
        "kugel: \(two): its file would be x.wav, as that of \(one); see --name",
        "kugel: \(signs): nothing in it can be spoken",
      ], "\(result.talk)")
  }

  @Test func `a list without an entry is told`() throws {
    let result = try narrate(input: " \n")
    #expect(result.status == 65)
    #expect(result.talk == "kugel: nothing to say: the list is empty\n")
  }

  @Test(arguments: [("wav", "--cover"), ("au", "--title"), ("raw", "--author")])
  func `what a joined file cannot hold is refused`(ending: String, option: String) throws {
    let result = try narrate("--join", scratch.path("b.\(ending)"), option, "x", input: "One.\n")
    #expect(result.status == 64)
    #expect(result.talk.contains("cannot hold what \(option) gives it"))
  }

  @Test func `a second run makes nothing, and a change is made alone`() throws {
    let book = try write("# One\n\nThe first.\n\n# Two\n\nThe second.\n", to: "book.md")
    #expect(try narrate("--split", "headings", book).status == 0)
    let made = names.filter { $0.hasSuffix(".wav") }
    #expect(made == ["book-1-one.wav", "book-2-two.wav"])
    let (manifest, dates) = (try scratch.data("out/kugel-manifest.jsonl"), try made.map(modified))
    let again = try narrate("--split", "headings", book)
    #expect(again.status == 0)
    #expect(again.talk.contains("made 0"))
    #expect(try made.map(modified) == dates)
    #expect(try scratch.data("out/kugel-manifest.jsonl") == manifest)
    _ = try write("# One\n\nThe first.\n\n# Two\n\nThe second one.\n", to: "book.md")
    let plan = try narrate("--split", "headings", "--dry-run", book)
    #expect(
      String(decoding: plan.output, as: UTF8.self)
        == "keep  book-1-one.wav\nmake  book-2-two.wav  changed\n")
    #expect(try narrate("--split", "headings", book).talk.contains("made 1"))
    #expect(try modified(made[0]) == dates[0])
    #expect(try sound(scratch.data("out/book-2-two.wav")) == toneBytes("Two. The second one."))
  }

  @Test func `what was not made here is not replaced without force`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try write("mine", to: "out/1-hello.wav")
    let refused = try narrate(input: "Hello.\nBye.\n")
    #expect(refused.status == 1)
    #expect(refused.talk.contains("line 1: 1-hello.wav is there, and was not made here"))
    #expect(try scratch.data("out/1-hello.wav") == Data("mine".utf8))
    #expect(names.contains("2-bye.wav"))
    #expect(try narrate("--force", input: "Hello.\nBye.\n").status == 0)
    #expect(try sound(scratch.data("out/1-hello.wav")) == toneBytes("Hello."))
    // One that was changed since is somebody's, too.
    _ = try write("edited", to: "out/2-bye.wav")
    let altered = try narrate(input: "Hello.\nBye.\n")
    #expect(altered.status == 1)
    #expect(altered.talk.contains("was changed since it was made"))
    // So is one of another list.
    let other = try narrate(try write("Hello.\n", to: "1-hello.txt"), "--name", "1-hello")
    #expect(other.status == 1)
    #expect(other.talk.contains("was made of standard input"))
  }

  @Test func `bad items are told and the others are made`() throws {
    let list = """
      {"text":"Good."}
      {"text":"..."}
      {"text":" "}
      {"text":"Out.","name":"../out"}
      {"text":"Twice.","name":"1-good"}
      {"words":"none"}
      {"text":"Nobody.","voice":"nobody"}
      {"text":"Fast.","speed":99}
      {"text":"Fine."}
      """
    let result = try narrate(input: list)
    #expect(result.status == 1)
    #expect(names.filter { $0.hasSuffix(".wav") } == ["1-good.wav", "9-fine.wav"])
    for cause in [
      "line 2: nothing in it can be spoken", "line 3: it is empty",
      "line 4: its file cannot be called \"../out.wav\": the name would leave the directory",
      "line 5: its file would be 1-good.wav, as that of standard input, line 1",
      "line 6: nothing is called \"words\" here", "line 7: the engine tone has no voice \"nobody\"",
      "line 8: speed takes",
    ] { #expect(result.talk.contains(cause), "\(cause) in \(result.talk)") }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("out.wav")))
  }

  @Test func `subtitles are as long as their file, and come later for what is there`() throws {
    let book = try write("One is said. Two, is said too.\n\nThree.\n", to: "book.txt")
    #expect(try narrate("--subs", "srt", book).status == 0)
    let date = try modified("book.wav")
    let result = try narrate("--subs", "srt,vtt,json", book)
    #expect(result.status == 0, "\(result.talk)")
    #expect(try modified("book.wav") == date)
    #expect(
      names.filter { $0.hasPrefix("book.") } == ["book.json", "book.srt", "book.vtt", "book.wav"])
    let text = String(decoding: try scratch.data("out/book.srt"), as: UTF8.self)
    let samples = try sound(scratch.data("out/book.wav")).count / 2
    let last = samples * 1000 / 24_000
    #expect(text.hasPrefix("1\n00:00:00,000 --> "))
    #expect(
      text.contains(" --> 00:00:0\(last / 1000),\(String(last % 1000 + 1000).dropFirst())\nThree."))
  }

  @Test func `subtitles of before are made anew with their sound, whatever is asked for now`()
    throws
  {
    let book = try write("One is said. Two is said too.\n", to: "book.txt")
    #expect(try narrate("--subs", "srt,vtt", book).status == 0)
    let before = try scratch.data("out/book.srt")
    try FileManager.default.removeItem(atPath: scratch.path("out/book.vtt"))
    for words in [["--speed", "0.8"], ["--speed", "0.7", "--subs", "lrc"]] {
      let result = try Program.run(["narrate", "-e", "tone", "-O", folder] + words + [book])
      #expect(result.status == 0, "\(result.talk)")
      let text = String(decoding: try scratch.data("out/book.srt"), as: UTF8.self)
      let last = try sound(scratch.data("out/book.wav")).count / 2 * 1000 / 24_000
      #expect(
        text.contains(" --> 00:00:0\(last / 1000),\(String(last % 1000 + 1000).dropFirst())\n"))
    }
    #expect(try scratch.data("out/book.srt") != before)
    // What somebody took away does not come back.
    #expect(names.filter { $0.hasPrefix("book.") } == ["book.lrc", "book.srt", "book.wav"])
    // And all of them are known to be made here.
    #expect(try narrate("--subs", "srt,vtt,lrc", "--speed", "0.7", book).status == 0)
  }

  @Test func `a directory in which nothing can be made is named`() throws {
    let result = try Program.run("narrate", "-e", "tone", "-O", "/proc", input: Data("One.\n".utf8))
    #expect(result.status == 73)
    #expect(result.talk.contains("cannot make files in /proc: "), "\(result.talk)")
  }

  @Test func `two shards make what one run makes`() throws {
    let list = (1...40).map { "This is item number \($0)." }.joined(separator: "\n")
    #expect(try narrate(input: list).status == 0)
    var merged: [String: Data] = [:]
    for shard in ["1/2", "2/2"] {
      let part = scratch.path("part" + shard.prefix(1))
      let result = try Program.run(
        ["narrate", "-e", "tone", "-O", part, "--shard", shard], input: Data(list.utf8))
      #expect(result.status == 0)
      for name in try FileManager.default.contentsOfDirectory(atPath: part) {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(part)/\(name)"))
        merged[name, default: Data()] += data
      }
    }
    #expect(merged.keys.sorted() == names)
    for name in names where name.hasSuffix(".wav") {
      #expect(try merged[name] == scratch.data("out/\(name)"))
    }
    func lines(_ data: Data?) -> [String] {
      String(decoding: data ?? Data(), as: UTF8.self).split(separator: "\n").map(String.init)
        .sorted()
    }
    let whole = try scratch.data("out/kugel-manifest.jsonl")
    #expect(lines(merged["kugel-manifest.jsonl"]) == lines(whole))
  }

  @Test func `what the list names no more goes only when asked`() throws {
    #expect(try narrate("--name", "{slug}", input: "One.\nTwo.\n").status == 0)
    #expect(try narrate("--name", "{slug}", input: "One.\n").status == 0)
    #expect(names == ["kugel-manifest.jsonl", "one.wav", "two.wav"])
    let result = try narrate("--prune", "--name", "{slug}", input: "One.\n")
    #expect(result.status == 0)
    #expect(names == ["kugel-manifest.jsonl", "one.wav"])
    let manifest = String(decoding: try scratch.data("out/kugel-manifest.jsonl"), as: UTF8.self)
    #expect(!manifest.contains("two.wav"))
  }

  @Test func `nothing is removed beside a list that could not be read whole`() throws {
    let good = try write("One.\n", to: "one.txt")
    #expect(try narrate(good, try write("Two.\n", to: "two.txt")).status == 0)
    #expect(names == ["kugel-manifest.jsonl", "one.wav", "two.wav"])
    let result = try narrate("--prune", good, scratch.path("two-moved.txt"))
    #expect(result.status == 1)
    #expect(result.talk.contains("nothing is removed"))
    #expect(names == ["kugel-manifest.jsonl", "one.wav", "two.wav"])
  }

  @Test func `a manifest that names files elsewhere is none`() throws {
    #expect(try narrate("--name", "{slug}", input: "One.\n").status == 0)
    _ = try write("x\n", to: "victim.txt")
    let manifest = scratch.path("out/kugel-manifest.jsonl")
    let lines = String(decoding: try scratch.data("out/kugel-manifest.jsonl"), as: UTF8.self)
    let line = #"{"file":"../victim.txt","state":"done","hash":"00","bytes":2}"# + "\n"
    try Data((lines + line).utf8).write(to: URL(fileURLWithPath: manifest))
    let result = try narrate("--prune", "--name", "{slug}", input: "One.\n")
    #expect(result.status != 0)
    #expect(scratch.names.contains("victim.txt"))
  }

  @Test func `what is joined does not take the place of a part of it`() throws {
    let list = #"{"text":"First.","name":"all"}"# + "\n" + #"{"text":"Second.","name":"b"}"# + "\n"
    let result = try narrate(
      "--join", scratch.path("out/all.wav"), "--list", "jsonl", input: list)
    #expect(result.status == 64)
    #expect(result.talk.contains("a part of it"))
    #expect(!names.contains("all.wav"))
  }

  @Test func `one process at a time narrates into a directory`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // Whoever holds the lock of the directory has it.
    let descriptor = unsafe open(folder, O_RDONLY)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let second = try narrate(input: "Hello.\n")
    #expect(second.status == 75)
    #expect(second.talk.contains("another kugel narrates into"))
  }

  @Test func `an estimate makes nothing`() throws {
    let book = try write("One two three.\n\nFour five.\n", to: "book.txt")
    let result = try narrate("--estimate", "--tariff", "100EUR", book)
    #expect(result.status == 0)
    let text = String(decoding: result.output, as: UTF8.self)
    #expect(text.hasPrefix("items       1\ncharacters  27\nwords       5\nduration    about 0:0"))
    #expect(text.hasSuffix("price       2.70 EUR\n"))
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func `a page and a book are read`() throws {
    let page = try write(
      """
      <!doctype html><title>T</title><style>p{}</style><h1>One &amp; two</h1><p>Some <b>bold</b>
      words.<script>alert(1)</script><p>More.
      """, to: "page.html")
    #expect(try narrate(page).status == 0)
    #expect(
      try sound(scratch.data("out/page.wav")) == toneBytes("One & two. Some bold words. More."))
  }

  @Test(arguments: ["drop-pieces=7", "cut-pieces=7", "double-pieces=7"])
  func `a service that loses sentences is found out`(fault: String) throws {
    let server = try ServedEngine("--fault", fault)
    let text = (1...30).map {
      "Paragraph number \($0) begins here with a sentence. It goes on with another one for a while."
    }.joined(separator: "\n\n")
    let book = try write(text, to: "book.txt")
    let report = scratch.path("report.json")
    let result = try Program.run(
      ["narrate"] + server.words + ["-O", folder, "-j", "1", "--report", report, book])
    // What is said again is said well.
    #expect(result.status == 0, "\(result.talk)")
    #expect(try sound(scratch.data("out/book.wav")) == toneBytes(text))
    let once = try Program.run(
      ["narrate"] + server.words + [
        "-O", folder + "2", "-j", "1", "--retries", "0", "--report", "-", book,
      ])
    #expect(once.status == 1)
    struct Report: Decodable {
      struct Doubt: Decodable { let sentence: Int }
      let doubts: [Doubt]
      let sentences: Int
    }
    let told = try JSONDecoder().decode(Report.self, from: once.output)
    #expect(told.sentences == 60)
    #expect((6...10).contains(told.doubts.count), "\(once.talk)")
  }
}
