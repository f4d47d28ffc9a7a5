import KugelText

/// What is said of a link.
package enum LinkPolicy: String, Equatable, Sendable, CaseIterable {
  /// Its label, or of a bare address the host.
  case host
  /// Its label, or of a bare address only that it is one.
  case label
  /// Its label; a bare address is left out.
  case skip
  /// Its label and the whole address.
  case full
}

/// Shortens bare addresses as the policy has it.
package struct LinkStage: TextStage {
  private let policy: LinkPolicy
  private let word: String
  /// In an address of which no more is said.
  private var isInAddress = false
  private var depth = 0
  /// The last scalar that was read outside an address.
  private var last: Unicode.Scalar = " "

  package init(_ policy: LinkPolicy, language: String? = nil) {
    self.policy = policy
    word = SpokenPhrases.of(language).link
  }

  private static let schemes = ["https://", "http://", "ftp://", "file://", "mailto:", "www."]

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    guard policy != .full else {
      output.append(text)
      return text.count
    }
    let scalars = text.scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if isInAddress {
        guard let next = inside(text, index, ahead) else { return index }
        index = next
        start = index
        continue
      }
      if !last.isWordPart, Self.mayBegin(scalar) {
        var look = Lookahead(text, from: index, ahead)
        let found = address(&look, index)
        if look.isUndecided {
          output.append(text, start..<index)
          return index
        }
        if let found {
          output.append(text, start..<index)
          begin(found, text, index, into: &output)
          index = found.upperBound
          start = index
          continue
        }
      }
      last = scalar
      index += 1
    }
    if !isInAddress { output.append(text, start..<scalars.count) }
    if ahead == .end { isInAddress = false }
    return scalars.count
  }

  private static func mayBegin(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.asciiLowered {
    case "h", "f", "w", "m": true
    default: false
    }
  }

  /// - Returns: the host of the address at `start`, without "www."; for a mail address, that.
  private func address(_ look: inout Lookahead, _ start: Int) -> Range<Int>? {
    guard
      let scheme = Self.schemes.first(where: { look.matches($0, at: start, ignoringCase: true) })
    else { return nil }
    var first = start + (scheme == "www." ? 0 : scheme.unicodeScalars.count)
    if look.matches("www.", at: first, ignoringCase: true) { first += 4 }
    var end = look.skip(first) {
      $0.isWordPart || $0 == "." || $0 == "-" || $0 == "_" || $0 == "@" || $0 == "%" || $0 == ":"
    }
    // Who signs in there is nobody's business.
    if scheme != "mailto:", let at = (first..<end).last(where: { look.at($0) == "@" }) {
      first = at + 1
    }
    if let colon = (first..<end).first(where: { look.at($0) == ":" }) { end = colon }
    // The stop behind an address ends the sentence, not the host.
    while end > first, let last = look.at(end - 1), last == "." || last == "-" { end -= 1 }
    guard end > first else { return scheme == "file://" ? first..<first : nil }
    return first..<end
  }

  private mutating func begin(
    _ host: Range<Int>, _ text: SourcedText, _ start: Int, into output: inout SourcedText
  ) {
    isInAddress = true
    depth = 0
    last = " "
    switch policy {
    case .skip: break
    case .label: output.append(word, standingFor: text.source(of: start..<host.upperBound))
    case .host, .full: output.append(text, host)
    }
  }

  /// - Returns: the next index; nil while it is open whether a mark still belongs to the address.
  private mutating func inside(_ text: SourcedText, _ index: Int, _ ahead: TextAhead) -> Int? {
    let scalar = text.scalars[index]
    if Self.ends(scalar) || scalar == ")" && depth == 0 || scalar == "]" {
      isInAddress = false
      return index
    }
    if Self.mayTrail(scalar) {
      var look = Lookahead(text, from: index, ahead)
      let next = look.skip(index) { Self.mayTrail($0) || $0 == ")" }
      if look.isUndecided { return nil }
      if look.at(next).map(Self.ends) ?? true {
        isInAddress = false
        return index
      }
      return index + 1
    }
    if scalar == "(" { depth += 1 }
    if scalar == ")" { depth -= 1 }
    return index + 1
  }

  private static func ends(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isWhite || scalar == "<" || scalar == ">" || scalar == "\"" || scalar == "`"
      || scalar == "|" || scalar == "»" || scalar == "”" || scalar == "“" || scalar.isEastAsian
  }

  private static func mayTrail(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", ",", ";", ":", "!", "?", "'", "*", "_", "~", "…": true
    default: false
    }
  }
}
