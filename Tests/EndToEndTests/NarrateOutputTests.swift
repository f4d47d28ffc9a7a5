import Foundation
import Testing

/// What stands beside the files of a narration, what they are called, and what is joined of them.
@Suite struct NarrateOutputTests {
  private let scratch: Scratch
  private var folder: String { scratch.path("out") }
  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { !$0.hasPrefix("kugel-") }.sorted()
  }

  init() throws { scratch = try Scratch() }

  private func narrate(
    _ words: String..., engine: String = "tone", input: String? = nil
  ) throws -> Program.Result {
    try Program.run(
      ["narrate", "-e", engine, "-O", folder] + words, input: input.map { Data($0.utf8) })
  }

  private func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: scratch.folder.appendingPathComponent(name))
    return scratch.path(name)
  }

  @Test func `subtitles go over to a file of another format`() throws {
    let book = try write("One is said.\n", to: "book.txt")
    #expect(try narrate("--subs", "srt", book).status == 0)
    let result = try narrate("--subs", "srt", "--format", "flac", book)
    #expect(result.status == 0, "\(result.talk)")
    #expect(names == ["book.flac", "book.srt", "book.wav"])
    // And back, also beside a text that has changed.
    _ = try write("Two is said.\n", to: "book.txt")
    #expect(try narrate("--subs", "srt", book).status == 0)
    #expect(String(decoding: try scratch.data("out/book.srt"), as: UTF8.self).contains("Two is"))
    let again = try narrate("--subs", "srt", book)
    #expect(again.talk.contains("made 0"))
    // What goes takes only its own along.
    #expect(try narrate("--subs", "srt", "--prune", book).status == 0)
    #expect(names == ["book.srt", "book.wav"])
  }

  @Test func `subtitles of somebody else stay`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try write("mine", to: "out/book.srt")
    let book = try write("One is said.\n", to: "book.txt")
    let result = try narrate("--subs", "srt", book)
    #expect(result.status == 1)
    #expect(result.talk.contains("book.srt is there, and was not made here"))
    #expect(try scratch.data("out/book.srt") == Data("mine".utf8))
  }

  @Test func `kinds of subtitles add up`() throws {
    let book = try write("One is said.\n", to: "book.txt")
    #expect(try narrate("--subs", "srt", "--subs", "vtt,srt", book).status == 0)
    #expect(names == ["book.srt", "book.vtt", "book.wav"])
  }

  @Test func `nothing is joined where a part is missing`() throws {
    let good = try write("One.\n", to: "one.txt")
    let joined = scratch.path("all.wav")
    let result = try narrate("--join", joined, good, scratch.path("absent.txt"))
    #expect(result.status == 1)
    #expect(result.talk.contains("all.wav is not joined, because items are missing"))
    #expect(!scratch.names.contains("all.wav"))
    #expect(try narrate("--join", joined, good).status == 0)
    #expect(scratch.names.contains("all.wav"))
  }

  @Test func `a part of a list is not joined, nor into a folder that is not there`() throws {
    let part = try narrate("--join", scratch.path("a.wav"), "--shard", "1/2", input: "One.\n")
    #expect(part.status == 64)
    #expect(part.talk.contains("one part of the list only"))
    let lost = try narrate("--join", scratch.path("no/a.wav"), input: "One.\n")
    #expect(lost.status == 73)
    #expect(lost.talk.contains("there is no folder"))
    #expect(lost.talk.contains("--join FILE"))
    #expect(names == [])
  }

  @Test func `footnotes of Markdown are notes`() throws {
    let text = "One[^1] is said.\n\n[^1]: A note.\n\nTwo.\n"
    #expect(try narrate("--notes", "skip", try write(text, to: "book.md")).status == 0)
    let sound = try scratch.data("out/book.wav").dropFirst(44)
    #expect(try Data(sound) == toneBytes("One is said.\n\nTwo."))
  }

  @Test(arguments: [
    ("", "there are no subtitles in it"), ("nothing\n", "there are no subtitles in it"),
    ("1\nsoon --> later\nNever\n", "line 2: its times cannot be read"),
  ])
  func `a file that is no subtitles is told once`(text: String, cause: String) throws {
    let result = try narrate(try write(text, to: "film.srt"))
    #expect(result.status == 1)
    #expect(result.talk.split(separator: "\n").count == 2, "\(result.talk)")
    #expect(result.talk.contains(cause))
  }

  @Test func `a template may say the format, and the voice has a name`() throws {
    #expect(try narrate("--name", "{n}_{voice}.flac", input: "One.\n").status == 0)
    #expect(names == ["1_tone-1.flac"])
    #expect(try scratch.data("out/1_tone-1.flac").prefix(4) == Data("fLaC".utf8))
    let list = #"{"text":"Two.","name":"two.mp3"}"# + "\n"
    #expect(try narrate(input: list).status == 0)
    #expect(names.contains("two.wav"))
  }

  @Test func `a name that leads through a file fails alone`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try write("mine", to: "out/taken")
    let list = """
      {"text":"One.","name":"taken/one"}
      {"text":"Two.","name":"a"}
      {"text":"Three.","name":"a.wav/three"}
      {"text":"Four.","name":"b/four"}

      """
    let result = try narrate(input: list)
    #expect(result.status == 1)
    #expect(
      result.talk.contains(
        "line 1: its file cannot be called \"taken/one.wav\": taken is no folder"))
    #expect(result.talk.contains("line 3: its file cannot be called \"a.wav/three.wav\""))
    #expect(names == ["a.wav", "b", "taken"])
  }

  @Test func `who cannot be listened to is told once`() throws {
    let result = try narrate("--verify", "-l", "de", engine: "espeak", input: "Eins.\nZwei.\n")
    guard !result.talk.contains("not installed") else { return }
    #expect(result.status == 0)
    #expect(result.talk.components(separatedBy: "listens to English only").count == 2)
    #expect(result.talk.contains("spoken in de"))
  }

  @Test func `a loudness that peaks forbid is told`() throws {
    let result = try narrate("--loudness=-5", engine: "espeak", input: "Hello there, all of you.\n")
    guard !result.talk.contains("not installed") else { return }
    #expect(result.status == 0)
    #expect(result.talk.contains("LU less loud than asked for"), "\(result.talk)")
    let usual = try narrate("--loudness=-23", engine: "espeak", input: "Hello there, all of you.\n")
    #expect(!usual.talk.contains("less loud"), "\(usual.talk)")
  }
}
