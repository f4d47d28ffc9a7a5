import KugelReading
import KugelText
import Testing

private let file = """
  # How we say it
  kugel = koogel
  "US" = United States
  New York = the big apple
  New = fresh
  IT = i t
  tomato = /təˈmɑːtəʊ/

  [de]
  Bug = Fehler
  [*]
  SQL = sequel
  """

private func filters() throws -> TextFilters {
  var filters = TextFilters.plain
  filters.lexicon = try Lexicon(parsing: file)
  return filters
}

@Test(arguments: [
  ("en", "Kugel and kugels, KUGEL.", "koogel and kugels, koogel."),
  ("en", "US or us", "United States or us"), ("en", "IT, it and It", "i t, it and It"),
  ("en", "new   york, New\nYork", "the big apple, the big apple"),
  ("en", "New York is new.", "the big apple is fresh."), ("en", "New Yorker", "fresh Yorker"),
  ("en", "A Bug.", "A Bug."), ("de", "Ein Bug.", "Ein Fehler."),
  ("de", "SQL_x und SQL", "SQL_x und sequel"),
  ("en", "a tomato", "a tomato"), ("en", "<spell>US</spell> US", "<spell>US</spell> United States"),
])
func `words are said as the lexicon has them`(
  language: String, written: String, spoken: String
) throws {
  let filters = try filters()
  #expect(said(written, filters, language: language).string == spoken)
  expectSameWhateverTheCuts(written, filters, language: language)
}

@Test func `a sound is said where it is understood, and keeps the word's place`() throws {
  let text = said("a tomato!", try filters(), takesIPA: true)
  #expect(text.string == "a /təˈmɑːtəʊ/!")
  #expect(text.source(of: 4..<6) == 2..<8)
}

@Test func `a word that has only begun waits through a pause`() throws {
  var pipeline = TextPipeline(try filters(), for: TextTarget(language: "en"))
  let now = ContinuousClock.now
  #expect(pipeline.feed("in New", at: now).string == "in ")
  #expect(pipeline.tick(at: now + .seconds(1)).string == "")
  #expect(pipeline.feed(" York ", at: now).string == "the big apple ")
}

@Test(arguments: [
  ("a = b\nc", 2, "there is no \"=\" between a word and its sound"),
  ("= b", 1, "there is no word before the \"=\""), ("a =", 1, "\"a\" has no sound"),
  ("[german]", 1, "\"german\" is no language's code"),
  ("[de-]", 1, "\"de-\" is no language's code"),
])
func `what is wrong in a lexicon is told by its line`(text: String, line: Int, cause: String) {
  do {
    _ = try Lexicon(parsing: text)
    Issue.record("it was taken")
  } catch {
    #expect(error.line == line)
    #expect(error.cause == cause)
  }
}

@Test(arguments: [
  ("en-gb", "lift"), ("EN_GB", "lift"), ("en-gb-scotland", "lift"), ("en-us", "elevator"),
  ("en", "elevator"), ("de", "way up"),
])
func `an entry for a region is for that alone`(language: String, spoken: String) throws {
  var filters = TextFilters.plain
  filters.lexicon = try Lexicon(
    parsing: "[en-GB]\nway up = lift\n[en]\nway up = elevator\n")
  #expect(said("way up", filters, language: language).string == spoken)
}
