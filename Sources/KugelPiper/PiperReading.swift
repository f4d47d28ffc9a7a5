import KugelEngine
import KugelEspeak
import KugelText

/// A text on its way to a voice: its sentences in phonemes, and where its words are in them.
struct PiperReading {
  struct Word: Equatable {
    /// Unicode scalars of the text.
    var range: Range<Int>
    var text: String
    /// Phonemes of the sentence.
    var place: Range<Int>
  }

  struct Sentence: Equatable {
    var phonemes: [Unicode.Scalar]
    var words: [Word] = []
  }

  private(set) var sentences: [Sentence] = []

  init(
    _ text: String, wantsWords: Bool, _ description: PiperDescription, _ phonemiser: any Phonemiser
  ) throws(EngineError) {
    let scalars = Array(text.unicodeScalars)
    guard scalars.contains(where: { !$0.properties.isWhitespace }) else { return }
    let parts = Self.parts(of: scalars)
    let words = wantsWords ? SpokenWords.ranges(in: scalars[...]) : []
    let stretches = parts.compactMap { if case .text(let range) = $0 { range } else { nil } }
    // One question, because each is a way to another process.
    let answers = try phonemiser.phonemes(
      of: (stretches + words).map { String(scalars: scalars[$0]) }, voice: description.espeakVoice)
    guard answers.count == stretches.count + words.count else {
      throw .failed(engine: PiperEngine.name, cause: "espeak-ng said too little")
    }
    let built = Self.sentences(parts, scalars, answers.prefix(stretches.count))
    let alone = answers.dropFirst(stretches.count).map { clauses in
      SentenceBuilder.withoutSwitches(
        SentenceBuilder.decomposed(clauses.map(\.phonemes).joined(separator: " ").unicodeScalars))
    }
    for sentence in built
    where PhonemeIDs.isSpeakable(sentence.phonemes, by: description.ids) {
      var made = Sentence(phonemes: sentence.phonemes)
      let own = words.indices.filter { sentence.range.contains(words[$0].lowerBound) }
      let places = SpokenWords.places(of: own.map { alone[$0] }, in: sentence.phonemes)
      for (index, place) in zip(own, places) {
        made.words.append(
          Word(
            range: words[index], text: String(scalars: scalars[words[index]]),
            place: place))
      }
      sentences.append(made)
    }
  }

  private static func parts(of scalars: [Unicode.Scalar]) -> [PiperPart] {
    var parts: [PiperPart] = []
    var start = 0
    for place in scalars.contains("/") ? InlineIPA.places(in: scalars) : [] {
      if place.lowerBound > start { parts.append(.text(start..<place.lowerBound)) }
      parts.append(.sounds(place, inner: (place.lowerBound + 1)..<(place.upperBound - 1)))
      start = place.upperBound
    }
    if start < scalars.count { parts.append(.text(start..<scalars.count)) }
    return parts
  }

  private static func sentences(
    _ parts: [PiperPart], _ scalars: [Unicode.Scalar], _ answers: ArraySlice<[PhonemeClause]>
  ) -> [PiperSentence] {
    var builder = SentenceBuilder(scalars)
    var answers = answers
    for (index, part) in parts.enumerated() {
      switch part {
      case .sounds(_, let inner): builder.add(sounds: scalars[inner])
      case .text(let range):
        var start = range.lowerBound
        let signs = index > 0 ? Self.signs(at: scalars[range]) : 0
        if signs > 0 {
          builder.add(clause: "", range: start..<start + signs, endsText: false)
          start += signs
        }
        for clause in answers.popFirst() ?? [] {
          let end =
            clause.isLast
            ? range.upperBound : min(range.upperBound, range.lowerBound + max(0, clause.end - 1))
          builder.add(
            clause: clause.phonemes, range: min(start, end)..<end,
            endsText: clause.isLast && index == parts.count - 1)
          start = end
        }
      }
    }
    builder.finish()
    return builder.sentences
  }

  /// How much of a text belongs to the sounds before it: the library passes over signs ahead of words.
  ///
  /// - Returns: the length of signs that touch those sounds, with the spaces behind them.
  private static func signs(at text: ArraySlice<Unicode.Scalar>) -> Int {
    let signs = text.prefix { !$0.properties.isWhitespace }
    guard signs.count < text.count,
      signs.allSatisfy({ !$0.properties.isAlphabetic && $0.properties.numericType == nil }),
      !signs.isEmpty
    else { return 0 }
    return signs.count + text.dropFirst(signs.count).prefix(while: \.properties.isWhitespace).count
  }
}

extension String {
  fileprivate init(scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
