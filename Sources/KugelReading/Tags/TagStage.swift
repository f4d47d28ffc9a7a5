import KugelText

/// Tells the tags that mean something to a voice from those of HTML, and both from text.
///
/// - Ours (`break`, `spell`, `prosody`) stay as they are, but for those that a service would refuse.
/// - HTML's go; what they set apart is set apart for the ear.
/// - Everything else is text: `<your-name>`, `<Enter>`, `Map<String, List<int>>` lose their brackets, which
///   no service then takes for a tag's; `a < b` stays. So it is with what was escaped.
package struct TagStage: TextStage {
  /// A tag of HTML that is longer than this was none.
  private static let longestTag = 4096

  private enum Place: Equatable {
    case text
    case spell
    /// In a tag of HTML: what was read of it, and the quote that is open.
    case tag(String, quote: Unicode.Scalar?)
    /// Until this, in lower case, has been read.
    case unread(until: String)
  }

  private var place = Place.text
  private var effect = HTMLElement.Effect.inline
  private var isProsodyOpen = false
  /// Something was said since the last block ended.
  private var hasText = false
  private var last: Unicode.Scalar = " "
  /// A bracket that was left out; a word right behind it is another one.
  private var gap: Range<Int>?
  /// Brackets that were left out and have not closed yet.
  private var openBrackets = 0

  package init() {}

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    let scalars = text.scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      if case .text = place {
        let next = scalars[index...].firstIndex(where: isBracket) ?? scalars.count
        say(text, start..<next, into: &output)
        (start, index) = (next, next)
        if index == scalars.count { break }
      }
      guard let next = step(text, index, ahead, into: &output) else { return index }
      index = next
      start = next
    }
    if ahead == .end {
      place = .text
      (hasText, isProsodyOpen) = (false, false)
      gap = nil
      openBrackets = 0
    }
    return scalars.count
  }

  private func isBracket(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "<" || scalar == LiteralBracket.scalar || scalar == ">" && openBrackets > 0
  }

  private mutating func say(
    _ text: SourcedText, _ range: Range<Int>, into output: inout SourcedText
  ) {
    guard !range.isEmpty else { return }
    if let gap, text.scalars[range.lowerBound].isWordPart { output.append(" ", standingFor: gap) }
    gap = nil
    output.append(text, range)
    last = text.scalars[range.upperBound - 1]
    if !hasText { hasText = text.scalars[range].contains { !$0.isWhite } }
  }

  /// - Returns: the next index; nil while it is open what stands at this one.
  private mutating func step(
    _ text: SourcedText, _ index: Int, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int? {
    let scalar = text.scalars[index]
    switch place {
    case .text:
      if scalar == ">" {
        close(text, index, into: &output)
        return index + 1
      }
      var look = Lookahead(text, from: index, ahead, limit: MarkupTag.longest)
      let found =
        scalar == "<"
        ? Self.find(&look, index, after: last)
        : Self.holdsWords(&look, index, after: last) ? .bracket : .text
      guard !look.isUndecided else { return nil }
      return take(found, text, index, into: &output)
    case .spell:
      var look = Lookahead(text, from: index, ahead)
      if scalar == "<", look.matches("</spell>", at: index, ignoringCase: true) {
        place = .text
        say(text, index..<(index + 8), into: &output)
        return index + 8
      }
      guard !look.isUndecided else { return nil }
      say(text, index..<(index + 1), into: &output)
      return index + 1
    case .tag(let read, let quote):
      if quote == nil && scalar == ">" || read.utf8.count > Self.longestTag {
        place = .text
        end(read, text, index, into: &output)
      } else {
        let isQuote = scalar == "\"" || scalar == "'"
        let open = quote == scalar ? nil : quote ?? (isQuote ? scalar : nil)
        place = .tag(read + String(scalar), quote: open)
      }
      return index + 1
    case .unread(let end):
      var look = Lookahead(text, from: index, ahead == .pause ? .more : ahead)
      if look.matches(end, at: index, ignoringCase: true) {
        place = .text
        return index + end.unicodeScalars.count
      }
      return look.isUndecided ? nil : index + 1
    }
  }

  // MARK: - What a bracket begins

  private enum Found {
    case text
    /// It encloses words.
    case bracket
    case ours(MarkupTag, end: Int)
    /// - Parameter end: behind its name.
    case html(name: String, isClosing: Bool, effect: HTMLElement.Effect, end: Int)
    case unread(until: String)
  }

  private static func find(
    _ look: inout Lookahead, _ start: Int, after last: Unicode.Scalar
  ) -> Found {
    if look.at(start + 1) == "?", look.at(start + 2)?.isLetter ?? false {
      return .unread(until: "?>")
    }
    if look.at(start + 1) == "!" {
      if look.matches("<!--", at: start) { return .unread(until: "-->") }
      if look.matches("<!doctype", at: start, ignoringCase: true) { return .unread(until: ">") }
      if look.matches("<![CDATA[", at: start) { return .unread(until: ">") }
      return .text
    }
    let isClosing = look.at(start + 1) == "/"
    let first = start + (isClosing ? 2 : 1)
    guard look.at(first)?.isLetter ?? false else { return .text }
    let end = look.skip(first) { $0.isWordPart || $0 == "-" || $0 == "_" || $0 == ":" }
    var name = ""
    for index in first..<end { look.at(index).map { name.unicodeScalars.append($0) } }
    guard let next = look.at(end) else { return .text }
    if MarkupTag.known.contains(name.lowercased()) {
      var scanner = MarkupTagScanner()
      var index = start + 1
      while let scalar = look.at(index) {
        index += 1
        switch scanner.feed(scalar) {
        case .more: continue
        case .complete: return .ours(scanner.tag, end: index)
        case .impossible: return .text
        }
      }
      return .text
    }
    if next == ">" || next.isWhite || next == "/", let effect = HTMLElement.effect(of: name),
      isTagBehind(&look, end)
    {
      return .html(name: name.lowercased(), isClosing: isClosing, effect: effect, end: end)
    }
    return holdsWords(&look, start, after: last) ? .bracket : .text
  }

  /// Whether a bracket is before a word and has a counterpart in its line. "x<y and z>w" compares: words on
  /// both sides, and a sentence between.
  private static func holdsWords(
    _ look: inout Lookahead, _ start: Int, after last: Unicode.Scalar
  ) -> Bool {
    let first = look.at(start + 1) == "/" ? start + 2 : start + 1
    guard look.at(first)?.isLetter ?? false else { return false }
    var depth = 1
    var index = first + 1
    var isSentence = false
    while let scalar = look.at(index), scalar != "\n" {
      if scalar == " ", look.at(index - 1) != "," { isSentence = true }
      if scalar == "<" || scalar == LiteralBracket.scalar,
        look.at(index + 1).map({ $0.isLetter || $0 == "/" }) ?? false
      {
        depth += 1
      } else if scalar == ">", let before = look.at(index - 1), !isArrow(before) {
        depth -= 1
        if depth == 0 {
          guard isSentence, last.isWordPart else { return true }
          return !(look.at(index + 1)?.isWordPart ?? false)
        }
      }
      index += 1
    }
    return false
  }

  private static func isArrow(_ before: Unicode.Scalar) -> Bool { before == "-" || before == "=" }

  /// Whether a tag's end or an attribute follows its name.
  private static func isTagBehind(_ look: inout Lookahead, _ end: Int) -> Bool {
    let first = look.skip(end) { $0.isWhite }
    guard let scalar = look.at(first) else { return false }
    if scalar == ">" { return true }
    if scalar == "/" { return look.at(first + 1) == ">" }
    let behind = look.skip(first) { $0.isWordPart || $0 == "-" || $0 == ":" || $0 == "_" }
    guard behind > first else { return false }
    if look.at(look.skip(behind) { $0.isWhite }) == "=" { return true }
    var name = ""
    for index in first..<behind {
      look.at(index).map { name.unicodeScalars.append($0.asciiLowered) }
    }
    return HTMLElement.bareAttributes.contains(name)
  }

  private mutating func take(
    _ found: Found, _ text: SourcedText, _ index: Int, into output: inout SourcedText
  ) -> Int {
    switch found {
    case .text:
      if text.scalars[index] == LiteralBracket.scalar {
        output.append("<" as Unicode.Scalar, standingFor: text.source(of: index..<(index + 1)))
        (gap, last, hasText) = (nil, "<", true)
      } else {
        say(text, index..<(index + 1), into: &output)
      }
      return index + 1
    case .bracket:
      // A bracket between words was a gap between them.
      let place = text.source(of: index..<(index + 1))
      if last.isWordPart {
        output.append(" ", standingFor: place)
        last = " "
      }
      gap = nil
      openBrackets += 1
      return text.scalars[index + 1] == "/" ? index + 2 : index + 1
    case .ours(let tag, let end):
      if keeps(tag) { say(text, index..<end, into: &output) }
      return end
    case .html(let name, let isClosing, let effect, let end):
      self.effect = effect
      if effect == .unread, !isClosing {
        place = .unread(until: "</\(name)>")
      } else {
        place = .tag(isClosing ? "/" : "", quote: nil)
      }
      return end
    case .unread(let end):
      place = .unread(until: end)
      return index + 1
    }
  }

  /// The counterpart of a bracket that was left out.
  private mutating func close(_ text: SourcedText, _ index: Int, into output: inout SourcedText) {
    guard !Self.isArrow(last) else {
      say(text, index..<(index + 1), into: &output)
      return
    }
    openBrackets -= 1
    gap = text.source(of: index..<(index + 1))
  }

  private mutating func keeps(_ tag: MarkupTag) -> Bool {
    switch tag.name {
    case "prosody":
      if tag.isClosing {
        defer { isProsodyOpen = false }
        return isProsodyOpen
      }
      guard !isProsodyOpen, SpeechMarkup.rate(of: tag).speed != nil else { return false }
      isProsodyOpen = true
      return true
    case "spell":
      if !tag.isClosing, !tag.isSelfClosing { place = .spell }
      return !tag.isClosing && !tag.isSelfClosing
    default:
      return true
    }
  }

  // MARK: - HTML

  /// - Parameter tag: what stood between its name and its end.
  private mutating func end(
    _ tag: String, _ text: SourcedText, _ index: Int, into output: inout SourcedText
  ) {
    let source = text.source(of: index..<(index + 1))
    let isClosing = tag.hasPrefix("/")
    switch effect {
    case .inline, .unread: break
    case .lineBreak:
      output.append("\n", standingFor: source)
      output.append(.line)
      last = "\n"
    case .cell:
      if isClosing, hasText { output.append(", ", standingFor: source) }
    case .block(let mark):
      guard hasText else { return }
      // A block that begins ends what stood before it.
      let ended = isClosing ? mark : .paragraph
      output.append(
        ended == .item || ended == .row ? "\n" : "\n\n", standingFor: source)
      output.append(ended)
      hasText = false
      last = "\n"
    case .image:
      guard let description = Self.attribute("alt", of: tag) else { return }
      output.append(description, standingFor: source)
      hasText = true
      last = description.unicodeScalars.last ?? last
    }
  }

  private static func attribute(_ name: String, of tag: String) -> String? {
    let scalars = Array(tag.unicodeScalars)
    let wanted = Array((name + "=").unicodeScalars)
    guard scalars.count > wanted.count else { return nil }
    for start in 0..<(scalars.count - wanted.count)
    where scalars[start..<(start + wanted.count)].map(\.asciiLowered) == wanted
      && (start == 0 || scalars[start - 1].isWhite)
    {
      let rest = scalars[(start + wanted.count)...]
      guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
      return String(scalars: rest.dropFirst().prefix { $0 != quote })
    }
    return nil
  }
}
