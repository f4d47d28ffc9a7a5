import KugelText

/// A text as it was sent, in which the chunks and words that a service speaks are looked for.
struct SpokenSource {
  private let scalars: [Unicode.Scalar]
  let markup: SourceMarkup

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    markup = SourceMarkup(scalars)
  }

  var count: Int { scalars.count }

  func skippingBlanks(from start: Int) -> Int {
    scalars[start...].firstIndex { !$0.properties.isWhitespace } ?? count
  }

  /// Behind white space and the ends of elements: there is nothing to say in them.
  func skippingEnds(from start: Int) -> Int {
    var index = skippingBlanks(from: start)
    while let place = markup.place(at: index), place.tag.isClosing {
      index = skippingBlanks(from: place.range.upperBound)
    }
    return index
  }

  /// Whether anything but tags and white space stands behind `start`.
  func hasWords(from start: Int) -> Bool {
    var index = skippingBlanks(from: start)
    while let place = markup.place(at: index) {
      index = skippingBlanks(from: place.range.upperBound)
    }
    return index < count
  }

  /// The tags that have to be said again when the text goes on at `start`.
  func openingTags(around start: Int) -> String {
    markup.openings(around: start).map { String(scalars: scalars[$0]) }.joined()
  }

  /// Where a chunk stands that begins at `start`, white space aside.
  ///
  /// White space is not compared: services trim it, and may fold it. Nor are tags, where a service
  /// leaves them out.
  func span(of chunk: String, from start: Int) -> Range<Int>? {
    let spoken = Array(chunk.unicodeScalars)
    if let span = span(of: spoken[...], from: start, passingTags: false) { return span }
    guard !markup.places.isEmpty else { return nil }
    var bare: [Unicode.Scalar] = []
    var index = 0
    for place in SourceMarkup(spoken).places {
      bare += spoken[index..<place.range.lowerBound]
      index = place.range.upperBound
    }
    return span(of: bare + spoken[index...], from: start, passingTags: true)
  }

  private func span(
    of spoken: some Sequence<Unicode.Scalar>, from start: Int, passingTags: Bool
  ) -> Range<Int>? {
    let first = skippingBlanks(from: start)
    var place = first
    var end = first
    for scalar in spoken where !scalar.properties.isWhitespace {
      place = skippingBlanks(from: place)
      while passingTags, let tag = markup.place(at: place) {
        place = skippingBlanks(from: tag.range.upperBound)
      }
      guard place < count, scalars[place] == scalar else { return nil }
      place += 1
      end = place
    }
    return first..<end
  }

  /// The source's words that are these spoken words; nil where none is, as for numbers that were
  /// written out.
  ///
  /// Spoken words without a place may stand for as many words of the source.
  func places(of words: [WordTime], in range: Range<Int>) -> [Range<Int>?] {
    var tokens = tokens(in: range)[...]
    var unmatched = 0
    return words.map { word in
      let spoken = Self.folded(word.word.unicodeScalars)
      let near = tokens.prefix(unmatched + 1)
      guard let index = near.firstIndex(where: { Self.folded(scalars[$0]) == spoken }) else {
        unmatched += 1
        return nil
      }
      unmatched = 0
      tokens = tokens[(index + 1)...]
      return near[index]
    }
  }

  /// Runs between white space and tags that hold a letter or digit. What is spelled is not spoken as
  /// it is written.
  private func tokens(in range: Range<Int>) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    var start: Int?
    for index in range.lowerBound...range.upperBound {
      let ends =
        index == range.upperBound || scalars[index].properties.isWhitespace
        || markup.place(at: index) != nil
      if ends, let begin = start {
        if !Self.folded(scalars[begin..<index]).isEmpty, !markup.isSpelled(begin) {
          tokens.append(begin..<index)
        }
        start = nil
      } else if !ends && start == nil {
        start = index
      }
    }
    return tokens
  }

  /// Letters and digits, case aside.
  private static func folded(_ word: some Sequence<Unicode.Scalar>) -> String {
    var letters = String.UnicodeScalarView()
    for scalar in word where scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    {
      letters.append(scalar)
    }
    return String(letters).lowercased()
  }
}
