import KugelText

/// What stands between square brackets: links, pictures, footnotes.
struct MarkdownLinks {
  private let options: MarkdownOptions
  /// Brackets that were said before it was known what they enclose.
  private var openBrackets = 0

  init(_ options: MarkdownOptions) { self.options = options }

  /// - Parameters:
  ///   - look: gives up at a pause.
  ///   - patient: waits through one: a target that has begun is no text.
  ///   - last: the scalar before `index`.
  /// - Returns: the next index, and whether that is within the target of a link.
  mutating func read(
    _ text: SourcedText, _ look: inout Lookahead, _ patient: inout Lookahead, _ index: Int,
    after last: Unicode.Scalar, into output: inout SourcedText
  ) -> (next: Int, isInTarget: Bool) {
    let scalar = text.scalars[index]
    if scalar == "]" { return close(text, &patient, index, after: last, into: &output) }
    let isImage = scalar == "!"
    guard !isImage || look.at(index + 1) == "[" else {
      output.append(text, index..<(index + 1))
      return (index + 1, false)
    }
    let first = isImage ? index + 2 : index + 1
    guard let end = labelEnd(&look, first) else {
      guard !look.isUndecided else { return (index, false) }
      // Too long to wait for: what follows it is seen when it comes.
      openBrackets += 1
      output.append(text, (isImage ? index + 1 : index)..<first)
      return (first, false)
    }
    if look.at(first) == "^", !isImage, end > first + 1 {
      guard !look.isUndecided else { return (index, false) }
      return (end + 1, false)
    }
    let target = target(&patient, end + 1, after: last)
    guard !look.isUndecided, !patient.isUndecided else { return (index, false) }
    guard let target else {
      output.append(text, index..<first)
      return (first, false)
    }
    output.append(MarkdownInline.whole(text[first..<end], options))
    if options.links == .full, !isImage, let address = target.address {
      output.append(", ", standingFor: text.source(of: end..<(end + 1)))
      output.append(text, address)
    }
    return (target.end, target.isOpen)
  }

  /// A bracket that closes one that was let through may have a target.
  private mutating func close(
    _ text: SourcedText, _ look: inout Lookahead, _ index: Int, after last: Unicode.Scalar,
    into output: inout SourcedText
  ) -> (next: Int, isInTarget: Bool) {
    let target = openBrackets > 0 ? target(&look, index + 1, after: last) : nil
    guard !look.isUndecided else { return (index, false) }
    if openBrackets > 0 { openBrackets -= 1 }
    output.append(text, index..<(index + 1))
    guard let target else { return (index + 1, false) }
    return (target.end, target.isOpen)
  }

  private func labelEnd(_ look: inout Lookahead, _ first: Int) -> Int? {
    var depth = 0
    var index = first
    while index < first + Lookahead.limit, let scalar = look.at(index) {
      switch scalar {
      case "\\": index += 1
      case "[": depth += 1
      case "]":
        if depth == 0 { return index }
        depth -= 1
      default: break
      }
      index += 1
    }
    return nil
  }

  private struct Target {
    var address: Range<Int>?
    var end: Int
    /// It goes on behind what was seen.
    var isOpen = false
  }

  /// What makes a link of a label: `(address "title")`, `[name]` or `[]`.
  private func target(
    _ look: inout Lookahead, _ start: Int, after last: Unicode.Scalar
  ) -> Target? {
    switch look.at(start) {
    case "(": return address(&look, start)
    case "[":
      // `list[0][1]` is no link.
      guard !last.isWordPart, let end = labelEnd(&look, start + 1) else { return nil }
      return Target(end: end + 1)
    default: return nil
    }
  }

  private func address(_ look: inout Lookahead, _ start: Int) -> Target? {
    var index = look.skip(start + 1) { $0 == " " }
    let first = index
    let limit = start + Lookahead.limit
    var depth = 0
    if look.at(index) == "<" {
      let end = look.skip(index) { $0 != ">" && $0 != "\n" }
      guard look.at(end) == ">" else { return nil }
      let address = (index + 1)..<end
      return title(&look, end + 1).map { Target(address: address, end: $0) }
    }
    while index < limit, let scalar = look.at(index) {
      if scalar == ")" {
        if depth == 0 { return Target(address: first..<index, end: index + 1) }
        depth -= 1
      }
      if scalar == "(" { depth += 1 }
      if scalar.isWhite {
        return title(&look, index).map { Target(address: first..<index, end: $0) }
      }
      index += 1
    }
    // No words are that long.
    return look.at(index) == nil ? nil : Target(address: nil, end: index, isOpen: true)
  }

  /// - Returns: where the link ends whose title may begin behind `start`.
  private func title(_ look: inout Lookahead, _ start: Int) -> Int? {
    var index = look.skip(start, while: \.isWhite)
    guard let quote = look.at(index) else { return nil }
    if quote == ")" { return index + 1 }
    guard quote == "\"" || quote == "'" || quote == "(" else { return nil }
    let closing = quote == "(" ? ")" : quote
    index = look.skip(index + 1) { $0 != closing }
    let end = look.skip(index + 1, while: \.isWhite)
    return look.at(end) == ")" ? end + 1 : nil
  }
}
