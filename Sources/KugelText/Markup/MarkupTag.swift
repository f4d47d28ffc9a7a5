/// One tag of the protocol's markup, or of any other.
package struct MarkupTag: Equatable {
  package struct Attribute: Equatable {
    /// Lower case.
    package var name: String
    package var value: String
    package var isQuoted: Bool
  }

  /// Lower case, without the slash.
  package var name = ""
  package var isClosing = false
  package var isSelfClosing = false
  package var attributes: [Attribute] = []

  /// Tags longer than this are read as text.
  package static let longest = 128
  /// The names that mean something to the service.
  package static let known = ["break", "prosody", "spell"]

  package func value(of attribute: String) -> String? {
    attributes.first { $0.name == attribute }?.value
  }

  /// Reads the complete tag at `start`, if there is one.
  ///
  /// - Returns: the tag and the index after its `>`.
  package static func read(
    in scalars: [Unicode.Scalar], at start: Int, before end: Int
  ) -> (tag: MarkupTag, end: Int)? {
    guard start < end, scalars[start] == "<" else { return nil }
    var scanner = MarkupTagScanner()
    for index in (start + 1)..<max(start + 1, end) {
      switch scanner.feed(scalars[index]) {
      case .more: continue
      case .complete: return (scanner.tag, index + 1)
      case .impossible: return nil
      }
    }
    return nil
  }
}

/// Reads a tag one scalar at a time, beginning after its `<`.
package struct MarkupTagScanner {
  package enum Outcome { case more, complete, impossible }

  private enum Place {
    case start, name, gap, attributeName, beforeEquals, beforeValue
    case quoted(Unicode.Scalar)
    case bare, end
  }

  package private(set) var tag = MarkupTag()
  private var place = Place.start
  private var count = 0

  package init() {}

  /// False as soon as what was read cannot become one of the tags that the service knows.
  package var mayBecomeKnown: Bool {
    switch place {
    case .start: true
    case .name: MarkupTag.known.contains { $0.hasPrefix(tag.name) }
    default: MarkupTag.known.contains(tag.name)
    }
  }

  package mutating func feed(_ scalar: Unicode.Scalar) -> Outcome {
    count += 1
    guard count < MarkupTag.longest else { return .impossible }
    switch place {
    case .start: return start(scalar)
    case .name: return name(scalar)
    case .gap: return gap(scalar)
    case .attributeName: return attributeName(scalar)
    case .beforeEquals:
      // An attribute has a value, or else `a <b and c> d` would be a tag.
      if scalar == "=" { place = .beforeValue } else if !scalar.isWhite { return .impossible }
      return .more
    case .beforeValue: return beforeValue(scalar)
    case .quoted(let quote):
      if scalar == quote { place = .gap } else { appendToValue(scalar) }
      return scalar == "<" ? .impossible : .more
    case .bare:
      if scalar == ">" { return .complete }
      if scalar.isWhite {
        place = .gap
        return .more
      }
      guard scalar.isLetter || scalar.isDigit || scalar == "." || scalar == "-" || scalar == "%"
      else { return .impossible }
      appendToValue(scalar)
      return .more
    case .end:
      return scalar == ">" ? .complete : .impossible
    }
  }

  private mutating func start(_ scalar: Unicode.Scalar) -> Outcome {
    if scalar == "/", !tag.isClosing {
      tag.isClosing = true
      return .more
    }
    guard scalar.isASCIILetter else { return .impossible }
    place = .name
    appendToName(scalar)
    return .more
  }

  private mutating func name(_ scalar: Unicode.Scalar) -> Outcome {
    if scalar.isASCIILetter || scalar == "-" || (scalar.isDigit && scalar.isASCII) {
      appendToName(scalar)
      return .more
    }
    place = .gap
    return gap(scalar)
  }

  private mutating func gap(_ scalar: Unicode.Scalar) -> Outcome {
    if scalar == ">" { return .complete }
    if scalar.isWhite { return .more }
    if scalar == "/", !tag.isClosing {
      tag.isSelfClosing = true
      place = .end
      return .more
    }
    guard scalar.isASCIILetter, !tag.isClosing else { return .impossible }
    tag.attributes.append(.init(name: "", value: "", isQuoted: false))
    place = .attributeName
    return attributeName(scalar)
  }

  private mutating func attributeName(_ scalar: Unicode.Scalar) -> Outcome {
    if scalar == "=" {
      place = .beforeValue
      return .more
    }
    if scalar.isASCIILetter || scalar == "-" || scalar == "_" {
      tag.attributes[tag.attributes.count - 1].name.unicodeScalars.append(scalar.lowered)
      return .more
    }
    guard scalar.isWhite else { return .impossible }
    place = .beforeEquals
    return .more
  }

  private mutating func beforeValue(_ scalar: Unicode.Scalar) -> Outcome {
    if scalar.isWhite { return .more }
    if scalar == "\"" || scalar == "'" {
      place = .quoted(scalar)
      tag.attributes[tag.attributes.count - 1].isQuoted = true
      return .more
    }
    place = .bare
    return scalar == ">" ? .impossible : feedBare(scalar)
  }

  private mutating func feedBare(_ scalar: Unicode.Scalar) -> Outcome {
    count -= 1
    return feed(scalar)
  }

  private mutating func appendToName(_ scalar: Unicode.Scalar) {
    tag.name.unicodeScalars.append(scalar.lowered)
  }

  private mutating func appendToValue(_ scalar: Unicode.Scalar) {
    tag.attributes[tag.attributes.count - 1].value.unicodeScalars.append(scalar)
  }
}

extension Unicode.Scalar {
  fileprivate var lowered: Unicode.Scalar {
    (0x41...0x5A).contains(value) ? Unicode.Scalar(UInt8(value) | 0x20) : self
  }
}
