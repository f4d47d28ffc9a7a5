/// When one word is spoken, and where it stands in the text.
///
/// Source: protocol notes, section 11.
package struct WordTime: Equatable, Sendable, Codable {
  package var word: String
  /// Milliseconds from the start of the text chunk.
  package var startMilliseconds: Int
  package var endMilliseconds: Int
  /// Offsets in Unicode scalars of the chunk's text, end exclusive.
  package var characterStart: Int
  package var characterEnd: Int
  package var score: Double

  package init(
    word: String, startMilliseconds: Int, endMilliseconds: Int, characterStart: Int,
    characterEnd: Int, score: Double = 1
  ) {
    self.word = word
    self.startMilliseconds = startMilliseconds
    self.endMilliseconds = endMilliseconds
    self.characterStart = characterStart
    self.characterEnd = characterEnd
    self.score = score
  }

  enum CodingKeys: String, CodingKey {
    case word, score
    case startMilliseconds = "start_ms"
    case endMilliseconds = "end_ms"
    case characterStart = "char_start"
    case characterEnd = "char_end"
  }
}
