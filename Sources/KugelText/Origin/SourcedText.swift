/// A text, with the place in its source that each of its parts came from, and with what ends in it.
///
/// Places count Unicode scalars. It is the one carrier of text: what filters, speakers and watchers
/// make of a text is another one of these, so that a word that is heard leads back to where it was
/// written.
package struct SourcedText: Equatable, Sendable {
  package struct Ending: Equatable, Sendable {
    /// Scalars of the text before it.
    package var offset: Int
    package var mark: TextMark

    package init(offset: Int, mark: TextMark) {
      self.offset = offset
      self.mark = mark
    }
  }

  package private(set) var scalars: [Unicode.Scalar] = []
  package private(set) var map = SourceMap()
  /// In the order of their places.
  package private(set) var endings: [Ending] = []

  package init() {}

  /// A text that is its own source, or the part of it that begins at `start`.
  package init(_ text: String, at start: Int = 0) {
    scalars = Array(text.unicodeScalars)
    map.copy(start..<(start + scalars.count))
  }

  /// - Parameter endings: in the order of their places.
  package init(_ scalars: [Unicode.Scalar], map: SourceMap, endings: [Ending] = []) {
    precondition(scalars.count == map.count)
    self.scalars = scalars
    self.map = map
    self.endings = endings
  }

  package var count: Int { scalars.count }
  package var isEmpty: Bool { scalars.isEmpty && endings.isEmpty }
  package var string: String { String(scalars: scalars) }

  /// Where in the source the scalar at an offset stands; behind the last one, where that ends.
  package func place(_ offset: Int) -> Int {
    offset < count
      ? map.source(of: offset..<offset).lowerBound : map.source(of: count..<count).lowerBound
  }

  package subscript(range: Range<Int>) -> SourcedText {
    var part = SourcedText()
    part.append(self, range)
    return part
  }

  /// - Returns: the scalars of the source that a range of the text stands for.
  package func source(of range: Range<Int>) -> Range<Int> { map.source(of: range) }

  // MARK: - Making

  package mutating func append(_ other: SourcedText) {
    if isEmpty {
      self = other
    } else {
      append(other, 0..<other.count)
    }
  }

  /// Adds a part of another text, with the marks behind its scalars; those at its start only where it
  /// is the start of the other.
  package mutating func append(_ other: SourcedText, _ range: Range<Int>) {
    let base = count - range.lowerBound
    if !other.endings.isEmpty {
      for ending in other.endings
      where ending.offset > range.lowerBound && ending.offset <= range.upperBound
        || ending.offset == 0 && range.lowerBound == 0
      {
        endings.append(Ending(offset: ending.offset + base, mark: ending.mark))
      }
    }
    scalars.append(contentsOf: other.scalars[range])
    map.append(other.map, range)
  }

  /// Adds scalars that stand for a range of the source.
  package mutating func append(
    _ made: some Collection<Unicode.Scalar>, standingFor source: Range<Int>
  ) {
    scalars.append(contentsOf: made)
    map.replace(source, with: made.count)
  }

  package mutating func append(_ made: String, standingFor source: Range<Int>) {
    append(made.unicodeScalars, standingFor: source)
  }

  package mutating func append(_ made: Unicode.Scalar, standingFor source: Range<Int>) {
    scalars.append(made)
    map.replace(source, with: 1)
  }

  /// Adds a scalar that was copied from its place in the source.
  package mutating func append(_ copied: Unicode.Scalar, at place: Int) {
    scalars.append(copied)
    map.copy(place..<(place + 1))
  }

  package mutating func append(_ mark: TextMark) {
    endings.append(Ending(offset: count, mark: mark))
  }

  /// The marks, which the text then has no more.
  package mutating func takeEndings() -> [Ending] {
    defer { endings = [] }
    return endings
  }

  package mutating func removeFirst(_ count: Int) {
    guard count > 0 else { return }
    guard count < self.count else {
      removeAll()
      return
    }
    self = self[count..<self.count]
  }

  /// Forgets all scalars from an offset on, with the marks behind them.
  package mutating func truncate(to length: Int) {
    guard length < count else { return }
    scalars.removeSubrange(length...)
    map.truncate(to: length)
    endings.removeAll { $0.offset > length }
  }

  package mutating func removeAll() {
    scalars.removeAll(keepingCapacity: true)
    map.removeAll()
    endings.removeAll()
  }

  /// The text with other scalars in the place of some; they stand for what those stood for.
  package func replacing(_ range: Range<Int>, with made: String) -> SourcedText {
    var text = self[0..<range.lowerBound]
    text.append(made, standingFor: source(of: range))
    text.append(self, range.upperBound..<count)
    return text
  }

  /// Without white space at its ends.
  package var trimmed: SourcedText {
    guard let first = scalars.firstIndex(where: { !$0.isWhite }),
      let last = scalars.lastIndex(where: { !$0.isWhite })
    else { return SourcedText() }
    return self[first..<(last + 1)]
  }

  /// The same text, for whom the text that it was made from is only a step: its places are those that
  /// the other's map leads to.
  package func through(_ inner: SourcedText) -> SourcedText {
    var text = self
    text.map = map.through(inner.map)
    return text
  }
}
