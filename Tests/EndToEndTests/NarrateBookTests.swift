import Foundation
import Testing

@Suite struct NarrateBookTests {
  private let scratch: Scratch
  private var folder: String { scratch.path("out") }

  init() throws { scratch = try Scratch() }

  private func narrate(_ words: String..., input: String? = nil) throws -> Program.Result {
    try Program.run(
      ["narrate", "-e", "tone", "-O", folder] + words, input: input.map { Data($0.utf8) })
  }

  private func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: scratch.folder.appendingPathComponent(name))
    return scratch.path(name)
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try scratch.data(name), as: UTF8.self)
  }

  @Test func `each subtitle is heard in its time, faster where it must be`() throws {
    let short = try toneBytes("Hello.").count / 2
    let length = try toneBytes("A line that is too long for its time").count / 2
    // Time enough at a speed of 1.25.
    let room = length * 1000 / 24_000 * 4 / 5
    func clock(_ milliseconds: Int) -> String {
      "00:00:0\(milliseconds / 1000),\(String(milliseconds % 1000 + 1000).dropFirst())"
    }
    let film = try write(
      """
      1
      00:00:00,500 --> 00:00:01,900
      Hello.

      2
      00:00:02,000 --> \(clock(2000 + room))
      A line that is too long for its time

      """, to: "film.srt")
    let result = try narrate("--subs", "vtt", film)
    #expect(result.status == 0, "\(result.talk)")
    let sound = try scratch.data("out/film.wav").dropFirst(44)
    // 500 ms of 24,000 samples of two bytes.
    #expect(sound.prefix(24_000).allSatisfy { $0 == 0 })
    #expect(try Data(sound.dropFirst(24_000).prefix(short * 2)) == toneBytes("Hello."))
    let between = sound.dropFirst(24_000 + short * 2).prefix(96_000 - 24_000 - short * 2)
    #expect(between.allSatisfy { $0 == 0 })
    #expect(sound.count > 96_000)
    #expect(sound.count <= 96_000 + (room + 50) * 48)
    #expect(try text("out/film.vtt").contains("00:00:00.500 --> "))
    #expect(try text("out/film.vtt").contains("00:00:02.000 --> "))
  }

  @Test func `a subtitle that is longer than its time is told`() throws {
    let film = try write(
      "1\n00:00:00,000 --> 00:00:00,100\nFar too much to say in so little time\n\n"
        + "2\n00:00:09,000 --> 00:00:12,000\nGood.\n\n3\nsoon --> later\nNever\n", to: "film.srt")
    let report = scratch.path("report.json")
    let result = try narrate("--report", report, film)
    #expect(result.status == 1)
    #expect(result.talk.contains("film.srt, line 10: its times cannot be read"))
    #expect(result.talk.contains("it takes longer than its subtitle stands"))
    #expect(try text("report.json").contains(#""doubt":["overrun"]"#))
    let page = try text("report.html")
    #expect(page.contains("<svg") && page.contains("<rect"))
    #expect(page.contains("Far too much to say in so little time"))
    // The same again tells the same, though nothing is made.
    let told = try text("report.json")
    let again = try narrate("--report", report, film)
    #expect(again.status == 1)
    #expect(try text("report.json") == told)
  }

  @Test func `a report never replaces what is not one`() throws {
    let report = try write("mine", to: "report.html")
    let result = try narrate("--report", scratch.path("report.json"), input: "Hello.\n")
    #expect(result.status == 73)
    #expect(result.talk.contains("\(report) exists"))
    #expect(try text("report.html") == "mine")
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func `what somebody else put beside the joined file is not replaced`() throws {
    let path = try write("mine", to: "book.srt")
    let words = ["--subs", "srt", "--join", scratch.path("book.wav")]
    let result = try Program.run(
      ["narrate", "-e", "tone", "-O", folder] + words, input: Data("One.\nTwo.\n".utf8))
    #expect(result.status == 73)
    #expect(result.talk.contains("cannot create \(path): it exists"))
    #expect(try text("book.srt") == "mine")
    let forced = try Program.run(
      ["narrate", "-e", "tone", "-O", folder, "--force"] + words, input: Data("One.\nTwo.\n".utf8))
    #expect(forced.status == 0, "\(forced.talk)")
    #expect(try text("book.srt").contains("Two."))
    // Its own it knows.
    let again = try Program.run(
      ["narrate", "-e", "tone", "-O", folder] + words, input: Data("One.\nTwo, changed.\n".utf8))
    #expect(again.status == 0, "\(again.talk)")
    #expect(try text("book.srt").contains("Two, changed."))
  }

  @Test func `a book in one file needs ffmpeg, and says so before anything is made`() throws {
    var environment = Program.environment
    environment["PATH"] = scratch.path("nothing")
    let running = try Running(
      ["narrate", "-e", "tone", "-O", folder, "--join", scratch.path("book.m4b")],
      environment: environment)
    running.write("Hello.\n")
    running.closeInput()
    let result = running.wait()
    #expect(result.status == 69)
    #expect(result.talk.contains("is made by ffmpeg, which is not installed"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("out/1-hello.wav")))
  }

  @Test func `subtitles that are to look otherwise are made anew, and nobody else's replaced`()
    throws
  {
    #expect(try narrate("--subs", "srt", input: "One two, three.\n").status == 0)
    #expect(try text("out/1-one-two-three.srt").contains("One two, three."))
    let words = ["--subs", "srt,vtt", "--subs-by", "word"]
    _ = try write("mine", to: "out/1-one-two-three.vtt")
    let refused = try narrate(words[0], words[1], words[2], words[3], input: "One two, three.\n")
    #expect(refused.status == 1)
    #expect(refused.talk.contains("1-one-two-three.vtt is there, and was not made here"))
    #expect(try text("out/1-one-two-three.vtt") == "mine")
    let forced = try narrate(
      "--force", words[0], words[1], words[2], words[3], input: "One two, three.\n")
    #expect(forced.status == 0)
    #expect(forced.talk.contains("made 0"))
    #expect(try text("out/1-one-two-three.srt").contains("\ntwo,\n"))
    #expect(try text("out/1-one-two-three.vtt").contains("\ntwo,\n"))
  }

  @Test func `several connections make what one makes, in the order of the list`() throws {
    let server = try ServedEngine()
    // Long ones first, so that those behind them are ready before.
    let lines = (1...12).map { number in
      "Line \(number)" + String(repeating: " and more of it", count: 12 - number) + "."
    }
    let result = try Program.run(
      ["narrate"] + server.words + ["-O", folder, "-j", "3", "--name", "{n}"],
      input: Data(lines.joined(separator: "\n").utf8))
    #expect(result.status == 0, "\(result.talk)")
    let names = (1...12).map { $0 < 10 ? "0\($0).wav" : "\($0).wav" }
    for (name, line) in zip(names, lines) {
      #expect(try scratch.data("out/\(name)").dropFirst(44) == toneBytes(line))
    }
    let told = try text("out/kugel-manifest.jsonl").split(separator: "\n")
    #expect(told.map { String($0.prefix(16)) } == names.map { "{\"file\":\"\($0)\"" })
  }

  @Test func `the first item that fails ends it when that is asked for`() throws {
    let list = #"{"text":"..."}"# + "\n" + #"{"text":"Good."}"#
    #expect(try narrate("--fail-fast", input: list).status == 1)
    #expect(!FileManager.default.fileExists(atPath: scratch.path("out/2-good.wav")))
    #expect(try narrate(input: list).status == 1)
    #expect(FileManager.default.fileExists(atPath: scratch.path("out/2-good.wav")))
  }

  @Test func `a service that fails once is asked again, and one that refuses ends it`() throws {
    let failing = try ServedEngine("--fault", "fail-turns=2")
    let words = ["narrate"] + failing.words + ["-O", folder, "-j", "1"]
    let result = try Program.run(words, input: Data("One.\nTwo.\nThree.\nFour.\n".utf8))
    #expect(result.status == 0, "\(result.talk)")
    let refusing = try ServedEngine("--fault", "status=402")
    let refused = try Program.run(
      ["narrate"] + refusing.words + ["-O", folder + "2"], input: Data("One.\nTwo.\n".utf8))
    #expect(refused.status == 79, "\(refused.talk)")
  }

  @Test func `a signal ends it, and the same command goes on`() throws {
    let list = (1...4000).map { "This is the line with number \($0), and a bit more of it." }
      .joined(separator: "\n")
    let path = try write(list, to: "list.txt")
    let words = ["narrate", "-e", "tone", "-O", folder, "--list", "lines", "-V", path]
    let running = try Running(words)
    // Something is there: the manifest tells of an item.
    let manifest = scratch.path("out/kugel-manifest.jsonl")
    while (try? Data(contentsOf: URL(fileURLWithPath: manifest)).contains(0x0A)) != true {
      usleep(1000)
    }
    running.send(SIGINT)
    let result = running.wait()
    #expect(result.status == 130, "\(result.talk.suffix(500))")
    #expect(result.talk.contains("the same command goes on where this one ended"))
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".wav") }
    #expect(!kept.isEmpty && kept.count < 4000)
    let lines = try text("out/kugel-manifest.jsonl").split(separator: "\n")
    #expect(lines.count == kept.count)
    let again = try Program.run(words)
    #expect(again.status == 0)
    #expect(again.talk.contains("kept \(kept.count) that were there"), "\(again.talk.suffix(300))")
  }
}
