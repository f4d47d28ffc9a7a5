import Testing

@testable import KugelServiceCore

private func replacer(_ entries: [(String, String?)], caseSensitive: Bool = false) -> WordReplacer {
  WordReplacer([dictionary(entries, caseSensitive: caseSensitive)])
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

@Suite struct WordReplacerTests {
  @Test(arguments: [
    ("The SQL query.", "The sequel query."), ("sql, Sql; SQL", "sequel, sequel; sequel"),
    ("MySQL and SQLite", "MySQL and SQLite"), ("SQL", "sequel"), ("SQL's", "sequel's"),
    ("SQL_2", "SQL_2"), ("", ""), ("(SQL)", "(sequel)"), ("sQL-SQL", "sequel-sequel"),
  ])
  func `whole words are replaced, in any letter case`(text: String, expected: String) {
    #expect(replacer([("SQL", "sequel")]).rewrite(text) == expected)
  }

  @Test func `letter case counts where it is asked to`() {
    #expect(
      replacer([("US", "United States")], caseSensitive: true).rewrite("Tell us of the US")
        == "Tell us of the United States")
  }

  @Test func `the longest match wins, and what was put in stays`() {
    let names = replacer([("New", "Old"), ("New York", "New Amsterdam"), ("Amsterdam", "x")])
    #expect(names.rewrite("New York is New") == "New Amsterdam is Old")
  }

  @Test func `a word may end in signs, and letters beyond ASCII count as letters`() {
    let words = replacer([("C++", "see plus plus"), ("über", "ueber")])
    #expect(words.rewrite("C++, C++x and Über") == "see plus plus, see plus plusx and ueber")
    #expect(words.rewrite("Überall") == "Überall")
  }

  @Test func `tags and what is spelled stay as they are`() {
    let words = replacer([("spell", "x"), ("ms", "milliseconds"), ("AB", "y")])
    let text = "<spell>AB</spell> AB <break time=\"400ms\"/> spell ms"
    #expect(words.rewrite(text) == "<spell>AB</spell> y <break time=\"400ms\"/> x milliseconds")
  }

  @Test func `an entry with a sound alone changes nothing`() {
    #expect(replacer([("word", nil)]).rewrite("a word") == "a word")
    #expect(replacer([("word", nil)]).isEmpty)
  }

  @Test func `the earlier dictionary counts more`() {
    let both = WordReplacer([dictionary([("a", "first")]), dictionary([("A", "second")])])
    #expect(both.rewrite("a") == "first")
  }
}
