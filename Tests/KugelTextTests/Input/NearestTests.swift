import Testing

@testable import KugelText

@Test(arguments: [
  ("", "", 0), ("abc", "", 3), ("", "ab", 2), ("same", "same", 0), ("voice", "voise", 1),
  ("german", "germna", 1), ("kitten", "sitting", 3), ("ca", "abc", 3), ("über", "uber", 1),
])
func `insertions, deletions, replacements and swaps count one each`(
  one: String, other: String, distance: Int
) {
  #expect(editDistance(Array(one), Array(other)) == distance)
  #expect(editDistance(Array(other), Array(one)) == distance)
}

@Test func `the nearest candidate comes first, and at a tie the one that begins alike`() {
  let options = ["--voice", "--rate", "--speed", "--output", "--voices"]
  #expect(nearest(to: "--voise", in: options) == ["--voice", "--voices"])
  #expect(nearest(to: "--ratte", in: options) == ["--rate"])
  #expect(nearest(to: "cat", in: ["bat", "car", "cats"]) == ["cats", "car", "bat"])
}

@Test func `letter case does not count and a candidate named twice is returned once`() {
  #expect(nearest(to: "GERMAN", in: ["German", "German"]) == ["German"])
}

@Test func `what is not plausible is not suggested`() {
  #expect(nearest(to: "hello", in: ["say", "stream", "voices"]) == [])
  #expect(nearest(to: "x", in: ["a", "b"]) == [])
  #expect(nearest(to: "", in: ["a", ""]) == [""])
  #expect(nearest(to: String(repeating: "a", count: 100_000), in: ["a", "aa"]) == [])
}

@Test func `no more than the limit are returned`() {
  let near = ["aaab", "aaac", "aaad", "aaae"]
  #expect(nearest(to: "aaaa", in: near) == ["aaab", "aaac", "aaad"])
  #expect(nearest(to: "aaaa", in: near, limit: 1) == ["aaab"])
  #expect(nearest(to: "aaaa", in: near, limit: 0) == [])
}
