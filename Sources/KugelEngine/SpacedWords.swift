/// The runs of a text that hold no Unicode `White_Space`, from front to back.
struct SpacedWords {
  struct Word {
    var text: Substring
    /// Unicode scalars of the whole text.
    var range: Range<Int>
  }

  private let text: String
  private var index: String.Index
  private var offset = 0

  init(_ text: String) {
    self.text = text
    index = text.startIndex
  }

  mutating func next() -> Word? {
    skip { $0.properties.isWhitespace }
    let (start, from) = (index, offset)
    skip { !$0.properties.isWhitespace }
    return from == offset ? nil : Word(text: text[start..<index], range: from..<offset)
  }

  private mutating func skip(while belongs: (Unicode.Scalar) -> Bool) {
    let scalars = text.unicodeScalars
    while index < scalars.endIndex, belongs(scalars[index]) {
      scalars.formIndex(after: &index)
      offset += 1
    }
  }
}
