import TestSupport
import Testing

@testable import KugelEspeak

private func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
  var view = String.UnicodeScalarView()
  view.append(contentsOf: scalars)
  return String(view)
}

private func pieces(_ whole: String, _ identifier: String = "gmw/en-US") -> [EspeakPiece] {
  EspeakPieces.of(whole, identifier: identifier)
}

private func cut(_ whole: String, budget: Int) -> [String] {
  let scalars = Array(whole.unicodeScalars)
  let piece = EspeakPiece(
    identifier: "gmw/en-US", scalars: scalars, sources: Array(scalars.indices), endsClause: true)
  return EspeakPieces.cut(piece, budget: budget).map { text($0.scalars) }
}

@Suite struct EspeakPiecesTests {
  @Test func `an everyday text is one piece`() {
    for whole in ["Hello.", "One sentence, and another. A third?", "a\nb\n\nc", "😀 Grüße"] {
      #expect(pieces(whole).map { text($0.scalars) } == [whole])
    }
    #expect(pieces("").isEmpty && pieces(" \n ").isEmpty)
  }

  @Test func `a piece ends where a sentence does, else a clause, else a word`() {
    #expect(
      cut("one two. three four, five six. seven", budget: 50)
        == ["one two. ", "three four, five six. ", "seven"])
    #expect(cut("three four, five six seven", budget: 40) == ["three four, ", "five six seven"])
    #expect(cut("one two three four five", budget: 40) == ["one two three ", "four five"])
    #expect(cut("いち、に。さん", budget: 24) == ["いち、に。", "さん"])
    #expect(cut("いち、にさん", budget: 20) == ["いち、", "にさん"])
    #expect(cut("abcdefgh", budget: 8) == ["abcd", "efgh"])
  }

  @Test func `a sign alone is no place to cut`() {
    #expect(cut("1.5,2 3.25 x", budget: 45) == ["1.5,2 ", "3.25 x"])
  }

  @Test func `what belongs together in one letter is not parted`() {
    for piece in cut(String(repeating: "e\u{301}", count: 40), budget: 30) {
      #expect(piece.unicodeScalars.first == "e")
    }
    #expect(cut("👩‍👩‍👧👩‍👩‍👧", budget: 30).allSatisfy { $0.contains("👩‍👩‍👧") })
  }

  @Test func `numbers in a list are cut long before the library would drop them`() {
    let parts = pieces((1...500).map { "\($0)" }.joined(separator: " "), "zle/ru")
    #expect(parts.count > 5)
    #expect(parts.allSatisfy { $0.cost <= SpeechCost.clause })
    #expect(parts.dropLast().allSatisfy { !$0.endsClause })
  }

  @Test(arguments: [
    (String(repeating: "かな", count: 100), "jpx/ja"),
    (String(repeating: "สวัสดี", count: 60), "tai/th"),
    (String(repeating: "7", count: 300), "gmw/de"),
    (String(repeating: "ab", count: 200), "gmw/en-US"),
    (String(repeating: "%€", count: 60), "gmw/en-US"),
    (String(repeating: "😀", count: 60), "gmw/en-US"),
  ])
  func `a word too long for the library gets spaces`(word: String, identifier: String) {
    for piece in pieces(word, identifier) {
      for part in piece.scalars.split(separator: " ") {
        #expect(part.reduce(0) { $0 + SpeechCost.ofWord($1) } <= SpeechCost.word)
        #expect(text(part).utf8.count <= SpeechCost.word)
      }
    }
  }

  @Test(arguments: [
    "Donaudampfschifffahrtsgesellschaftskapitän", String(repeating: "-", count: 90),
    "=================",
    "https://example.com/a/path?with=1", "中国人民中国人民中国人民中国人民中国人民中国人民",
  ])
  func `a word of a language is left whole`(word: String) {
    #expect(pieces(word).map { text($0.scalars) } == [word])
  }

  @Test func `foreign words have a voice of their own, with the variant`() {
    let parts = pieces("He said Привет and left.", "gmw/de+f3")
    #expect(parts.map(\.identifier) == ["gmw/de+f3", "zle/ru+f3", "gmw/de+f3"])
    #expect(parts.map(\.sources.first) == [0, 8, 15])
    #expect(parts.map(\.endsClause) == [false, false, true])
  }

  /// Whatever the text: each scalar stands in one piece, in order, and only spaces are put in.
  @Test func `nothing is lost or doubled by cutting`() {
    var random = SeededGenerator(seed: 13)
    let signs = Array("aZé漢かห7%.,! \n🌍Жا-".unicodeScalars)
    for _ in 0..<60 {
      var view = String.UnicodeScalarView()
      let repeats = 1 + random.below(30)
      for _ in 0..<random.below(60) {
        let sign = signs[random.below(signs.count)]
        for _ in 0..<1 + random.below(repeats) { view.append(sign) }
      }
      let whole = String(view)
      let scalars = Array(view)
      var next = 0
      for piece in pieces(whole) {
        #expect(piece.scalars.count == piece.sources.count)
        for (scalar, source) in zip(piece.scalars, piece.sources) {
          while next < source, scalars[next].properties.isWhitespace { next += 1 }
          if source == next, scalar == scalars[next] {
            next += 1
          } else {
            #expect(scalar == " " && source == next, "\(whole)")
          }
        }
      }
      #expect(scalars[next...].allSatisfy { $0.properties.isWhitespace }, "\(whole)")
    }
  }
}

@Suite struct EspeakPieceTests {
  @Test func `sifting leaves what the voice reads, and the offsets`() {
    let parts = pieces("Hello, naïve 5 € 🌍 ﷼ (Ж) ½!")
    let sifted = parts[0].sifted()
    #expect(text(sifted.scalars) == "Hello, naïve 5       ")
    #expect(sifted.sources == parts[0].sources && sifted.isSifted)
    #expect(text(pieces("Привет", "zle/ru")[0].sifted().scalars) == "Привет")
  }

  @Test func `an event is found in the text, behind spaces that were put in, too`() throws {
    let piece = try #require(pieces("x " + String(repeating: "7", count: 40)).first)
    let words = piece.words
    #expect(words.count == 3)
    let first = try #require(piece.source(offset: words[1].lowerBound, length: words[1].count))
    #expect(first.offset == 2 && first.length == words[1].count)
    let second = try #require(piece.source(offset: words[2].lowerBound, length: words[2].count))
    #expect(second.offset == 2 + first.length && second.length == 40 - first.length)
    #expect(piece.source(offset: -1, length: 0) == nil)
    #expect(piece.source(offset: 999, length: 3) == nil)
    #expect(piece.source(offset: 0, length: 999)?.length == 42)
  }
}
