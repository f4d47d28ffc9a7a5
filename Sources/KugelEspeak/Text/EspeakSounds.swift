import KugelText

/// The sounds between slashes of a text, on their way to the library: digits stand in their places while
/// the text is cut, because those go with any voice, and then the phonemes of the voice that has them.
struct EspeakSounds {
  /// As the library takes it literally, with digits for sounds.
  private(set) var masked: [Unicode.Scalar]
  private let scalars: [Unicode.Scalar]
  private let places: [Range<Int>]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    masked = EspeakText.scalars(of: text)
    places = scalars.contains("/") ? InlineIPA.places(in: scalars) : []
    for index in places.joined() { masked[index] = "0" }
  }

  /// The piece with phonemes in the place of its digits that stand for sounds.
  func spelled(in piece: EspeakPiece) -> EspeakPiece {
    guard let first = piece.sources.first, let last = piece.sources.last,
      places.contains(where: { $0.lowerBound >= first && $0.upperBound <= last + 1 })
    else { return piece }
    let phonemes = EspeakPhonemes(handle: piece.handle)
    var (made, sources): ([Unicode.Scalar], [Int]) = ([], [])
    var done = 0
    func add(_ text: String, at source: Int) {
      for scalar in text.unicodeScalars {
        made.append(scalar)
        sources.append(source)
      }
    }
    for (scalar, source) in zip(piece.scalars, piece.sources) {
      guard let place = places.first(where: { $0.contains(source) }) else {
        // In such a text these brackets would mean something.
        made.append(scalar == "[" && made.last == "[" ? " " : scalar)
        sources.append(source)
        continue
      }
      guard source >= done else { continue }
      done = place.upperBound
      let inner = (place.lowerBound + 1)..<(place.upperBound - 1)
      add("[[", at: place.lowerBound)
      add(phonemes.spelled(scalars[inner]), at: inner.lowerBound)
      add("]]", at: inner.upperBound)
    }
    var spelled = EspeakPiece(
      identifier: piece.identifier, scalars: made, sources: sources, endsClause: piece.endsClause)
    spelled.hasPhonemes = true
    return spelled
  }
}
