import KugelText

/// Subtitles of sound that is still being made: tell it what is said and what comes of it, and take the cues
/// that nothing will change any more.
///
/// Pure. Turns are told apart by their numbers, and their cues come in the order in which they began.
package struct LiveCues: Sendable {
  /// What the voice speaks at once, as soon as there is sound of it.
  private struct Piece {
    var chunk: Int
    /// Scalars of what is said of the turn before it.
    var text: Int
    /// Samples of the turn before it.
    var start: Int
    var hasWords = false
  }

  private struct Turn {
    let number: Int
    let speaker: String?
    /// Of the source, from the scalar `origin` on.
    var written: [Unicode.Scalar] = []
    var origin = 0
    var said = SourcedText()
    /// Those of which no sound has come, and where they begin in what is said.
    var announced: [Int: Int] = [:]
    var pieces: [Piece] = []
    var words: [SoundTimeline.Span] = []
    var samples = 0
    /// Hz; 0 before the first sound.
    var rate = 0
    /// Seconds of the whole sound before it; nil while that is not known.
    var start: Double?
    var isOver = false
    /// Pieces whose cues were given.
    var told = 0
  }

  private let rules: CueMaker.Rules
  private let language: String?
  private let lead: Double
  private let isCast: Bool
  private var turns: [Turn] = []

  /// - Parameters:
  ///   - language: of the text, for the ends of sentences; nil where it is not known.
  ///   - lead: seconds of silence before all sound.
  ///   - isCast: several speak, whose turns are placed; else the first sound of a turn says where it is.
  package init(
    _ rules: CueMaker.Rules, language: String? = nil, lead: Double = 0, isCast: Bool = false
  ) {
    self.rules = rules
    self.language = language
    self.lead = lead
    self.isCast = isCast
  }

  // MARK: What happens

  package mutating func begin(turn number: Int, speaker: String? = nil) {
    turns.append(Turn(number: number, speaker: speaker))
  }

  /// - Parameter place: in the source, Unicode scalars.
  package mutating func wrote(_ text: String, at place: Int, turn number: Int) {
    change(number) { turn in
      if turn.written.isEmpty { turn.origin = place }
      // What is left out between two texts is none of the turn's.
      let gap = place - turn.origin - turn.written.count
      if gap > 0 { turn.written += Array(repeating: " ", count: gap) }
      turn.written += Array(text.unicodeScalars)
    }
  }

  /// - Parameter source: where in the source each scalar came from.
  package mutating func says(_ text: String, from source: SourceMap, turn number: Int) {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count == source.count else { return }
    change(number) { $0.said.append(SourcedText(scalars, map: source)) }
  }

  /// The voice begins with a piece of the text.
  ///
  /// - Parameter place: where it stands in what is said of the turn; nil when that is not known.
  package mutating func begin(chunk: Int, at place: Int?, turn number: Int) {
    change(number) { turn in if let place { turn.announced[chunk] = place } }
  }

  /// - Parameter words: their places in what is said, and in the sound, of the turn.
  package mutating func add(_ words: [SoundTimeline.Span], chunk: Int, turn number: Int) {
    change(number) { turn in
      turn.words += words
      if let index = turn.pieces.lastIndex(where: { $0.chunk == chunk }) {
        turn.pieces[index].hasWords = true
      }
    }
  }

  /// Sound has come.
  ///
  /// - Parameters:
  ///   - count: samples of it; `total`: of the turn with them.
  ///   - start: seconds of all sound before it.
  package mutating func sounds(
    chunk: Int, _ count: Int, total: Int, rate: Int, start: Double, turn number: Int
  ) {
    change(number) { [isCast] turn in
      (turn.samples, turn.rate) = (total, rate)
      if !isCast, turn.start == nil { turn.start = start }
      guard let place = turn.announced.removeValue(forKey: chunk) else { return }
      let last = turn.pieces.last
      turn.pieces.append(
        Piece(
          chunk: chunk, text: last.map { max($0.text, place) } ?? 0,
          start: last == nil ? 0 : max(0, total - count)))
    }
  }

  /// Of a cast: the turn's sound begins so many seconds into the whole.
  package mutating func place(turn number: Int, at seconds: Double) {
    change(number) { $0.start = seconds }
  }

  /// - Parameter samples: of its sound.
  package mutating func end(turn number: Int, samples: Int) {
    change(number) { turn in
      turn.samples = samples
      turn.isOver = true
      if turn.pieces.isEmpty { turn.pieces = [Piece(chunk: 0, text: 0, start: 0)] }
    }
  }

  private mutating func change(_ number: Int, _ body: (inout Turn) -> Void) {
    guard let index = turns.lastIndex(where: { $0.number == number }) else { return }
    body(&turns[index])
  }

  // MARK: Cues

  /// The cues that are final since the last call.
  ///
  /// - Parameter all: nothing follows: turns that never got a place are left out.
  package mutating func take(all: Bool = false) -> [Cue] {
    var cues: [Cue] = []
    while !turns.isEmpty {
      if let start = turns[0].start { cues += takePieces(behind: start + lead) }
      let isSettled = turns[0].isOver && (turns[0].start != nil || turns[0].samples == 0)
      guard isSettled || all else { break }
      turns.removeFirst()
    }
    return cues
  }

  /// Of the first turn: a piece is final when the next one sounds, and its words have come or never will.
  private mutating func takePieces(behind seconds: Double) -> [Cue] {
    var cues: [Cue] = []
    while turns[0].told < turns[0].pieces.count {
      let turn = turns[0]
      let index = turn.told
      let following = turn.pieces.count - index - 1
      guard turn.isOver || following > 1 || following == 1 && turn.pieces[index].hasWords else {
        break
      }
      cues += self.cues(of: index, in: turn, behind: seconds)
      turns[0].told += 1
    }
    return cues
  }

  private func cues(of index: Int, in turn: Turn, behind seconds: Double) -> [Cue] {
    let piece = turn.pieces[index]
    let next = index + 1 < turn.pieces.count ? turn.pieces[index + 1] : nil
    let range = min(piece.text, turn.said.count)..<max(piece.text, next?.text ?? turn.said.count)
    let text = range.clamped(to: 0..<turn.said.count)
    let samples = piece.start..<max(piece.start, next?.start ?? turn.samples)
    guard !text.isEmpty, !samples.isEmpty, turn.rate > 0 else { return [] }
    let said = turn.said[text]
    let take = Take(
      range: 0..<said.count,
      sentences: said.sentences(in: 0..<said.count, language: language, limit: .max))
    var timeline = SoundTimeline()
    let own = turn.words.compactMap { word -> SoundTimeline.Span? in
      guard text.contains(word.text.lowerBound) else { return nil }
      let part = word.text.clamped(to: text)
      return SoundTimeline.Span(
        text: part.lowerBound - text.lowerBound..<part.upperBound - text.lowerBound,
        samples: word.samples.clamped(to: samples))
    }
    timeline.words = PackedSpans(own)
    let local = own.map { $0.moved(text: 0, samples: -samples.lowerBound) }
    let sentences = TakeMeasure.sentences(
      of: take, in: said, words: local, count: samples.count)
    timeline.sentences = PackedSpans(
      sentences.lazy.map {
        SoundTimeline.Span(text: $0.text, samples: $0.samples)
          .moved(text: 0, samples: samples.lowerBound)
      })
    let shown = ShownText(said, written: turn.written, origin: turn.origin)
    return CueMaker(rules, shown: shown, rate: turn.rate)
      .cues(timeline, behind: seconds, speaker: turn.speaker)
  }
}
