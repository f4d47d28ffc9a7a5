import KugelNarration
import KugelText
import Testing

@Suite struct HeardWordsTests {
  @Test(arguments: [
    ("\"Well,\" she said – it's over-done.", ["well", "she", "said", "it's", "over", "done"]),
    ("It is 5 o\u{2019}clock!", ["it", "is", "o'clock"]), ("...", []),
    ("One<break time=\"1s\"/> two", ["one", "two"]),
  ])
  func `words are as a dictionary has them`(text: String, words: [String]) {
    let said = said(text)
    #expect(HeardWords.words(of: 0..<said.count, in: said) == words)
  }

  @Test(arguments: [
    (0, 3, false), (0, 4, true), (1, 4, true), (2, 4, false), (3, 10, true), (4, 10, false),
  ])
  func `a third of the words is enough, and of few nothing is known`(
    heard: Int, count: Int, isDoubtful: Bool
  ) { #expect(HeardWords.isDoubtful(heard: heard, of: count) == isDoubtful) }

  @Test(arguments: [
    ("The cat sat.", 3, true), ("The qat sat.", 2, false), ("He said 5.", 2, false),
    ("One two three four five six.", 6, false), ("I am three foot-long.", 5, true),
  ])
  func `short is a sentence of few words that are all known`(
    text: String, known: Int, isShort: Bool
  ) {
    let said = said(text)
    #expect(HeardWords.isShort(0..<said.count, in: said, known: known) == isShort)
  }

  @Test func `what fits nowhere is another sentence`() {
    #expect(HeardWords.isDoubtful(fit: -.infinity) && HeardWords.isDoubtful(fit: -40))
    #expect(!HeardWords.isDoubtful(fit: -10) && !HeardWords.isDoubtful(fit: 1))
  }
}
