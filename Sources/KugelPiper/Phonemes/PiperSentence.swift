/// One sentence as a voice gets it: its phonemes, with the signs between its clauses.
package struct PiperSentence: Equatable, Sendable {
  /// In canonical decomposition.
  package var phonemes: [Unicode.Scalar]
  /// Where it stands in the text, in Unicode scalars.
  package var range: Range<Int>
}

/// A stretch of a text: to be phonemised, or sounds written out in IPA.
package enum PiperPart: Equatable, Sendable {
  case text(Range<Int>)
  /// - Parameter inner: without the slashes.
  case sounds(Range<Int>, inner: Range<Int>)

  package var range: Range<Int> {
    switch self {
    case .text(let range), .sounds(let range, _): range
    }
  }
}
