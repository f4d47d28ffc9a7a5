/// What is sent for one turn, and when: the pieces of a text at a writer's pace.
package struct TurnScript: Equatable, Sendable {
  package struct Piece: Equatable, Sendable {
    package var text: String
    /// After the turn's start.
    package var due: Duration
    package var flush: Bool
  }

  package var pieces: [Piece]
  /// Scalars up to the end of the first sentence; nil where nothing is paced.
  package var firstSentence: Int?

  /// A piece is sent when the writer has written its last token; the first piece starts the turn.
  ///
  /// - Parameters:
  ///   - pace: tokens a second.
  ///   - language: ISO 639-1, for the ends of sentences.
  package init(text: String, strategy: Strategy, pace: Double, language: String? = nil) {
    let texts = strategy.pieces(of: text, language: language)
    var written = 0
    var first: Int?
    pieces = texts.enumerated().map { index, piece in
      written += max(Tokens.of(piece).count, 1)
      let before = first ?? written
      first = before
      return Piece(
        text: piece, due: .seconds(Double(written - before) / pace),
        flush: strategy.flushesEveryPiece || index == texts.count - 1)
    }
    firstSentence =
      strategy.isPaced ? Sentences.lengthOfFirst(in: text, language: language) : nil
  }
}

/// The texts that are always at hand.
package enum BenchText: String, CaseIterable, Sendable {
  case short, medium, long

  /// A fragment without a stop.
  package var meaning: String {
    switch self {
    case .short: "one sentence; the default"
    case .medium: "a paragraph"
    case .long: "two minutes of speech; for the real-time factor"
    }
  }

  package var text: String {
    switch self {
    case .short: "Your parcel has arrived, and you can collect it today until eight."
    case .medium: Self.paragraphs[0]
    case .long: Self.paragraphs.joined(separator: "\n\n")
    }
  }

  private static let paragraphs = [
    """
    The old lighthouse stood at the end of a narrow path. Nobody had lived there for years, but every \
    evening, when the fog came in from the sea, its lamp began to turn. Some people said it was a clever \
    machine; others were not so sure. Who would climb those stairs, night after night, without being seen?
    """,
    """
    On the first day of October a young woman came to the village, carrying a small case and a map that was \
    older than she was. She asked for a room, paid for two weeks, and went out again before the kettle had \
    boiled. From the harbour wall she looked at the tower for a long time, counting the seconds between one \
    flash and the next.
    """,
    """
    "Seventeen," she said to the fisherman who was mending a net beside her. "It used to be twelve." He did \
    not look up. "Things get slower when they get old," he answered, and pulled a knot tight. "You will find \
    that out, one day, if you are lucky." She laughed, wrote the number down, and thanked him.
    """,
    """
    The next morning she walked up the path with a lantern, a coil of rope and half a loaf of bread. The door \
    was not locked. Inside it smelled of oil and cold stone, and the stairs went round and round in the dark, \
    one hundred and four of them, each worn a little lower in the middle by somebody's feet.
    """,
    """
    At the top there was no machine at all. There was a chair, a table, a clock with a white face, and a book \
    in which someone had written every single evening for thirty-one years: the hour, the weather, the ships. \
    The last line had been written the night before. Under it, in the same careful hand, stood her own name.
    """,
    """
    She sat down in the chair, because her knees would no longer hold her, and read the line again. Then she \
    did what anyone would have done in her place. She trimmed the wick, she wound the clock, and when the fog \
    came in from the sea she took the pen and began to write.
    """,
  ]
}
