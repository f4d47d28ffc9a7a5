import KugelText

/// What is to be read of a page of HTML, as Markdown: headings, paragraphs, items, tables and emphasis
/// stay, what nobody reads aloud goes.
///
/// Markdown is what the pipeline of stages reads, so a page and a file of Markdown take one road.
package struct MarkupText: Sendable {
  package struct Options: Equatable, Sendable {
    /// Whether notes are read where they stand.
    package var readsNotes = true
    package init() {}
  }

  private let options: Options
  private var text = ""
  /// Of the element that is left out, and those in it.
  private var skipped = 0
  private var isInTitle = false
  private var isPreformatted = 0
  private var lists: [(isOrdered: Bool, number: Int)] = []
  private var cells = 0
  /// A blank is due before the next letter.
  private var needsBlank = false
  private var heading: Int?
  /// The places of elements that links may lead to, in scalars of the text.
  package private(set) var anchors: [String: Int] = [:]
  package private(set) var title: String?
  /// Classes of the same, where a page of old has no types.
  private static let noteClasses: Set<String> = [
    "footnote", "footnotes", "footnote-ref", "footnote-back", "endnote", "endnotes", "noteref",
  ]

  /// Elements that notes are in, for those who read none.
  private static let noteTypes: Set<String> = [
    "footnote", "endnote", "footnotes", "endnotes", "rearnote", "rearnotes", "note", "noteref",
    "doc-footnote", "doc-endnote", "doc-endnotes", "doc-noteref", "doc-backlink",
  ]

  package init(_ options: Options = Options()) { self.options = options }

  /// - Returns: Markdown, and the document's title if it has one.
  package static func markdown(
    _ events: [MarkupEvent], _ options: Options = Options()
  ) -> MarkupText {
    var made = MarkupText(options)
    for event in events { made.take(event) }
    return made
  }

  package var markdown: String { text }

  package mutating func take(_ event: MarkupEvent) {
    switch event {
    case .begin(let name, let attributes): begin(name, attributes)
    case .end(let name): end(name)
    case .text(let words): add(words)
    }
  }

  private mutating func begin(_ name: String, _ attributes: [String: String]) {
    if skipped > 0 {
      if !Self.isVoid(name) { skipped += 1 }
      return
    }
    if isLeftOut(name, attributes) {
      if !Self.isVoid(name) { skipped = 1 }
      return
    }
    if Self.blocks.contains(name) { breakBlock() }
    if let id = attributes["id"] ?? (name == "a" ? attributes["name"] : nil) {
      anchors[id] = anchors[id] ?? text.unicodeScalars.count
    }
    switch name {
    case "title": isInTitle = true
    case "br": text += text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
    case "hr": text += "* * *\n\n"
    case "h1", "h2", "h3", "h4", "h5", "h6":
      heading = name.last.flatMap { Int(String($0)) }
      text += String(repeating: "#", count: heading ?? 1) + " "
    case "ul", "dl": lists.append((false, 0))
    case "ol": lists.append((true, (attributes["start"].flatMap { Int($0) } ?? 1) - 1))
    case "li", "dt", "dd": beginItem()
    case "td", "th":
      if cells > 0 { text += ", " }
      cells += 1
    case "tr": cells = 0
    case "pre": isPreformatted += 1
    case "img", "image":
      if let words = attributes["alt"] { add(" \(words) ") }
    case "em", "i", "b", "strong", "cite": break
    default: break
    }
  }

  private mutating func end(_ name: String) {
    if skipped > 0 {
      if !Self.isVoid(name) { skipped -= 1 }
      return
    }
    if name == "tr", cells > 0, let last = text.last, last.isLetter || last.isNumber { text += "." }
    if Self.blocks.contains(name) { breakBlock() }
    switch name {
    case "title": isInTitle = false
    case "h1", "h2", "h3", "h4", "h5", "h6": heading = nil
    case "ul", "ol", "dl": _ = lists.popLast()
    case "pre": isPreformatted = max(0, isPreformatted - 1)
    case "tr": cells = 0
    default: break
    }
  }

  private mutating func beginItem() {
    guard !lists.isEmpty else { return }
    lists[lists.count - 1].number += 1
    let list = lists[lists.count - 1]
    text += list.isOrdered ? "\(list.number). " : "- "
    needsBlank = false
  }

  private mutating func add(_ words: String) {
    guard skipped == 0 else { return }
    if isInTitle {
      title = ((title ?? "") + words).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return
    }
    for scalar in words.unicodeScalars {
      if scalar.isWhite, !scalar.isGlue {
        if isPreformatted > 0, scalar == "\n" {
          if !text.hasSuffix("\n\n") { text += "\n" }
          needsBlank = false
        } else {
          needsBlank = true
        }
        continue
      }
      if needsBlank, !text.isEmpty, text.unicodeScalars.last.map({ !$0.isWhite }) == true {
        text += " "
      }
      needsBlank = false
      if Self.isMarkdown(scalar) || opensBlock(scalar) {
        text += "&#\(scalar.value);"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  /// Whether a sign would make a list or a heading of the line that it stands in.
  private func opensBlock(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "+", "=": line.isEmpty || line == "- "
    case ".", ")": line.isNumber || line.hasPrefix("- ") && line.dropFirst(2).isNumber
    default: false
    }
  }

  private var line: Substring {
    text[(text.lastIndex(of: "\n").map(text.index(after:)) ?? text.startIndex)...]
  }

  private mutating func breakBlock() {
    needsBlank = false
    trimEnd()
    // A heading or an item that holds nothing is none.
    let line = line
    if line == "-" || line.allSatisfy({ $0 == "#" }) || line.last == "." && line.dropLast().isNumber
    {
      text.removeLast(line.count)
      trimEnd()
    }
    if !text.isEmpty { text += "\n\n" }
  }

  private mutating func trimEnd() {
    while let last = text.unicodeScalars.last, last.isWhite { text.unicodeScalars.removeLast() }
  }

  private func isLeftOut(_ name: String, _ attributes: [String: String]) -> Bool {
    if Self.silent.contains(name) { return true }
    if attributes["hidden"] != nil || attributes["aria-hidden"] == "true" { return true }
    let style = attributes["style"]?.filter { !$0.isWhitespace } ?? ""
    if style.contains("display:none") { return true }
    let kinds = ((attributes["type"] ?? "") + " " + (attributes["role"] ?? ""))
      .split(separator: " ").map(String.init)
    if kinds.contains("pagebreak") || kinds.contains("doc-pagebreak") { return true }
    if name == "nav" || kinds.contains("toc") { return true }
    guard !options.readsNotes else { return false }
    let classes = (attributes["class"] ?? "").split(separator: " ").map(String.init)
    return kinds.contains(where: Self.noteTypes.contains)
      || classes.contains(where: Self.noteClasses.contains)
  }

  private static func isMarkdown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "~", "&", "$": true
    default: false
    }
  }

  private static func isVoid(_ name: String) -> Bool {
    ["br", "hr", "img", "image", "meta", "link", "input", "col", "area", "base", "wbr", "source"]
      .contains(name)
  }

  private static let silent: Set<String> = [
    "script", "style", "head-style", "template", "noscript", "svg", "math", "iframe", "object",
    "button", "select", "textarea", "audio", "video", "rt", "rp",
  ]

  private static let blocks: Set<String> = [
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "li", "dt", "dd", "table",
    "tr", "blockquote", "pre", "section", "article", "aside", "header", "footer", "main", "figure",
    "figcaption", "body", "hr", "address", "caption", "center", "details", "summary",
  ]
}

extension Substring {
  fileprivate var isNumber: Bool { !isEmpty && allSatisfy { $0.isASCII && $0.isNumber } }
}
