import KugelText

/// How a text is given to a service: in which pieces, and whether each is flushed.
package enum Strategy: String, CaseIterable, Codable, Sendable {
  case full, sentence, chars20, clause, word, tokens

  /// A fragment without a stop.
  package var meaning: String {
    switch self {
    case .full: "the whole text at once, flushed"
    case .sentence: "sentence by sentence, each flushed"
    case .chars20: "pieces of 20 characters or a little more, each flushed"
    case .clause: "pieces that end at a comma or the like, each flushed"
    case .word: "word by word, each flushed"
    case .tokens: "token by token, as a language model writes; one flush at the end"
    }
  }

  /// Whether every piece is flushed, or only the last.
  package var flushesEveryPiece: Bool { self != .tokens }

  /// Whether the text is sent at a writer's pace.
  package var isPaced: Bool { self != .full }

  /// The pieces, which joined are the text; each has something other than white space.
  ///
  /// - Parameter language: ISO 639-1, for the ends of sentences.
  package func pieces(of text: String, language: String? = nil) -> [String] {
    let cuts =
      switch self {
      case .full: [text]
      case .sentence:
        Sentences.of(text, language: language)
      case .chars20: Words.of(text).gathered { $0.unicodeScalars.count >= 20 }
      case .clause: Words.of(text).gathered(until: endsClause)
      case .word: Words.of(text)
      case .tokens: Tokens.of(text)
      }
    return joinBlanks(cuts)
  }

  private func endsClause(_ piece: String) -> Bool {
    let closers: Set<Unicode.Scalar> = ["\"", "'", ")", "]", "»", "”", "’"]
    let word = piece.unicodeScalars.reversed().drop { $0.properties.isWhitespace }
    guard let mark = word.drop(while: closers.contains).first else { return false }
    return ",;:.!?…–—，、；：。！？".unicodeScalars.contains(mark)
  }

  /// A piece of white space alone would be a turn of nothing.
  private func joinBlanks(_ pieces: [String]) -> [String] {
    var joined: [String] = []
    var blank = ""
    for piece in pieces where !piece.isEmpty {
      if !piece.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
        joined.append(blank + piece)
        blank = ""
      } else if joined.isEmpty {
        blank += piece
      } else {
        joined[joined.count - 1] += piece
      }
    }
    return joined
  }
}

/// Sentences as the splitter finds them.
enum Sentences {
  static func of(_ text: String, language: String?) -> [String] {
    var splitter = SentenceSplitter(language: language)
    return splitter.append(text) + splitter.finish()
  }

  /// Scalars up to the end of the first sentence, without the white space behind it.
  static func lengthOfFirst(in text: String, language: String?) -> Int {
    let first = of(text, language: language).first ?? text
    let blank = first.unicodeScalars.reversed().prefix(while: \.properties.isWhitespace).count
    return first.unicodeScalars.count - blank
  }
}

/// Words, each with the white space behind it.
enum Words {
  static func of(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var hasEnded = false
    for scalar in text.unicodeScalars {
      let isBlank = scalar.properties.isWhitespace
      if hasEnded && !isBlank {
        words.append(word)
        word = ""
      }
      hasEnded = isBlank && !word.isEmpty
      word.unicodeScalars.append(scalar)
    }
    return word.isEmpty ? words : words + [word]
  }
}

/// Pieces such as language models write: a word with the blank before it, long words in parts, marks apart.
enum Tokens {
  private static let longest = 6

  static func of(_ text: String) -> [String] {
    var tokens: [String] = []
    var token = ""
    /// Letters and digits in `token`.
    var length = 0
    func end() {
      if !token.isEmpty { tokens.append(token) }
      token = ""
      length = 0
    }
    for scalar in text.unicodeScalars {
      let isWordPart = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      if scalar.properties.isWhitespace {
        end()
      } else if isWordPart && length == longest || !isWordPart && length > 0 {
        end()
      }
      token.unicodeScalars.append(scalar)
      if isWordPart {
        length += 1
      } else if !scalar.properties.isWhitespace {
        end()
      }
    }
    end()
    return tokens
  }
}

extension [String] {
  /// Neighbours joined until the joined piece is as wanted; the last may fall short.
  func gathered(until isEnough: (String) -> Bool) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for part in self {
      piece += part
      if isEnough(piece) {
        pieces.append(piece)
        piece = ""
      }
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }
}
