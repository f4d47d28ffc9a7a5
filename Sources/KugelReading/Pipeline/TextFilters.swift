import KugelText

/// What is done with a text before it is spoken.
package struct TextFilters: Equatable, Sendable {
  /// The filters that can be named.
  package struct Names: OptionSet, Equatable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let markdown = Names(rawValue: 1)
    package static let think = Names(rawValue: 2)
    package static let emoji = Names(rawValue: 4)
    package static let url = Names(rawValue: 8)
    package static let numbers = Names(rawValue: 16)
    package static let all: Names = [.markdown, .think, .emoji, .url, .numbers]
    package static let none: Names = []

    /// As they are written, in the order of the pipeline.
    package static let table: [(name: String, filter: Names)] = [
      ("think", .think), ("markdown", .markdown), ("url", .url), ("emoji", .emoji),
      ("numbers", .numbers),
    ]

    /// - Returns: nil for what is no filter's name.
    package init?(named name: String) {
      switch name {
      case "all": self = .all
      case "none": self = .none
      default:
        guard let found = Self.table.first(where: { $0.name == name }) else { return nil }
        self = found.filter
      }
    }
  }

  package var names: Names
  /// Not even letters are put in order: what comes is spoken.
  package var isRaw = false
  package var code = CodePolicy.name
  package var tables = TablePolicy.read
  package var links = LinkPolicy.host
  /// Whether footnotes of Markdown are read.
  package var readsNotes = true
  package var emoji = EmojiPolicy.drop
  package var lexicon = Lexicon()
  /// Become breaks in the text, for any voice.
  package var pauses = PauseLengths()
  /// A stop behind a word never waits, so that a sentence is spoken as soon as it is complete.
  package var isHasty = false
  /// Marks the ends of sentences too; a sentence then waits for its end.
  package var marksSentences = false
  /// Marks the ends of lines of plain text.
  package var marksLines = false

  package init(_ names: Names) { self.names = names }

  /// Nothing at all.
  package static var raw: TextFilters {
    var filters = TextFilters(.none)
    filters.isRaw = true
    return filters
  }

  /// What flows in from a model or a program: `stream`, `session`, and `say` from a pipe of a model.
  package static var flowing: TextFilters { TextFilters([.markdown, .think, .emoji, .url]) }
  /// A file of Markdown.
  package static var markdownFile: TextFilters { TextFilters([.markdown, .emoji, .url]) }
  /// Text that was written to be said.
  package static var plain: TextFilters { TextFilters(.none) }
}

/// What the filters must know of who speaks.
package struct TextTarget: Equatable, Sendable {
  /// ISO 639-1; nil where it is not known.
  package var language: String?
  /// Understands a sound between slashes.
  package var takesIPA: Bool

  package init(language: String? = nil, takesIPA: Bool = false) {
    self.language = language
    self.takesIPA = takesIPA
  }
}
