@_spi(_Unicode) import Swift

/// Puts sentences together from the clauses of a text.
///
/// The library gives phonemes without the signs that end clauses, and those shape a voice; what it took of
/// the text tells them. A switch of the language within a text (`(en)`) is not for the voice.
package struct SentenceBuilder {
  private let text: [Unicode.Scalar]
  private var phonemes: [Unicode.Scalar] = []
  private var start = 0
  package private(set) var sentences: [PiperSentence] = []

  /// - Parameter text: as the library got it, scalar by scalar.
  package init(_ text: [Unicode.Scalar]) { self.text = text }

  /// Sounds that are written out.
  package mutating func add(sounds: some Sequence<Unicode.Scalar>) {
    space()
    phonemes += Self.decomposed(sounds)
  }

  /// - Parameters:
  ///   - spoken: of one clause.
  ///   - range: what was taken of the text for it, without what belongs to the next one.
  ///   - endsText: whether a sign is to be added where there is none.
  package mutating func add(clause spoken: String, range: Range<Int>, endsText: Bool) {
    let spoken = Self.withoutSwitches(Self.decomposed(spoken.unicodeScalars))
    let isSpoken = spoken.contains { !$0.properties.isWhitespace }
    let ending = ClauseEnding(text[range], endsText: endsText)
    if isSpoken {
      space()
      phonemes += spoken
    } else if phonemes.isEmpty {
      // A sign before anything is said is none.
      if ending.endsSentence { start = range.upperBound }
      return
    }
    if isSpoken || phonemes.last.map({ !ClauseEnding.signs.contains($0) && $0 != " " }) == true {
      if let sign = ending.sign { phonemes.append(sign) }
    }
    if ending.endsSentence {
      close(at: range.upperBound)
    } else if ending.sign != nil, phonemes.last != " " {
      phonemes.append(" ")
    }
  }

  /// The text is at its end.
  package mutating func finish() { close(at: text.count) }

  private mutating func close(at end: Int) {
    while phonemes.last == " " { phonemes.removeLast() }
    if phonemes.contains(where: { !ClauseEnding.signs.contains($0) && $0 != " " }) {
      if let last = phonemes.last, !ClauseEnding.signs.contains(last) { phonemes.append(".") }
      sentences.append(PiperSentence(phonemes: phonemes, range: start..<end))
    }
    phonemes = []
    start = end
  }

  private mutating func space() {
    if let last = phonemes.last, last != " " { phonemes.append(" ") }
  }

  static func decomposed(_ scalars: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return Array(String(view)._nfd)
  }

  /// Without what stands in brackets: `(en)`.
  static func withoutSwitches(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard scalars.contains("(") else { return scalars }
    var kept: [Unicode.Scalar] = []
    var index = 0
    while index < scalars.count {
      if scalars[index] == "(",
        let end = scalars[(index + 1)...].firstIndex(of: ")"), end > index + 1
      {
        index = end + 1
      } else {
        kept.append(scalars[index])
        index += 1
      }
    }
    return kept
  }
}

/// How a clause ends, by the text that was taken for it.
struct ClauseEnding: Equatable {
  /// As a voice knows it; nil for none.
  var sign: Unicode.Scalar?
  var endsSentence: Bool

  static let signs: Set<Unicode.Scalar> = [".", ",", ":", ";", "!", "?"]

  init(_ taken: ArraySlice<Unicode.Scalar>, endsText: Bool) {
    let rest = taken.reversed().drop { $0.properties.isWhitespace || Self.isClosing($0) }
    let white = taken.reversed().prefix { $0.properties.isWhitespace }
    let hasBlankLine = white.filter { $0 == "\n" || $0 == "\u{2029}" }.count > 1
    let last = rest.first
    let run = Array(rest.prefix { $0 == "?" || $0 == "!" || $0 == "？" || $0 == "！" })
    if let first = run.last {
      self.init(first == "?" || first == "？" ? "?" : "!", true)
    } else if last == ".", rest.prefix(3).allSatisfy({ $0 == "." }), rest.prefix(3).count == 3 {
      self.init(";", hasBlankLine || endsText)
    } else if let last, let sign = Self.known[last] {
      self.init(sign, sign == "." || sign == "?" || sign == "!" || hasBlankLine || endsText)
    } else if hasBlankLine || endsText {
      self.init(".", true)
    } else {
      self.init(nil, false)
    }
  }

  private init(_ sign: Unicode.Scalar?, _ endsSentence: Bool) {
    self.sign = sign
    self.endsSentence = endsSentence
  }

  private static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .closePunctuation, .finalPunctuation, .initialPunctuation: true
    default: scalar == "\"" || scalar == "'" || scalar == "*" || scalar == "_"
    }
  }

  private static let known: [Unicode.Scalar: Unicode.Scalar] = [
    ".": ".", ",": ",", ":": ":", ";": ";", "…": ";", "—": ";", "–": ";", "،": ",", "؛": ";",
    "؟": "?", "۔": ".", "।": ".", "॥": ".", "。": ".", "、": ",", "，": ",", "；": ";", "：": ":",
    "՞": "?", "։": ".", "።": ".", "፣": ",",
  ]
}
