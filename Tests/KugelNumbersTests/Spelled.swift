import KugelNumbers
import KugelText
import Testing

/// The numbers of a text in words, which are the same wherever it is cut.
func spelled(_ text: String, _ language: String, spellsAll: Bool = false) -> String {
  let whole = read([text], language, spellsAll)
  let scalars = text.unicodeScalars.map { String($0) }
  #expect(read(scalars, language, spellsAll) == whole, "cut into single characters")
  for cut in scalars.indices {
    let pieces = [scalars[..<cut].joined(), scalars[cut...].joined()]
    #expect(read(pieces, language, spellsAll) == whole, "cut as \(pieces)")
  }
  return whole
}

private func read(_ pieces: [String], _ language: String, _ spellsAll: Bool) -> String {
  guard let stage = NumberStage(language: language, spellsAll: spellsAll) else { return "" }
  var step = StageStep(stage)
  var said = SourcedText()
  for piece in pieces { step.feed(SourcedText(piece), into: &said) }
  step.end(into: &said)
  return said.string
}
