import KugelText
import TestSupport
import Testing

@Test(
  arguments: [
    ("One two.\n\nThree four. Five.", 18, ["One two.\n\n", "Three four. Five."]),
    ("One two. Three four. Five.", 22, ["One two. Three four. ", "Five."]),
    ("one, two three four", 12, ["one, ", "two three ", "four"]),
    ("one two three", 9, ["one two ", "three"]),
    ("abcdefgh", 3, ["abc", "def", "gh"]),
    ("ab<break/>cd", 10, ["ab<break/>", "cd"]),
    ("abcd <spell>e f</spell> g", 19, ["abcd ", "<spell>e f</spell> ", "g"]),
    ("Dr. Who is.", 6, ["Dr. ", "Who ", "is."]),
    ("e\u{301}e\u{301}e\u{301}", 3, ["e\u{301}", "e\u{301}", "e\u{301}"]),
    ("short", 10, ["short"]), ("", 10, []),
  ] as [(String, Int, [String])])
func `a text is cut at the best place under the limit`(text: String, limit: Int, parts: [String]) {
  #expect(TextLimiter.parts(of: text, limit: limit, language: "en").map(String.init) == parts)
}

@Test func `parts joined are the text, none too long, clusters and tags whole`() {
  var random = SeededGenerator(seed: 5)
  let words = [
    "a", "word.", "long,", "\n\n", "\n", "🇩🇪🇫🇷", "👩‍👩‍👧", "é", "<break/>", "e\u{301}", "\r\n",
    "<spell>x y</spell>",
    "extraordinarily", "文。", "Dr.", "  ",
  ]
  for _ in 0..<1500 {
    let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in
      (words.randomElement(using: &random) ?? "") + (Bool.random(using: &random) ? " " : "")
    }.joined()
    let limit = Int.random(in: 8...50, using: &random)
    let parts = TextLimiter.parts(of: text, limit: limit)
    #expect(parts.joined() == text)
    #expect(parts.allSatisfy { !$0.isEmpty && $0.unicodeScalars.count <= limit })
    #expect(parts.reduce(0) { $0 + $1.count } == text.count)
    for part in parts { #expect(part.count { $0 == "<" } == part.count { $0 == ">" }) }
  }
}
