import KugelText

/// Text in the mdoc language of manual pages. Source: mdoc(7).
package enum Mdoc {
  /// Prose, a sentence a line; what stands between backticks becomes a macro of its kind.
  package static func prose(_ text: String) -> String {
    var lines: [String] = []
    var pieces = text.split(separator: "`", omittingEmptySubsequences: false)[...]
    var isCode = false
    while let piece = pieces.popFirst() {
      if isCode {
        let stops = pieces.first?.prefix { ".,;:)".contains($0) } ?? ""
        if let next = pieces.popFirst() {
          pieces.insert(next.dropFirst(stops.count), at: pieces.startIndex)
        }
        lines.append(code(String(piece)) + stops.map { " \($0)" }.joined())
      } else {
        lines += sentences(piece)
      }
      isCode.toggle()
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The macro line for a piece of a command line.
  package static func code(_ text: String) -> String {
    var words = text.split(separator: " ").map(String.init)
    let first = words.first ?? ""
    guard first.hasPrefix("-"), first.count > 1 else {
      return "." + macro(for: first) + " " + words.map(argument).joined(separator: " ")
    }
    words.removeFirst()
    return ".Fl " + argument(String(first.dropFirst()))
      + words.map { " \(macro(for: $0)) \(argument($0))" }.joined()
  }

  /// An argument of a macro that is neither taken for punctuation nor for an escape.
  package static func argument(_ text: String) -> String {
    let safe = escaped(text)
    let isPunctuation = text.count == 1 && "?!.,;:()[]|".contains(text)
    if isPunctuation { return "\\&" + safe }
    return safe.last.map { ":]".contains($0) } == true ? safe + "\\&" : safe
  }

  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "µ": result += "\\(mc"
      default: result.append(character)
      }
    }
    return result
  }

  private static func macro(for word: String) -> String {
    if word.hasPrefix("KUGEL_") { return "Ev" }
    let isPlaceholder = word.allSatisfy { $0.isUppercase || $0 == "=" } || word == "-"
    return isPlaceholder && !word.isEmpty ? "Ar" : "Cm"
  }

  private static func sentences(_ text: Substring) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.count + word.count > 76 {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + plain(word)
      if word.last == "." || word.last == ":" {
        lines.append(line)
        line = ""
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// Lines that are shown as they are.
  package static func literal(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
      let safe = escaped(String(line))
      return (safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe) + "\n"
    }.joined()
  }

  /// A word of prose; hyphens stay hyphens.
  private static func plain(_ word: Substring) -> String {
    let safe = word.map { $0 == "\\" ? "\\e" : $0 == "µ" ? "\\(mc" : String($0) }.joined()
    return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
  }
}
