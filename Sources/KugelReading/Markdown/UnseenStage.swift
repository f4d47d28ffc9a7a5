import KugelText

/// Leaves out what a page of Markdown never shows, whatever lines it has: comments, instructions to a
/// processor, scripts and styles. A `<pre>` becomes the fence of code that it is.
///
/// Source: CommonMark 0.31, section 4.6, kinds 1 to 3.
struct UnseenStage: TextStage {
  private enum Place: Equatable {
    case text
    /// Nothing is read until this, in lower case.
    case unseen(until: String)
    case code
  }

  private var place = Place.text
  private var code = CodeWatch()

  mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    let scalars = text.scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let mayBegin =
        switch place {
        case .unseen(let end): scalar == end.unicodeScalars.first
        case .text, .code: scalar == "<"
        }
      if mayBegin {
        // What was begun is no text after a pause either.
        let hasBegun = place != .text || index + 1 < scalars.count
        var look = Lookahead(text, from: index, ahead == .pause && hasBegun ? .more : ahead)
        let found = find(&look, index)
        if look.isUndecided {
          if !isUnseen { output.append(text, start..<index) }
          return index
        }
        if let found {
          if !isUnseen { output.append(text, start..<index) }
          let source = text.source(of: index..<found.end)
          if found.place == .code { output.append("\n~~~~~~\n", standingFor: source) }
          if place == .code { output.append("\n~~~~~~\n", standingFor: source) }
          place = found.place
          index = found.end
          start = index
          continue
        }
      }
      index += 1
      if isUnseen { start = index } else { code.read(scalar) }
    }
    if !isUnseen { output.append(text, start..<scalars.count) }
    if ahead == .end { self = UnseenStage() }
    return scalars.count
  }

  private var isUnseen: Bool { if case .unseen = place { true } else { false } }

  /// - Returns: what begins at an index, and the index behind its mark; nil where nothing does.
  private mutating func find(
    _ look: inout Lookahead, _ index: Int
  ) -> (place: Place, end: Int)? {
    switch place {
    case .unseen(let end):
      guard look.matches(end, at: index, ignoringCase: true) else { return nil }
      return (.text, index + end.unicodeScalars.count)
    case .code:
      guard look.matches("</pre>", at: index, ignoringCase: true) else {
        guard look.matches("</code></pre>", at: index, ignoringCase: true) else { return nil }
        return (.text, index + 13)
      }
      return (.text, index + 6)
    case .text:
      guard let found = opening(&look, index), !code.isCode(&look, index) else { return nil }
      return found
    }
  }

  private func opening(_ look: inout Lookahead, _ index: Int) -> (place: Place, end: Int)? {
    if look.matches("<!--", at: index) { return (.unseen(until: "-->"), index + 4) }
    if look.at(index + 1) == "?", look.at(index + 2)?.isLetter ?? false {
      return (.unseen(until: "?>"), index + 2)
    }
    guard code.isAtLineStart else { return nil }
    for name in ["script", "style", "pre"] {
      guard look.matches("<" + name, at: index, ignoringCase: true) else { continue }
      let behind = index + 1 + name.unicodeScalars.count
      guard let next = look.at(behind), next == ">" || next == " " else { continue }
      guard name == "pre" else { return (.unseen(until: "</\(name)>"), behind) }
      guard let end = tagEnd(&look, behind) else { continue }
      let isCode = look.matches("<code", at: end, ignoringCase: true)
      return (.code, isCode ? tagEnd(&look, end + 5) ?? end : end)
    }
    return nil
  }

  private func tagEnd(_ look: inout Lookahead, _ start: Int) -> Int? {
    let end = look.skip(start) { $0 != ">" && $0 != "\n" && $0 != "<" }
    return look.at(end) == ">" ? end + 1 : nil
  }
}
