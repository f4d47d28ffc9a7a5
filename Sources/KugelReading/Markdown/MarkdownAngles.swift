import KugelText

/// What stands between angle brackets.
enum MarkdownAngles {
  /// An address between angle brackets, a comment, or a tag, which is left to who knows tags.
  ///
  /// - Parameter last: the scalar before `index`.
  /// - Returns: the next index, and the place that it is in from there on; nil is the text.
  static func read(
    _ text: SourcedText, _ look: inout Lookahead, _ index: Int, after last: Unicode.Scalar,
    into output: inout SourcedText
  ) -> (next: Int, place: MarkdownInline.Place?) {
    if look.matches("<!--", at: index) {
      return (index + 4, .until("-->", isSaid: false))
    }
    if look.matches("<spell", at: index, ignoringCase: true) {
      output.append(text, index..<(index + 6))
      return (index + 6, .until("</spell>", isSaid: true))
    }
    let limit = index + 4 * Lookahead.limit - 1
    var end = index + 1
    var isAddress = false
    if look.at(end).map({ $0.isLetter || $0 == "/" }) ?? false {
      while end < limit, let scalar = look.at(end), scalar != ">", scalar != "<", scalar != "\n" {
        if scalar == "@" || scalar == ":" { isAddress = true }
        if scalar.isWhite, isAddress { isAddress = false }
        // What is no tag by its first blank is none.
        if scalar.isWhite, HTMLElement.effect(of: text[(index + 1)..<end].string) == nil { break }
        end += 1
      }
    }
    let isClosed = look.at(end) == ">"
    guard !look.isUndecided else { return (index, nil) }
    guard isClosed else {
      output.append(text, index..<(index + 1))
      return (index + 1, nil)
    }
    let inner = text.scalars[(index + 1)..<end]
    // `std::vector<std::string>` holds no address.
    if isAddress, !last.isWordPart, !inner.contains(where: \.isWhite) {
      output.append(text, (index + 1)..<end)
    } else {
      output.append(text, index..<(end + 1))
    }
    return (end + 1, nil)
  }
}
