import Testing

@testable import KugelText

@Suite struct TurnRationTests {
  private func parts(of pieces: [String], limit: Int) -> [String] {
    var ration = TurnRation(limit: limit)
    var turns = [""]
    for part in pieces.flatMap({ ration.take($0) }) {
      turns[turns.count - 1] += part.text
      if part.endsTurn { turns.append("") }
    }
    return turns.filter { !$0.isEmpty }
  }

  @Test(
    arguments: [
      (["Short."], 20, ["Short."]),
      (["One two three. Four five six."], 20, ["One two three. ", "Four five six."]),
      (["First.\n\nSecond one. Third."], 22, ["First.\n\nSecond one. ", "Third."]),
      (["Paragraph one.\n\nTwo. Three."], 24, ["Paragraph one.\n\n", "Two. Three."]),
      (["aaaaaaaaaaaaaaaaaaaaaaaaa"], 10, ["aaaaaaaaaa", "aaaaaaaaaa", "aaaaa"]),
      (["no marks at all here"], 10, ["no marks ", "at all ", "here"]),
      (["12345678", ". ", "Next."], 12, ["12345678. ", "Next."]),
      (["一二三。四五六。"], 6, ["一二三。", "四五六。"]),
    ])
  func `long texts are cut at the best place`(pieces: [String], limit: Int, expected: [String]) {
    #expect(parts(of: pieces, limit: limit) == expected)
  }

  @Test func `nothing is lost and no turn exceeds the limit, however the text arrives`() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("ab .\n!é😀")
    for _ in 0..<500 {
      let text = String((0..<200).map { _ in alphabet.randomElement(using: &random)! })
      var pieces: [String] = []
      var rest = Substring(text)
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...60, using: &random))
        pieces.append(String(piece))
        rest = rest.dropFirst(piece.count)
      }
      let turns = parts(of: pieces, limit: 25)
      #expect(turns.joined() == text)
      #expect(turns.allSatisfy { $0.unicodeScalars.count <= 25 })
    }
  }
}
