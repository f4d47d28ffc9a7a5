/// Texts whose phonemes are wanted of one voice.
struct PhonemeRequest: Equatable, Sendable {
  /// A voice's file, or a name that the library knows.
  var identifier: String
  /// UTF-8 without the closing zero.
  var texts: [[UInt8]]
}

/// What the library made of one clause of a text.
package struct PhonemeClause: Equatable, Sendable {
  /// IPA with marks of stress, as the library writes it; a switch of the language stands in brackets. May be
  /// empty.
  package var phonemes: String
  /// How much of the text the library had taken behind it, one code point too many except at the end of the
  /// text; in bytes as the library tells it, in Unicode scalars for those who ask a `Phonemiser`.
  package var end: Int
  package var isLast: Bool

  package init(phonemes: String, end: Int, isLast: Bool) {
    self.phonemes = phonemes
    self.end = end
    self.isLast = isLast
  }
}

/// Something that says how texts are spoken: the library in this process, or others that have it.
protocol EspeakPhonemising: Sendable {
  /// - Returns: for each text its clauses.
  func phonemise(_ request: PhonemeRequest) throws(EspeakFailure) -> [[PhonemeClause]]
}
