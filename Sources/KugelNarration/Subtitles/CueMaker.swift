import KugelText

/// Makes subtitles of what was spoken, sentence by sentence, from the samples that were made.
///
/// Source: interface notes, section 5.10.
package struct CueMaker: Sendable {
  package struct Rules: Equatable, Sendable {
    package var unit = SubtitleUnit.sentence
    /// Columns.
    package var width = 42
    package init() {}

    /// The same for all that makes the same cues.
    package var description: String { "\(unit.rawValue) \(width)" }
  }

  /// Seconds that a cue stands.
  private static let longest = 7.0

  private let rules: Rules
  private let shown: ShownText
  private let rate: Double

  /// - Parameter rate: Hz, of the places in the sound.
  package init(_ rules: Rules, shown: ShownText, rate: Int) {
    self.rules = rules
    self.shown = shown
    self.rate = Double(max(1, rate))
  }

  /// - Parameter seconds: sound before the item's, where several are joined.
  package func cues(
    _ timeline: SoundTimeline, behind seconds: Double = 0, speaker: String? = nil
  ) -> [Cue] {
    var cues: [Cue] = []
    var words = timeline.words.makeIterator()
    var ahead = words.next()
    for sentence in timeline.sentences {
      var own: [SoundTimeline.Span] = []
      while let word = ahead, word.text.lowerBound < sentence.text.upperBound {
        own.append(word)
        ahead = words.next()
      }
      for var cue in self.cues(of: sentence, words: timed(own)) {
        cue.from += seconds
        cue.to += seconds
        for index in cue.words.indices {
          cue.words[index].from += seconds
          cue.words[index].to += seconds
        }
        cue.speaker = speaker
        cues.append(cue)
      }
    }
    return cues
  }

  /// A word as it is shown.
  private struct TimedWord {
    var shown: Range<Int>
    var samples: Range<Int>
  }

  /// Several spoken words may stand for one that is shown: it lasts for all of them.
  private func timed(_ words: [SoundTimeline.Span]) -> [TimedWord] {
    var timed: [TimedWord] = []
    for word in words {
      let range = shown.range(ofWord: word.text)
      guard !range.isEmpty else { continue }
      if let last = timed.last,
        last.shown.overlaps(range) || range.lowerBound < last.shown.upperBound
      {
        let (one, two) = (last.samples, word.samples)
        timed[timed.count - 1].samples =
          min(one.lowerBound, two.lowerBound)..<max(one.upperBound, two.upperBound)
        timed[timed.count - 1].shown =
          last.shown.lowerBound..<max(last.shown.upperBound, range.upperBound)
      } else {
        timed.append(TimedWord(shown: range, samples: word.samples))
      }
    }
    return timed
  }

  private func cues(of sentence: SoundTimeline.Span, words: [TimedWord]) -> [Cue] {
    let range = shown.range(sentence.text)
    let text = Array(shown.scalars[range])
    guard text.contains(where: { !$0.isWhite }), !sentence.samples.isEmpty else { return [] }
    let local = words.map {
      TimedWord(
        shown: $0.shown.lowerBound - range.lowerBound..<$0.shown.upperBound - range.lowerBound,
        samples: $0.samples)
    }
    var pieces =
      rules.unit == .word
      ? wordPieces(text, local) : CueLines(width: rules.width, count: lineCount).pieces(of: text)
    var starts = starts(pieces, text, local, sentence.samples)
    if rules.unit != .word { divide(&pieces, &starts, text, local, sentence.samples) }
    return pieces.indices.compactMap { index in
      let end = index + 1 < starts.count ? starts[index + 1] : sentence.samples.upperBound
      return cue(text, pieces[index], starts[index]..<max(starts[index], end), local)
    }
  }

  private var lineCount: Int { rules.unit == .sentence ? 2 : 1 }

  /// Each word with the marks that touch it.
  private func wordPieces(_ text: [Unicode.Scalar], _ words: [TimedWord]) -> [Range<Int>] {
    guard !words.isEmpty else {
      return CueLines(width: rules.width, count: 1).pieces(of: text)
    }
    var pieces: [Range<Int>] = []
    var start = 0
    for word in words {
      var end = min(text.count, max(word.shown.upperBound, start))
      while end < text.count, !text[end].isWhite { end += 1 }
      while end < text.count, text[end].isWhite { end += 1 }
      guard end > start else { continue }
      pieces.append(start..<end)
      start = end
    }
    if start < text.count, let last = pieces.last {
      pieces[pieces.count - 1] = last.lowerBound..<text.count
    }
    return pieces
  }

  private func starts(
    _ pieces: [Range<Int>], _ text: [Unicode.Scalar], _ words: [TimedWord], _ samples: Range<Int>
  ) -> [Int] {
    var starts: [Int] = []
    let whole = max(SpokenWeight.of(text), 1)
    for piece in pieces {
      let last = starts.last ?? samples.lowerBound
      let word = words.first { $0.shown.lowerBound >= piece.lowerBound }
      if starts.isEmpty {
        starts.append(samples.lowerBound)
      } else if let word, word.shown.lowerBound < piece.upperBound {
        starts.append(min(max(last, word.samples.lowerBound), samples.upperBound))
      } else {
        let share = SpokenWeight.of(text[..<piece.lowerBound]) / whole
        let place = samples.lowerBound + Int(Double(samples.count) * share)
        starts.append(min(max(last, place), samples.upperBound))
      }
    }
    return starts
  }

  /// What stands too long is cut once more, at the blank next to its middle.
  private func divide(
    _ pieces: inout [Range<Int>], _ starts: inout [Int], _ text: [Unicode.Scalar],
    _ words: [TimedWord], _ samples: Range<Int>
  ) {
    var index = 0
    while index < pieces.count {
      let end = index + 1 < starts.count ? starts[index + 1] : samples.upperBound
      let piece = pieces[index]
      if Double(end - starts[index]) / rate > Self.longest, let place = middle(of: piece, text) {
        pieces.replaceSubrange(
          index...index, with: [piece.lowerBound..<place, place..<piece.upperBound])
        let fresh = self.starts(pieces, text, words, samples)
        // No progress where the words of both halves are told at one moment.
        if fresh == starts + [samples.upperBound] { return }
        starts = fresh
      } else {
        index += 1
      }
    }
  }

  private func middle(of piece: Range<Int>, _ text: [Unicode.Scalar]) -> Int? {
    let half = (piece.lowerBound + piece.upperBound) / 2
    let places = (piece.lowerBound + 1..<max(piece.lowerBound + 1, piece.upperBound)).filter {
      text[$0 - 1].isWhite && !text[$0].isWhite
        && !($0 >= 2 && text[$0 - 2].isDigit && text[$0].isDigit)
    }
    return places.min { abs($0 - half) < abs($1 - half) }
  }

  private func cue(
    _ text: [Unicode.Scalar], _ piece: Range<Int>, _ samples: Range<Int>, _ words: [TimedWord]
  ) -> Cue? {
    let lines = CueLines(width: rules.width, count: lineCount).lines(of: text[piece])
    guard !lines.isEmpty, !samples.isEmpty else { return nil }
    let own = words.filter {
      $0.shown.lowerBound >= piece.lowerBound && $0.shown.lowerBound < piece.upperBound
    }
    return Cue(
      from: Double(samples.lowerBound) / rate, to: Double(samples.upperBound) / rate, lines: lines,
      words: own.map { word in
        Cue.Word(
          text: String(scalars: text[word.shown.clamped(to: 0..<text.count)]).trimmed,
          from: Double(word.samples.lowerBound) / rate,
          to: Double(word.samples.upperBound) / rate)
      }, isEstimated: words.isEmpty)
  }
}
