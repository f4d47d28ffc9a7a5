/// A look at what comes, that knows whether it would have liked to see more.
package struct Lookahead {
  /// Scalars that a stage may wait for.
  package static let limit = 64

  private let scalars: [Unicode.Scalar]
  private let end: Int
  private let isOpen: Bool
  /// Something was asked for that has not come yet, so nothing may be concluded.
  package private(set) var isUndecided = false

  package init(
    _ text: SourcedText, from start: Int, _ ahead: TextAhead, limit: Int = Lookahead.limit
  ) {
    scalars = text.scalars
    end = min(scalars.count, start + limit)
    isOpen = ahead == .more && scalars.count < start + limit
  }

  /// nil behind the text's end, and behind the limit.
  package mutating func at(_ index: Int) -> Unicode.Scalar? {
    if index < end { return index >= 0 ? scalars[index] : nil }
    if isOpen { isUndecided = true }
    return nil
  }

  /// The first index from `start` on whose scalar is not such.
  package mutating func skip(_ start: Int, while isSuch: (Unicode.Scalar) -> Bool) -> Int {
    var index = start
    while let scalar = at(index), isSuch(scalar) { index += 1 }
    return index
  }

  package mutating func matches(_ word: String, at start: Int, ignoringCase: Bool = false) -> Bool {
    var index = start
    for wanted in word.unicodeScalars {
      guard let scalar = at(index) else { return false }
      guard scalar == wanted || ignoringCase && scalar.asciiLowered == wanted else { return false }
      index += 1
    }
    return true
  }
}

extension Unicode.Scalar {
  package var asciiLowered: Unicode.Scalar {
    (0x41...0x5A).contains(value) ? Unicode.Scalar(UInt8(value) | 0x20) : self
  }
}
