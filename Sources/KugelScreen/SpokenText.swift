import KugelSession
import KugelText

/// The text as it is shown, and when which part of it is heard. Pure. Positions count Unicode scalars.
package struct SpokenText {
  package struct Entry: Equatable {
    /// Seconds of the run's sound before it.
    package var start: Double
    package var range: Range<Int>
  }

  /// What is spoken as one: a sentence, or more of them.
  private struct Chunk {
    var id: Int
    /// Seconds of the speaker's sound before it.
    var start: Double
    var range: Range<Int>
    /// Their starts are the speaker's, too; none where there are no word times.
    var words: [Entry] = []
  }

  private struct Turn {
    var number: Int
    var chunks: [Chunk] = []
    /// Of a cast: where the turn is shown, with the speaker's name.
    var shownAt: Int?
    /// Seconds of the speaker's sound before the turn, and of the run's; nil while they are not known.
    var own: Double?
    var place: Double?

    init(number: Int) { self.number = number }
  }

  /// As it is shown; its source is the input.
  private var text = SourcedText()
  package private(set) var isComplete = false
  private var turns: [Turn] = []
  /// The next chunk that `takeHeard` gives.
  private var next = (turn: 0, chunk: 0)
  private let byWord: Bool
  private let isCast: Bool

  /// - Parameters:
  ///   - byWord: words are looked for; else sentences.
  ///   - isCast: several speakers, whose turns have a place each; else one, whose sound is the run's.
  package init(byWord: Bool, isCast: Bool = false) {
    self.byWord = byWord
    self.isCast = isCast
  }

  package var source: [Unicode.Scalar] { text.scalars }

  // MARK: What happens

  /// - Parameters:
  ///   - place: in the input.
  ///   - speaker: is shown before the text.
  package mutating func append(
    _ text: String, at place: Int, turn number: Int = 1, by speaker: String? = nil
  ) {
    if let speaker {
      if !self.text.isEmpty { self.text.append("\n", standingFor: place..<place) }
      change(number) { [count = self.text.count] in $0.shownAt = count }
      self.text.append("\(speaker): ", standingFor: place..<place)
    }
    self.text.append(SourcedText(text, at: place))
  }

  package mutating func end() { isComplete = true }

  /// A piece of text goes to the voice.
  ///
  /// - Parameters:
  ///   - place: where it stands in the input; nil when it does not.
  ///   - start: seconds of the speaker's sound before it, as far as is known.
  package mutating func begin(chunk id: Int, turn: Int, at place: Range<Int>?, start: Double) {
    guard let range = place.flatMap(shown), !range.isEmpty else { return }
    change(turn) { $0.chunks.append(Chunk(id: id, start: start, range: range)) }
  }

  /// The sound of a chunk begins here.
  package mutating func sounds(chunk id: Int, turn: Int, start: Double) {
    change(turn) { turn in
      turn.own = turn.own ?? start
      guard let index = turn.chunks.lastIndex(where: { $0.id == id }) else { return }
      turn.chunks[index].start = start
    }
  }

  /// - Parameter words: with their places in the input, of those that stand there.
  package mutating func add(_ words: [Happening.Word], turn: Int) {
    guard byWord else { return }
    for word in words {
      guard let range = word.source.flatMap(shown), !range.isEmpty else { continue }
      change(turn) { turn in
        guard let index = turn.chunks.lastIndex(where: { $0.id == word.chunk }) else { return }
        // Several spoken words may stand for one that is written: the mark stays on it.
        if turn.chunks[index].words.last?.range == range { return }
        turn.chunks[index].words.append(Entry(start: word.startsAt, range: range))
      }
    }
  }

  /// The turn's sound begins so many seconds into the run's.
  package mutating func place(turn: Int, at seconds: Double) {
    change(turn) { $0.place = seconds }
  }

  private mutating func change(_ number: Int, _ body: (inout Turn) -> Void) {
    if let index = turns.lastIndex(where: { $0.number == number }) {
      body(&turns[index])
    } else {
      var turn = Turn(number: number)
      body(&turn)
      turns.append(turn)
    }
  }

  private func shown(_ input: Range<Int>) -> Range<Int>? { text.map.copies(of: input) }

  // MARK: What is heard

  /// From a speaker's time line to the run's.
  private func shift(_ turn: Turn) -> Double? {
    guard isCast else { return 0 }
    guard let own = turn.own, let place = turn.place else { return nil }
    return place - own
  }

  /// Seconds of the run's sound before a moment of the turn's speaker; nil while that is not known.
  package func moment(_ seconds: Double, of turn: Int) -> Double? {
    turns.last { $0.number == turn }.flatMap(shift).map { $0 + seconds }
  }

  /// What is heard after so many seconds of sound.
  package func current(at seconds: Double) -> Entry? {
    for turn in turns.reversed() {
      guard let shift = shift(turn) else { continue }
      for chunk in turn.chunks.reversed() {
        let found =
          chunk.words.isEmpty
          ? (chunk.start + shift <= seconds ? Entry(start: chunk.start, range: chunk.range) : nil)
          : chunk.words.last { $0.start + shift <= seconds }
        if let found { return Entry(start: found.start + shift, range: found.range) }
      }
    }
    return nil
  }

  /// Share of the characters spoken; nil while the text is growing.
  package func share(at seconds: Double, produced: Double) -> Double? {
    guard isComplete, !source.isEmpty else { return nil }
    var next = produced
    for turn in turns.reversed() {
      guard let shift = shift(turn) else { continue }
      for chunk in turn.chunks.reversed() {
        let start = chunk.start + shift
        guard start <= seconds else {
          next = start
          continue
        }
        let part = min(1, (seconds - start) / max(next - start, 0.001))
        let done = Double(chunk.range.lowerBound) + part * Double(chunk.range.count)
        return done / Double(source.count)
      }
    }
    return 0
  }

  /// The sentences that have begun since the last call, each with its speaker where one begins.
  package mutating func takeHeard(until seconds: Double) -> [Range<Int>] {
    var heard: [Range<Int>] = []
    while next.turn < turns.count {
      let turn = turns[next.turn]
      if next.chunk < turn.chunks.count {
        let chunk = turn.chunks[next.chunk]
        guard let shift = shift(turn), chunk.start + shift <= seconds else { break }
        let start = next.chunk == 0 ? turn.shownAt : nil
        heard.append((start ?? chunk.range.lowerBound)..<chunk.range.upperBound)
        next.chunk += 1
        // A turn has all its chunks before one behind it is spoken.
      } else if turns.indices.contains(next.turn + 1), !turns[next.turn + 1].chunks.isEmpty,
        shift(turns[next.turn + 1]) != nil
      {
        next = (next.turn + 1, 0)
      } else {
        break
      }
    }
    return heard
  }
}
