import Testing

@testable import KugelPiper

private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
private func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
  scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
}

@Suite struct PhonemeTests {
  @Test(
    arguments: [
      ("Hello.", ".", true), ("Hello", ".", true), ("Really?! ", "?", true), ("No!!", "!", true),
      ("one, ", ",", true), ("He said “yes.”", ".", true), ("He said (no)", ".", true),
      ("wait... ", ";", true), ("wait… ", ";", true), ("so — ", ";", true), ("so: ", ":", true),
    ] as [(String, String, Bool)])
  func `a clause at the text's end ends with its sign`(taken: String, sign: String, ends: Bool) {
    let ending = ClauseEnding(scalars(taken)[...], endsText: true)
    #expect(ending.sign.map { String($0) } == sign && ending.endsSentence == ends)
  }

  @Test(
    arguments: [
      ("one, ", ",", false), ("one; ", ";", false), ("A title\n\n", ".", true),
      ("a line\n", nil, false),
      ("wait... ", ";", false), ("Stop. ", ".", true), ("。", ".", true), ("one", nil, false),
      ("one,\n\n", ",", true),
    ] as [(String, String?, Bool)])
  func `one within a text goes on`(taken: String, sign: String?, ends: Bool) {
    let ending = ClauseEnding(scalars(taken)[...], endsText: false)
    #expect(ending.sign.map { String($0) } == sign && ending.endsSentence == ends)
  }

  @Test func `clauses make sentences, where they stand in the text`() {
    let source = scalars("Hi, you. Then, bye")
    var builder = SentenceBuilder(source)
    builder.add(clause: "hˈaɪ", range: 0..<4, endsText: false)
    builder.add(clause: "juː", range: 4..<9, endsText: false)
    builder.add(clause: "(fr)ðˈɛn(en)", range: 9..<15, endsText: false)
    builder.add(clause: "", range: 15..<15, endsText: false)
    builder.add(clause: "bˈaɪ ç", range: 15..<18, endsText: true)
    builder.finish()
    #expect(builder.sentences.map { text($0.phonemes) } == ["hˈaɪ, juː.", "ðˈɛn, bˈaɪ c\u{327}."])
    #expect(builder.sentences.map(\.range) == [0..<9, 9..<18])
  }

  @Test func `signs alone make no sentence`() {
    var builder = SentenceBuilder(scalars("... !"))
    builder.add(clause: "", range: 0..<4, endsText: false)
    builder.add(clause: " ", range: 4..<5, endsText: true)
    builder.finish()
    #expect(builder.sentences.isEmpty)
  }

  @Test func `sounds that are written out stand among the others`() {
    var builder = SentenceBuilder(scalars("a /təˈmɑːtəʊ/ b"))
    builder.add(clause: "ɐ", range: 0..<2, endsText: false)
    builder.add(sounds: scalars("təˈmɑːtəʊ"))
    builder.add(clause: "bˈiː", range: 13..<15, endsText: true)
    builder.finish()
    #expect(builder.sentences.map { text($0.phonemes) } == ["ɐ təˈmɑːtəʊ bˈiː."])
  }

  private static let map: [Unicode.Scalar: [Int64]] = [
    "_": [0], "^": [1], "$": [2], " ": [3], ".": [4], ",": [5], "a": [6], "b": [7, 8],
  ]

  @Test func `ids have a pad behind each, and what the voice does not know is left out`() {
    let ids = PhonemeIDs(scalars("ab x."), in: 0..<5, by: Self.map)
    #expect(ids.ids == [1, 0, 6, 0, 7, 8, 0, 3, 0, 4, 0, 2])
    #expect(ids.places == [0, 0, 0, 0, 1, 1, 1, 2, 2, 4, 4, 4])
  }

  @Test func `long sentences are cut at signs and spaces, and nothing is lost`() {
    let phonemes = scalars(String(repeating: "aaaa aaa, aaaaa ", count: 40))
    for most in [20, 50, 100] {
      let parts = PhonemeIDs.parts(of: phonemes, by: Self.map, most: most)
      #expect(parts.flatMap { Array($0) } == Array(phonemes.indices))
      #expect(parts.allSatisfy { PhonemeIDs(phonemes, in: $0, by: Self.map).ids.count <= most + 3 })
      #expect(parts.dropFirst().allSatisfy { phonemes[$0.lowerBound - 1] == " " })
    }
    #expect(
      PhonemeIDs.parts(of: scalars("aaaaaaaa"), by: Self.map, most: 6) == [0..<3, 3..<6, 6..<8])
    #expect(PhonemeIDs.parts(of: [], by: Self.map) == [])
  }

  @Test func `words are found where they stand in the phonemes, also joined and changed`() {
    let words = ["ðə", "kwˈɪk", "ʌv", "ðˈæt"].map(scalars)
    let sentence = scalars("ðə kwˈɪk, əvðæt.")
    let places = SpokenWords.places(of: words, in: sentence)
    #expect(places.map { text(sentence[$0]) } == ["ðə", "kwˈɪk", "əv", "ðæt"])
    #expect(SpokenWords.places(of: [[], scalars("a")], in: []) == [0..<0, 0..<0])
  }

  @Test func `words have no signs at their ends`() {
    let source = scalars("“Well-known,” — 3.14 (it's)!")
    #expect(
      SpokenWords.ranges(in: source[...]).map { text(source[$0]) } == [
        "Well-known", "3.14", "it's",
      ])
  }

  @Test(arguments: [(1.0, 1.0), (2, 0.339), (0.5, 2.323), (1.25, 0.735)])
  func `the length of a pace counts that each id lasts a frame`(speed: Double, length: Double) {
    #expect(abs(PiperSpeed.length(speed: speed, frames: 2.05) - length) < 0.001)
  }
}
