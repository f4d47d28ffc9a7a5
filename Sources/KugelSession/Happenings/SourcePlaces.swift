import KugelWire

/// Where in the input the turns stand. Places count Unicode scalars from 0, lines from 1.
struct SourcePlaces: Sendable {
  /// Of the input, taken so far.
  private var taken = 0
  private(set) var line = 1
  /// Where each turn under way begins.
  private var origins: [Int: Int] = [:]

  mutating func began(_ turn: Int) { origins[turn] = taken }
  mutating func over(_ turn: Int) { origins[turn] = nil }

  /// Where a text stands that is taken now.
  func place(of text: String) -> Range<Int> { taken..<taken + text.unicodeScalars.count }

  /// Input was taken, or is no text: what follows stands behind it.
  mutating func passed(_ text: String) {
    for scalar in text.unicodeScalars {
      taken += 1
      if scalar == "\n" { line += 1 }
    }
  }

  mutating func moved(toLine line: Int) { self.line = line }
  mutating func moved(to place: Int) { taken = place }

  /// The place of scalars of the turn's last chunk; nil when the input does not hold them.
  func lastChunk(of turn: SpokenTurn) -> Range<Int>? {
    guard let last = turn.segments.last else { return nil }
    return place(
      in: turn, chunk: turn.segments.count - 1, 0..<last.text.unicodeScalars.count)
  }

  /// - Parameter scalars: of the text of the chunk with this index.
  func place(in turn: SpokenTurn, chunk index: Int, _ scalars: Range<Int>) -> Range<Int>? {
    guard let origin = origins[turn.number] else { return nil }
    return turn.alignment.range(chunk: index, from: scalars.lowerBound, to: scalars.upperBound)
      .map { $0.lowerBound + origin..<$0.upperBound + origin }
  }

  /// Where the chunk begins that is spoken anew.
  func resumption(of turn: SpokenTurn) -> Int? {
    guard let origin = origins[turn.number] else { return nil }
    guard let last = turn.segments.indices.last else { return origin }
    return turn.alignment.offset(chunk: last, scalars: 0).map { $0 + origin }
  }
}
