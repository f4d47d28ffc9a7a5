import KugelReading

extension CodePolicy: ChoiceValue {
  package var meaning: String {
    switch self {
    case .skip: "leave it out; words between backticks are said all the same"
    case .say: "say all of it"
    case .name: "say that there is some; words between backticks are said"
    }
  }
}

extension TablePolicy: ChoiceValue {
  package var meaning: String {
    switch self {
    case .skip: "leave it out"
    case .read: "read a small one row by row, and name a large one"
    case .name: "say that there is one"
    }
  }
}

extension LinkPolicy: ChoiceValue {
  package var meaning: String {
    switch self {
    case .host: "say its label, or the host of a bare address"
    case .label: "say its label, or that there is one"
    case .skip: "say its label; a bare address is left out"
    case .full: "say its label and the whole address"
    }
  }
}

extension EmojiPolicy: ChoiceValue {
  package var meaning: String {
    switch self {
    case .drop: "leave them out"
    case .name: "say what they show"
    }
  }
}

extension TextFilters.Names {
  /// In the order in which they work.
  package static let choices: [Choice] =
    table.map { Choice($0.name, meaning(of: $0.filter)) } + [
      Choice("all", "all of them"), Choice("none", "none of them"),
    ]

  private static func meaning(of filter: TextFilters.Names) -> String {
    switch filter {
    case .think: "leave out what a model thinks before it answers"
    case .markdown: "read Markdown aloud, without its marks"
    case .url: "shorten web addresses as --links has it"
    case .emoji: "leave out emoji, or name them as --emoji has it"
    default: "say numbers, dates, money and units in words, where that is safe"
    }
  }

  /// Reads "markdown,think".
  package init(list text: String) throws(BadValue) {
    self = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let filter = TextFilters.Names(named: String(part)) else {
        throw BadValue(unknown: String(part), of: Self.choices)
      }
      formUnion(filter)
    }
  }
}
