import KugelNarration
import KugelText
import Testing

/// A turn in which each scalar of what is said takes 100 samples at 1000 Hz, told piece by piece.
private struct Turn {
  var number = 1
  var speaker: String?
  var pieces: [String]
  var hasWords = true

  /// What of it is told, step by step.
  func steps(place: Int) -> [(inout LiveCues) -> Void] {
    var steps: [(inout LiveCues) -> Void] = []
    let text = pieces.joined()
    steps.append { cues in
      cues.begin(turn: number, speaker: speaker)
      cues.wrote(text, at: place, turn: number)
      var map = SourceMap()
      map.copy(place..<place + text.unicodeScalars.count)
      cues.says(text, from: map, turn: number)
    }
    var start = 0
    for (chunk, piece) in pieces.enumerated() {
      let first = start
      let count = piece.unicodeScalars.count
      start += count
      steps.append { cues in
        cues.begin(chunk: chunk, at: first, turn: number)
        cues.sounds(
          chunk: chunk, count * 100, total: (first + count) * 100, rate: 1000, start: 0,
          turn: number)
      }
      guard hasWords else { continue }
      steps.append { cues in
        var words: [SoundTimeline.Span] = []
        var place = first
        for word in piece.split(separator: " ", omittingEmptySubsequences: false) {
          let end = place + word.unicodeScalars.count
          if end > place {
            words.append(SoundTimeline.Span(text: place..<end, samples: place * 100..<end * 100))
          }
          place = end + 1
        }
        cues.add(words, chunk: chunk, turn: number)
      }
    }
    steps.append { $0.end(turn: number, samples: start * 100) }
    return steps
  }
}

private func play(_ turn: Turn, lead: Double = 0) -> [[Cue]] {
  var cues = LiveCues(CueMaker.Rules(), language: "en", lead: lead)
  return turn.steps(place: 7).map { step in
    step(&cues)
    return cues.take()
  }
}

@Suite struct LiveCuesTests {
  private static let pieces = ["One is said. ", "Two is, too. ", "And three."]

  @Test(arguments: [true, false])
  func `a cue is given when nothing changes it any more, and all are as long as the sound`(
    hasWords: Bool
  ) {
    let told = play(Turn(pieces: Self.pieces, hasWords: hasWords))
    let all = told.flatMap(\.self)
    #expect(all.map(\.text) == Self.pieces.map(\.trimmed))
    #expect(all.map(\.from) == [0, 1.3, 2.6])
    #expect(all.map(\.to) == [1.3, 2.6, 3.6])
    #expect(all.map(\.isEstimated) == [!hasWords, !hasWords, !hasWords])
    // Of three, the first comes while the turn goes on.
    #expect(told.dropLast().flatMap(\.self).count == (hasWords ? 2 : 1))
  }

  @Test func `silence before the sound puts off all cues`() {
    let all = play(Turn(pieces: Self.pieces), lead: 0.5).flatMap(\.self)
    #expect(all.map(\.from) == [0.5, 1.8, 3.1])
  }

  @Test func `words that come after the next piece's sound are waited for`() {
    var cues = LiveCues(CueMaker.Rules(), language: "en")
    var steps = Turn(pieces: Self.pieces).steps(place: 0)
    // The words of the first piece change places with the sound of the second.
    steps.swapAt(2, 3)
    var told: [Cue] = []
    for step in steps {
      step(&cues)
      told += cues.take()
    }
    #expect(told.map(\.isEstimated) == [false, false, false])
    #expect(told.map(\.text) == Self.pieces.map(\.trimmed))
  }

  @Test func `a piece whose place is not known belongs to the one before`() {
    var cues = LiveCues(CueMaker.Rules(), language: "en")
    var map = SourceMap()
    map.copy(0..<8)
    cues.begin(turn: 1)
    cues.wrote("One. Two", at: 0, turn: 1)
    cues.says("One. Two", from: map, turn: 1)
    cues.begin(chunk: 0, at: nil, turn: 1)
    cues.sounds(chunk: 0, 1000, total: 1000, rate: 1000, start: 2, turn: 1)
    cues.end(turn: 1, samples: 1000)
    let told = cues.take()
    #expect(told.map(\.text).joined(separator: " ") == "One. Two")
    #expect(told.first?.from == 2)
    #expect(told.last?.to == 3)
  }

  @Test func `speakers have their cues where their turns are, in the order of the script`() {
    var cues = LiveCues(CueMaker.Rules(), language: "en", isCast: true)
    let turns = [
      Turn(number: 1, speaker: "anna", pieces: ["Hello."]),
      Turn(number: 2, speaker: "bob", pieces: ["Hi."]),
    ]
    // The second is ready first.
    for step in turns[0].steps(place: 0).dropLast() { step(&cues) }
    for step in turns[1].steps(place: 7) { step(&cues) }
    cues.place(turn: 2, at: 0.5)
    #expect(cues.take() == [])
    cues.place(turn: 1, at: 0)
    cues.end(turn: 1, samples: 600)
    let told = cues.take()
    #expect(told.map(\.speaker) == ["anna", "bob"])
    #expect(told.map(\.from) == [0, 0.5])
    #expect(told.map(\.text) == ["Hello.", "Hi."])
    // What never got a place is not shown.
    cues.begin(turn: 3, speaker: "bob")
    cues.says("No", from: SourceMap(), turn: 3)
    cues.end(turn: 3, samples: 10)
    #expect(cues.take(all: true) == [])
  }
}
