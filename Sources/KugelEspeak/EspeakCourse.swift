/// Decides what of an utterance is spoken next, whatever the library does with it.
///
/// Pure: give it what became of each step. A piece whose end was dropped is followed by what is left of
/// it, in smaller pieces. A piece on which the library breaks down is said again from the last word that
/// was heard, without foreign letters; if that breaks it too, in halves; a single word that still does
/// is left out. Every step is about less text than the one before it, or about the same text sifted, so
/// there is an end.
struct EspeakCourse {
  enum Step: Equatable {
    case speak(EspeakPiece)
    /// To be synthesised and not heard: whether the words behind its first one have sounds of their own.
    case probe(EspeakPiece)
  }

  enum Trouble: Equatable {
    /// The library broke down; the text is said again.
    case brokeDown(String)
    /// A word that cannot be said is left out.
    case leftOut(String)
  }

  /// Where the words behind the last one that was heard begin: lost, or spoken together with it.
  private struct Doubt {
    var probe: EspeakPiece
    var tail: EspeakPiece
  }

  private let chosen: String
  private var waiting: [EspeakPiece]
  private var doubt: Doubt?
  private(set) var step: Step?

  /// A piece that costs less cannot have been dropped.
  private static let suspicious = SpeechCost.clause / 4
  /// Most words that a dictionary of the library joins with the one before them.
  private static let joined = 3

  /// - Parameter chosen: the file of the chosen voice, with the variant where there is one.
  init(_ pieces: [EspeakPiece], chosen: String) {
    self.chosen = chosen
    waiting = pieces
    advance()
  }

  private mutating func advance() {
    if let doubt {
      step = .probe(doubt.probe)
    } else {
      step = waiting.isEmpty ? nil : .speak(waiting.removeFirst())
    }
  }

  /// The step was done to its end.
  ///
  /// - Parameter lastHeard: where in the piece the last word began that had an event, in scalars; nil
  ///   without any.
  mutating func ended(lastHeard: Int?) {
    switch step {
    case .speak(let piece): doubt = lastHeard.flatMap { Self.doubt(about: piece, lastHeard: $0) }
    case .probe:
      if let doubt {
        let first = doubt.probe.scalars.count - doubt.tail.scalars.count
        if let lastHeard, lastHeard >= first { repeatRest(doubt.tail) }
      }
      doubt = nil
    case nil: return
    }
    if let lost = doubt, lost.tail.words.count > Self.joined {
      repeatRest(lost.tail)
      doubt = nil
    }
    advance()
  }

  /// The library broke down during the step.
  mutating func died(lastHeard: Int?) -> Trouble? {
    defer { advance() }
    guard case .speak(let piece) = step else {
      doubt = nil
      return nil
    }
    let rest = lastHeard.map { piece.rest(from: min($0, piece.scalars.count)) } ?? piece
    guard !rest.words.isEmpty else { return nil }
    guard rest.isSifted else {
      waiting.insert(rest.sifted(), at: 0)
      return .brokeDown(rest.excerpt)
    }
    let words = rest.words
    guard words.count > 1 else { return .leftOut(rest.excerpt) }
    let middle = words[words.count / 2].lowerBound
    waiting.insert(contentsOf: [rest.start(to: middle), rest.rest(from: middle)], at: 0)
    return nil
  }

  /// The library knows the step's voice not.
  ///
  /// - Returns: whether another one says it: the voice of a script may be missing, the chosen one is not.
  mutating func refused() -> Bool {
    guard case .speak(var piece) = step, piece.identifier != chosen else { return false }
    piece.identifier = chosen
    waiting.insert(piece.sifted(), at: 0)
    advance()
    return true
  }

  private mutating func repeatRest(_ tail: EspeakPiece) {
    waiting.insert(
      contentsOf: EspeakPieces.cut(tail, budget: max(tail.cost / 2, Self.suspicious / 2)), at: 0)
  }

  private static func doubt(about piece: EspeakPiece, lastHeard: Int) -> Doubt? {
    guard piece.cost >= suspicious else { return nil }
    let words = piece.words
    guard let index = words.lastIndex(where: { $0.lowerBound <= lastHeard }),
      index + 1 < words.count
    else { return nil }
    return Doubt(
      probe: piece.rest(from: words[index].lowerBound),
      tail: piece.rest(from: words[index + 1].lowerBound))
  }
}

extension EspeakPiece {
  /// Stretches without a space that hold a letter or digit.
  var words: [Range<Int>] {
    scalars.split { $0.properties.isWhitespace }
      .filter { part in part.contains { $0.isPartOfWord } }
      .map(\.indices)
  }

  /// Where the word begins that holds an offset, or the first one behind it. Behind a doubled sign the
  /// library counts one too few.
  func wordStart(at offset: Int) -> Int {
    var start = min(max(offset, 0), scalars.count)
    while start < scalars.count, scalars[start].properties.isWhitespace { start += 1 }
    while start > 0, start < scalars.count, !scalars[start - 1].properties.isWhitespace {
      start -= 1
    }
    return start
  }

  /// The beginning, for a message.
  var excerpt: String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars.prefix(40).map { $0.properties.isWhitespace ? " " : $0 })
    return String(text) + (scalars.count > 40 ? "…" : "")
  }
}
