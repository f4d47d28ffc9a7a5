import KugelReading
import KugelText
import Testing

@testable import KugelCLI
@testable import KugelJobs

@Suite struct TextOptionTests {
  private func text(_ words: String...) throws -> TextRequest {
    let outcome = Stage.run(words)
    return try #require(outcome.requests.first, "\(outcome.told)").text
  }

  @Test(
    arguments: [
      ("think", TextFilters.Names.think), ("markdown,url", [.markdown, .url]), ("all", .all),
      ("none", []), ("emoji,numbers,emoji", [.emoji, .numbers]),
    ] as [(String, TextFilters.Names)])
  func `filters are a list`(list: String, names: TextFilters.Names) throws {
    #expect(try text("say", "--filter", list, "hi").filters == names)
  }

  @Test func `what is said of each thing can be chosen`() throws {
    let made = try text(
      "stream", "--code", "say", "--tables=skip", "--links", "full", "--emoji", "name",
      "--lexicon", "a", "--lexicon", "b", "--pause", "sentence=300", "--pause", "line=1s,item=20ms")
    #expect(made.code == .say && made.tables == .skip && made.links == .full)
    #expect(made.emoji == .name && made.lexicons == ["a", "b"])
    #expect(made.pauses.lengths == [.sentence: 300, .line: 1000, .item: 20])
    #expect(try text("stream") == TextRequest())
    #expect(try text("say", "--no-normalize", "x").normalizes == false)
  }

  @Test(arguments: [
    (["--filter", "markdwon", "x"], "Did you mean markdown?"),
    (["--code", "all", "x"], "--code takes skip, say, name, not \"all\""),
    (["--pause", "word=3", "x"], "\"word\" has no pause; there are sentence, line"),
    (["--pause", "sentence=-1", "x"], "is no length from 0 to 60000 milliseconds"),
    (["--raw-text", "--pause", "line=1", "x"], "--raw-text leaves the text as it is"),
    (["--raw-text", "--lexicon", "a", "x"], "--lexicon would change it"),
    (["--raw-text", "--filter", "emoji", "x"], "--filter would change it"),
  ])
  func `what cannot be is told`(words: [String], message: String) {
    let outcome = Stage.run(["say"] + words)
    #expect(outcome.requests.isEmpty)
    #expect("\(outcome.told)".contains(message), "\(outcome.told)")
  }

  @Test func `defaults are those of where the text comes from and of who speaks`() {
    let usual = TextRequest()
    #expect(
      usual.filters(usual: .markdown, wantsWords: true).names == [.markdown, .numbers])
    #expect(usual.filters(usual: .markdown, wantsWords: false).names == .markdown)
    var made = TextRequest()
    made.filters = .emoji
    #expect(made.filters(usual: .markdown, wantsWords: true).names == .emoji)
    made.normalizes = true
    #expect(made.filters(usual: .markdown, wantsWords: true).names == [.emoji, .numbers])
    made.links = .skip
    #expect(made.filters(usual: [], wantsWords: false).names == [.emoji, .url])
    made.isRaw = true
    #expect(made.filters(usual: .all, wantsWords: true) == .raw)
  }
}
