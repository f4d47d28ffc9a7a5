/// A place in a script that cannot be understood.
package struct ScriptError: Error, Equatable, Sendable {
  /// From 1.
  package var line: Int
  /// In characters, from 1.
  package var column: Int
  /// What is wrong, without a stop.
  package var message: String
  /// The line as it stands there.
  package var source: String

  package init(line: Int, column: Int, message: String, source: String) {
    self.line = line
    self.column = column
    self.message = message
    self.source = source
  }

  /// Three lines: what is wrong and where, the line, and a mark below the place.
  ///
  /// - Parameter name: of the script; stands before the position.
  package func shown(in name: String) -> String {
    let (excerpt, position) = excerpt
    let indent = excerpt.prefix(position).map { $0 == "\t" ? "\t" : $0.isWide ? "  " : " " }
    return "\(name):\(line):\(column): \(message)\n  \(excerpt)\n  \(indent.joined())^"
  }

  /// The part of the line around the place that fits a terminal.
  private var excerpt: (String, Int) {
    let characters = Array(source).map { $0.isNewline ? " " : $0 }
    let position = min(max(column - 1, 0), characters.count)
    let first = characters.count <= 74 ? 0 : max(0, min(position - 37, characters.count - 74))
    return (String(characters[first...].prefix(74)), position - first)
  }
}

extension Character {
  /// Whether a terminal gives it two columns: East Asian scripts and most emoji.
  fileprivate var isWide: Bool {
    guard let scalar = unicodeScalars.first?.value else { return false }
    return (0x1100...0x115F).contains(scalar) || (0x2E80...0xA4CF).contains(scalar)
      || (0xAC00...0xD7A3).contains(scalar) || (0xF900...0xFAFF).contains(scalar)
      || (0xFE30...0xFE6F).contains(scalar) || (0xFF00...0xFF60).contains(scalar)
      || (0xFFE0...0xFFE6).contains(scalar) || (0x1F300...0x1FAFF).contains(scalar)
  }
}
