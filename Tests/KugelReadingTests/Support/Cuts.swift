import KugelReading
import KugelText
import Testing

/// Checks that a text comes out the same however it was cut: at every place once, in single scalars, and
/// in random pieces.
func expectSameWhateverTheCuts(
  _ text: String, _ filters: TextFilters, language: String? = "en",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let whole = said(text, filters, language: language)
  let scalars = text.unicodeScalars.map { String($0) }
  var cuts = [scalars]
  if scalars.count < 120 { cuts += halves(of: text) }
  for size in [2, 3, 5, 7, 16] {
    cuts.append(
      stride(from: 0, to: scalars.count, by: size).map {
        scalars[$0..<min($0 + size, scalars.count)].joined()
      })
  }
  for pieces in cuts {
    let cut = said(pieces, filters, language: language)
    #expect(cut.string == whole.string, "cut as \(pieces)", sourceLocation: sourceLocation)
    #expect(cut == whole, "the places or marks differ", sourceLocation: sourceLocation)
    guard cut == whole else { return }
  }
}

/// A text with its marks written out: ⟦heading⟧ and their kind.
func marked(_ text: SourcedText) -> String {
  var view = String.UnicodeScalarView()
  var endings = text.endings[...]
  func place(upTo offset: Int) {
    while let ending = endings.first, ending.offset <= offset {
      view.append(contentsOf: "⟦\(ending.mark)⟧".unicodeScalars)
      endings.removeFirst()
    }
  }
  for (index, scalar) in text.scalars.enumerated() {
    place(upTo: index)
    view.append(scalar)
  }
  place(upTo: text.count)
  return String(view)
}
