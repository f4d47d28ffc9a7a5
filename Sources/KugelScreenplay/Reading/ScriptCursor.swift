/// A place within one line of a script.
struct ScriptCursor {
  /// Something between commas.
  struct Item: Equatable {
    var text: String
    /// From 1.
    var column: Int
  }

  private let line: SourceLine
  private var index: String.Index
  /// In characters, from 1.
  private(set) var column = 1

  init(_ line: SourceLine) {
    self.line = line
    index = line.text.startIndex
  }

  private var source: String { line.text }

  var peek: Character? { index < source.endIndex ? source[index] : nil }
  var rest: String { String(source[index...]) }

  mutating func advance() {
    guard index < source.endIndex else { return }
    index = source.index(after: index)
    column += 1
  }

  mutating func skipBlanks() { _ = take(while: \.isWhitespace) }

  mutating func take(while belongs: (Character) -> Bool) -> String {
    var taken = ""
    while let next = peek, belongs(next) {
      taken.append(next)
      advance()
    }
    return taken
  }

  /// What stands between the parenthesis here and its partner, and where it begins.
  mutating func parenthesised() throws(ScriptError) -> (String, column: Int) {
    let start = self
    var (depth, inside) = (0, "")
    while let next = peek {
      depth += next == "(" ? 1 : next == ")" ? -1 : 0
      advance()
      if depth == 0 { return (String(inside.dropFirst()), start.column + 1) }
      inside.append(next)
    }
    throw start.error("a ) is missing")
  }

  func error(_ message: String) -> ScriptError { line.error(message, at: column) }
}

extension String {
  /// The parts between commas that hold something, without blanks around them.
  ///
  /// - Parameter column: of the first character.
  func items(from column: Int) -> [ScriptCursor.Item] {
    var items: [ScriptCursor.Item] = []
    var start = column
    for part in split(separator: ",", omittingEmptySubsequences: false) {
      let blanks = part.prefix(while: \.isWhitespace).count
      let text = String(part).withoutOuterBlanks
      if !text.isEmpty { items.append(ScriptCursor.Item(text: text, column: start + blanks)) }
      start += part.count + 1
    }
    return items
  }
}
