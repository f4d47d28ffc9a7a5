import KugelText
import Testing

/// Regular expressions that are a text and nothing else are the measure.
@Suite struct PartSearchTests {
  private let parts = ["a", "ab", "aa", "abab", ",", "é", "\n", "👩", "-->", " ", "b --", "zz"]

  @Test(arguments: [
    "", "a", "ab", "aaaa", "abcabc", "xabab", "a,b,,c,", "e\u{301}é", "\r\n\n", "👩‍👩‍👧👩", "--> b --> c",
  ])
  func `the standard library finds the same`(text: String) {
    for part in parts {
      let pattern = Regex<Substring>(verbatim: part)
      #expect(text.ranges(of: part) == text.ranges(of: pattern), "\(part)")
      #expect(text.firstRange(of: part) == text.firstRange(of: pattern), "\(part)")
      #expect(text.contains(part) == text.contains(pattern), "\(part)")
      #expect(text.dropFirst().contains(part[...]) == text.dropFirst().contains(pattern))
      for other in ["", "x", part + part] {
        #expect(text.replacing(part, with: other) == text.replacing(pattern, with: other))
        #expect(
          text.replacing(part, with: other, maxReplacements: 1)
            == text.replacing(pattern, with: other, maxReplacements: 1))
      }
      for (most, omitting) in [
        (Int.max, false), (.max, true), (1, false), (1, true), (0, true), (0, false),
      ] {
        #expect(
          text.split(separator: part, maxSplits: most, omittingEmptySubsequences: omitting)
            == text.split(
              separator: pattern, maxSplits: most, omittingEmptySubsequences: omitting),
          "\(part) \(most) \(omitting)")
      }
    }
  }

  @Test func `bytes are searched as letters are`() {
    let bytes = Array("OggS--OggS".utf8)
    #expect(bytes.firstRange(of: Array("gS".utf8)) == 2..<4)
    #expect(bytes.ranges(of: Array("Ogg".utf8)) == [0..<3, 6..<9])
    #expect(bytes.replacing(Array("--".utf8), with: [1]) == Array("OggS\u{1}OggS".utf8))
    #expect(!bytes.contains(Array("Ogg-".utf8)))
  }

  @Test func `an empty part is found at the beginning, and parts nothing`() {
    #expect("ab".contains(""))
    #expect("ab".firstRange(of: "") == "ab".startIndex..<"ab".startIndex)
    #expect("ab".split(separator: "") == ["ab"])
  }
}
