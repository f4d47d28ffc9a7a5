/// Cuts a text into pieces that the library speaks to their ends.
enum EspeakPieces {
  /// - Parameters:
  ///   - text: any.
  ///   - identifier: the chosen voice's file, with the variant where there is one.
  ///   - pausesAtEnd: whether the pause that belongs behind the text is spoken.
  static func of(
    _ text: String, identifier: String, pausesAtEnd: Bool = true
  ) -> [EspeakPiece] {
    let name = identifier.prefix { $0 != "+" }
    let variant = identifier[name.endIndex...]
    let sounds = EspeakSounds(text)
    let runs = ScriptRuns(sounds.masked, handle: EspeakVoice.handle(of: String(name)))
    var pieces: [EspeakPiece] = []
    for run in runs.runs {
      let piece = whole(
        run.range, of: runs.scalars, identifier: (run.identifier ?? String(name)) + variant)
      pieces += cut(sounds.spelled(in: piece), budget: SpeechCost.clause)
    }
    pieces = pieces.filter { !$0.scalars.allSatisfy(\.properties.isWhitespace) }
    if !pausesAtEnd, !pieces.isEmpty { pieces[pieces.count - 1].endsClause = false }
    return pieces
  }

  /// A stretch of a text, with spaces in words that are too long for the library.
  private static func whole(
    _ range: Range<Int>, of text: [Unicode.Scalar], identifier: String
  ) -> EspeakPiece {
    var scalars: [Unicode.Scalar] = []
    var sources: [Int] = []
    scalars.reserveCapacity(range.count)
    sources.reserveCapacity(range.count)
    var (cost, bytes) = (0, 0)
    var previous: Unicode.Scalar = " "
    for index in range {
      let scalar = text[index]
      if scalar.properties.isWhitespace {
        (cost, bytes) = (0, 0)
      } else {
        // A line of one sign is not a word.
        cost +=
          scalar == previous && scalar.isASCII && !isWordy(scalar) ? 0 : SpeechCost.ofWord(scalar)
        bytes += Script.of(scalar) == .han ? 0 : UTF8.width(scalar)
        if cost > SpeechCost.word || bytes > SpeechCost.word, canPart(previous, scalar) {
          scalars.append(" ")
          sources.append(index)
          (cost, bytes) = (SpeechCost.ofWord(scalar), UTF8.width(scalar))
        }
      }
      scalars.append(scalar)
      sources.append(index)
      previous = scalar
    }
    let isLast = range.upperBound == text.count
    return EspeakPiece(
      identifier: identifier, scalars: scalars, sources: sources,
      endsClause: EspeakText.endsClause(scalars, lines: isLast ? 1 : 2))
  }

  private static func isWordy(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || "0"..."9" ~= scalar
  }

  /// Whether a space between two scalars leaves what belongs together in one: a letter with its signs,
  /// an emoji with its parts.
  private static func canPart(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    if left.isASCII, right.isASCII { return left != "\r" || right != "\n" }
    var pair = String.UnicodeScalarView()
    pair.append(left)
    pair.append(right)
    return String(pair).count > 1 && left != "\u{200d}"
  }

  /// - Returns: parts within the budget, cut at the best places near its end: where a sentence ends,
  ///   else a clause, else a word. What cannot be cut is left whole.
  static func cut(_ piece: EspeakPiece, budget: Int) -> [EspeakPiece] {
    guard piece.cost > budget else { return [piece] }
    var pieces: [EspeakPiece] = []
    var rest = piece
    while let end = firstCut(rest.scalars, budget: budget) {
      pieces.append(rest.start(to: end))
      rest = rest.rest(from: end)
    }
    pieces.append(rest)
    return pieces
  }

  /// Where to cut; nil when all is within the budget.
  private static func firstCut(_ scalars: [Unicode.Scalar], budget: Int) -> Int? {
    var cost = 0
    var (sentence, clause, word, letter) = (0, 0, 0, 0)
    for index in scalars.indices {
      let scalar = scalars[index]
      if index > 0 {
        let previous = scalars[index - 1]
        if !scalar.properties.isWhitespace, let place = Place(behind: scalars[..<index]) {
          switch place {
          case .sentence: if cost * 4 >= budget { sentence = index }
          case .clause: if cost * 4 >= budget { clause = index }
          case .word: word = index
          }
        }
        if canPart(previous, scalar) { letter = index }
      }
      cost += SpeechCost.ofClause(scalar)
      guard cost > budget else { continue }
      let best = [sentence, clause, word, letter].first { $0 > 0 }
      if let best { return best }
    }
    return nil
  }

  private enum Place {
    case sentence, clause, word

    /// What ends just before a scalar that is no space.
    init?(behind text: ArraySlice<Unicode.Scalar>) {
      guard let last = text.last else { return nil }
      var lines = 0
      var index = text.endIndex
      while index > text.startIndex, text[index - 1].properties.isWhitespace {
        index -= 1
        if text[index] == "\n" { lines += 1 }
      }
      guard index > text.startIndex else { return nil }
      let sign = text[index - 1]
      let isSpaced = last.properties.isWhitespace
      if Self.endsSentences.contains(sign) && (isSpaced || Self.needsNoSpace(sign)) || lines > 1 {
        self = .sentence
      } else if Self.endsClauses.contains(sign) && (isSpaced || Self.needsNoSpace(sign)) {
        self = .clause
      } else if isSpaced {
        self = .word
      } else {
        return nil
      }
    }

    /// The stops of scripts that are written without spaces, or have stops of their own.
    private static func needsNoSpace(_ sign: Unicode.Scalar) -> Bool {
      0x900..<0x2000 ~= sign.value || sign.value >= 0x3000
    }

    private static let endsSentences: Set<Unicode.Scalar> = [
      ".", "!", "?", "…", "؟", "۔", "।", "॥", "።", "。", "！", "？",
    ]
    private static let endsClauses: Set<Unicode.Scalar> = [
      ",", ";", ":", "،", "؛", "፣", "、", "，", "；", "：", "—", "–",
    ]
  }
}
