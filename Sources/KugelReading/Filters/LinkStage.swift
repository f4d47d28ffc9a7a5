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
  private let leading: Set<String>
  /// In an address of which no more is said.
  private var isInAddress = false
  private var depth = 0
  /// The last scalar that was read outside an address.
  private var last: Unicode.Scalar = " "

  package init(_ policy: LinkPolicy, language: String? = nil) {
    self.policy = policy
    word = SpokenPhrases.of(language).link
    leading = LeadingWords.of(language)
  }

  private static let schemes = [
    "https://", "http://", "ftp://", "file://", "mailto:", "tel:", "sms:", "www.",
  ]
  /// Even where whole addresses are said, of these only what they lead to is: nobody says "mailto".
  private static let people = ["mailto:", "tel:", "sms:"]

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    let scalars = text.scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if isInAddress {
        guard let next = inside(text, index, ahead, into: &output) else { return index }
        index = next
        start = index
        continue
      }
      if !last.isWordPart, Self.mayBegin(scalars[index...]) {
        // What has begun as an address is no word for a pause, unless its sentence has ended.
        let isOpen = ahead == .pause && !Self.isEnded(scalars[index...])
        var look = Lookahead(text, from: index, isOpen ? .more : ahead)
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
      if policy == .skip, scalar == " ", !last.isWhite {
        var look = Lookahead(text, from: index, ahead == .pause ? .more : ahead)
        let place = dangling(&look, index)
        if look.isUndecided {
          output.append(text, start..<index)
          return index
        }
        if let place {
          output.append(text, start..<index)
          (start, index, last) = (place, place, " ")
          continue
        }
      }
      last = scalar
      index += 1
    }
    if !isInAddress { output.append(text, start..<scalars.count) }
    if ahead == .end { (isInAddress, last) = (false, " ") }
    return scalars.count
  }

  private static func mayBegin(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = scalars.first?.asciiLowered else { return false }
    let second = scalars.dropFirst().first?.asciiLowered
    switch first {
    case "h": return second.map { $0 == "t" } ?? true
    case "f": return second.map { $0 == "t" || $0 == "i" } ?? true
    case "w": return second.map { $0 == "w" } ?? true
    case "m": return second.map { $0 == "a" } ?? true
    case "t": return second.map { $0 == "e" } ?? true
    case "s": return second.map { $0 == "m" } ?? true
    default: return false
    }
  }

  /// - Returns: the host of the address at `start`, without "www."; of a person's, the mail address or the
  ///   number.
  private func address(_ look: inout Lookahead, _ start: Int) -> Range<Int>? {
    let schemes = policy == .full ? Self.people : Self.schemes
    guard
      let scheme = schemes.first(where: { look.matches($0, at: start, ignoringCase: true) })
    else { return nil }
    if scheme == "tel:" || scheme == "sms:" { return number(&look, start + 4) }
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

  private func number(_ look: inout Lookahead, _ start: Int) -> Range<Int>? {
    let first = look.skip(start) { $0 == "/" }
    var end = look.skip(first) {
      $0.isDigit || $0 == "+" || $0 == "-" || $0 == "." || $0 == "(" || $0 == ")"
    }
    while end > first, let last = look.at(end - 1), !last.isDigit { end -= 1 }
    return end > first + 2 ? first..<end : nil
  }

  /// A blank before an address that is left out goes with it, and so does a word that only leads to it:
  /// "See the docs and https://example.com."
  ///
  /// - Returns: where the address begins.
  private func dangling(_ look: inout Lookahead, _ start: Int) -> Int? {
    let first = look.skip(start) { $0 == " " }
    if look.at(first) != nil, let host = address(&look, first) {
      // A blank before it stays where another word follows.
      return host.isEmpty ? nil : first
    }
    let end = look.skip(first) { $0.isLetter }
    guard end > first, end - first <= LeadingWords.longest else { return nil }
    var word = ""
    for place in first..<end { look.at(place).map { word.unicodeScalars.append($0) } }
    guard leading.contains(word) else { return nil }
    let behind = look.skip(end) { $0 == " " }
    guard behind > end, address(&look, behind) != nil else { return nil }
    return behind
  }

  /// Whether a sentence seems to end with an address of several parts.
  private static func isEnded(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let last = scalars.last, last.sentenceMark != nil else { return false }
    let isShort = scalars.first?.asciiLowered == "w"
    return scalars.dropLast().count { $0 == "." } >= (isShort ? 2 : 1)
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
  private mutating func inside(
    _ text: SourcedText, _ index: Int, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int? {
    let scalar = text.scalars[index]
    if Self.ends(scalar) || scalar == ")" && depth == 0 || scalar == "]" {
      isInAddress = false
      return index
    }
    if Self.mayTrail(scalar) {
      var look = Lookahead(text, from: index, ahead)
      let next = look.skip(index) { Self.mayTrail($0) || $0 == ")" }
      if look.isUndecided { return nil }
      let end = look.at(next)
      if end == nil, ahead == .pause {
        // A letter behind it is the address's all the same.
        output.append(text, index..<(index + 1))
        return index + 1
      }
      if end.map(Self.ends) ?? true {
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
