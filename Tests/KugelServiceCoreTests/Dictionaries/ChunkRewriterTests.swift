import Testing

@testable import KugelServiceCore

private func replacer(
  _ entries: [(String, String?)], caseSensitive: Bool = false, takesIPA: Bool = false
) -> ChunkRewriter {
  ChunkRewriter(
    [dictionary(entries, caseSensitive: caseSensitive)], language: "en", takesIPA: takesIPA)
}

extension ChunkRewriter {
  fileprivate func said(_ text: String) -> String { rewrite(text).string }
}

private func dictionary(
  _ entries: [(String, String?)], caseSensitive: Bool = false
) -> ReplacementDictionary {
  var dictionary = ReplacementDictionary(
    id: 1, project: 1, name: "n", isActive: true, createdAt: 0, updatedAt: 0)
  dictionary.entries = entries.enumerated().map { index, entry in
    .init(
      id: index, word: entry.0, replacement: entry.1, ipa: entry.1 == nil ? "a" : nil,
      caseSensitive: caseSensitive, createdAt: 0, updatedAt: 0)
  }
  return dictionary
}

@Suite struct ChunkRewriterTests {
  @Test(arguments: [
    ("The SQL query.", "The sequel query."), ("sql, Sql; SQL", "sequel, sequel; sequel"),
    ("MySQL and SQLite", "MySQL and SQLite"), ("SQL", "sequel"), ("SQL's", "sequel's"),
    ("SQL_2", "SQL_2"), ("", ""), ("(SQL)", "(sequel)"), ("sQL-SQL", "sequel-sequel"),
  ])
  func `whole words are replaced, in any letter case`(text: String, expected: String) {
    #expect(replacer([("SQL", "sequel")]).said(text) == expected)
  }

  @Test func `letter case counts where it is asked to`() {
    #expect(
      replacer([("US", "United States")], caseSensitive: true).said("Tell us of the US")
        == "Tell us of the United States")
  }

  @Test func `the longest match wins, and what was put in stays`() {
    let names = replacer([("New", "Old"), ("New York", "New Amsterdam"), ("Amsterdam", "x")])
    #expect(names.said("New York is New") == "New Amsterdam is Old")
  }

  @Test func `a word may end in signs, and letters beyond ASCII count as letters`() {
    let words = replacer([("C++", "see plus plus"), ("über", "ueber")])
    #expect(words.said("C++, C++x and Über") == "see plus plus, see plus plusx and ueber")
    #expect(words.said("Überall") == "Überall")
  }

  @Test func `tags and what is spelled stay as they are`() {
    let words = replacer([("spell", "x"), ("ms", "milliseconds"), ("AB", "y")])
    let text = "<spell>AB</spell> AB <break time=\"400ms\"/> spell ms"
    #expect(words.said(text) == "<spell>AB</spell> y <break time=\"400ms\"/> x milliseconds")
  }

  @Test func `an entry with a sound alone changes nothing`() {
    #expect(replacer([("word", nil)]).said("a word") == "a word")
    #expect(replacer([("word", nil)]).isEmpty)
  }

  @Test func `the earlier dictionary counts more`() {
    let both = ChunkRewriter(
      [dictionary([("a", "first")]), dictionary([("A", "second")])], language: "en")
    #expect(both.said("a") == "first")
  }

  @Test func `a sound counts more than a replacement where it is understood`() {
    var words = dictionary([("Kugel", "ball"), ("Kiel", nil)])
    words.entries[0].ipa = "ˈkuːɡl̩"
    words.entries[1].ipa = "ki"
    let written = "Kugel in Kiel"
    #expect(
      ChunkRewriter([words], language: "en", takesIPA: true).said(written)
        == "/ˈkuːɡl̩/ in /ˈki/")
    #expect(ChunkRewriter([words], language: "en").said(written) == "ball in Kiel")
  }

  @Test(arguments: [
    ("en", "It is $3.50, or 2:30 PM.", "It is three dollars and fifty cents, or two thirty PM."),
    ("sv", "It is $3.50.", "It is $3.50."),
    (
      "en", "<spell>$3.50</spell> $3 <break time=\"400ms\"/>",
      "<spell>$3.50</spell> three dollars <break time=\"400ms\"/>"
    ),
  ])
  func `numbers are said in words, but for what is spelled`(
    language: String, text: String, expected: String
  ) {
    #expect(ChunkRewriter(language: language, numbers: .unclear).said(text) == expected)
  }

  @Test func `what is said leads back to what was written`() {
    let words = ChunkRewriter([dictionary([("SQL", "sequel")])], language: "en", numbers: .unclear)
    let said = words.rewrite("An SQL for $3.50 now")
    #expect(said.string == "An sequel for three dollars and fifty cents now")
    #expect(said.source(of: 3..<9) == 3..<6)
    #expect(said.source(of: 14..<19) == 11..<16)
    #expect(said.source(of: 44..<47) == 17..<20)
  }

  @Test func `a replacement of a dictionary may hold numbers`() {
    #expect(
      ChunkRewriter(
        [dictionary([("fee", "$5")])], language: "en", numbers: .unclear
      ).said("the fee") == "the five dollars")
  }
}
