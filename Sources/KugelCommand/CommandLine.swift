import KugelText

/// The program that speaks, and how it is talked with.
///
/// Its words are parted at spaces; quotes and backslashes keep spaces in a word, as in a shell, and nothing
/// else of a shell is in them. `{lang}`, `{speed}` and `{rate}` (words a minute) stand for what is asked for.
struct CommandLine: Equatable {
  /// What it is given for a text.
  enum Input: String, CaseIterable {
    /// A line.
    case lines
    /// A line with an object: `text`, `lang`, `speed`.
    case json
  }

  var words: [String]
  var input = Input.lines
  /// One process for all texts; each answers with a WAV that says its length.
  var isKept = false
  /// Samples per second of sound without a header.
  var rate: Int?
  /// Seconds without a byte.
  var patience = 30

  struct Flaw: Error, Equatable {
    let cause: String
  }

  /// - Parameters:
  ///   - text: as the user wrote it.
  ///   - shell: whether a shell reads it.
  init(_ text: String, shell: Bool = false) throws(Flaw) {
    words = shell ? ["/bin/sh", "-c", text] : try Self.words(text)
    guard !words.isEmpty else { throw Flaw(cause: "it has no word") }
  }

  static func words(_ text: String) throws(Flaw) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
        word = word ?? ""
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let whole = word { words.append(whole) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil, !isEscaped else { throw Flaw(cause: "a quote in it is not closed") }
    if let whole = word { words.append(whole) }
    return words
  }

  /// Whether a pace or language that is asked for reaches the program.
  func has(_ name: String) -> Bool { words.contains { $0.contains("{\(name)}") } }

  /// - Parameter values: for the names in braces.
  func words(with values: [(name: String, value: String)]) -> [String] {
    words.map { word in
      values.reduce(word) { $0.replacing("{\($1.name)}", with: $1.value) }
    }
  }
}
