import KugelText
import Testing

@Suite struct EstimatedWordTests {
  @Test(arguments: [
    ("ab cd", 1000, ["ab 0-400 0..2", "cd 600-1000 3..5"]),
    ("  ab", 400, ["ab 200-400 2..4"]), ("", 100, []), (" \n", 100, []),
    ("a<break time=\"1s\"/> b", 300, ["a 0-100 0..1", "b 200-300 20..21"]),
    ("1 < 2", 500, ["1 0-100 0..1", "< 200-300 2..3", "2 400-500 4..5"]),
  ])
  func `each word takes its share of the characters`(
    text: String, milliseconds: Int, expected: [String]
  ) {
    let words = WordTime.estimated(in: text, milliseconds: milliseconds)
    #expect(
      words.map {
        "\($0.word) \($0.startMilliseconds)-\($0.endMilliseconds) "
          + "\($0.characterStart)..\($0.characterEnd)"
      } == expected)
    #expect(words.allSatisfy { $0.isEstimated })
  }
}
