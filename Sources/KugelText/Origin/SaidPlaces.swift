/// Where in the text of a turn the chunks stand that are spoken of it.
package struct SaidPlaces: Equatable, Sendable {
  /// Of the segments' texts with what was sent.
  private let alignment: TextAligner
  /// Where in the input that came from, and where in it the turn's text begins.
  private let map: SourceMap
  private let origin: Int

  package init(alignment: TextAligner, map: SourceMap, origin: Int = 0) {
    self.alignment = alignment
    self.map = map
    self.origin = origin
  }

  /// Where so many scalars of a segment end in the turn's text, with the marks that stand right behind
  /// them and are not said; nil where the segment is not in the text.
  package func end(ofSegment index: Int, scalars: Int, in text: [Unicode.Scalar]) -> Int? {
    guard let said = alignment.offset(chunk: index, scalars: scalars) else { return nil }
    guard said > 0, map.count > 0 else { return 0 }
    var end = min(max(0, map.source(of: 0..<said).upperBound - origin), text.count)
    let next = said < map.count ? map.source(of: said..<said).lowerBound - origin : end
    while end < min(next, text.count), !text[end].isWhite { end += 1 }
    return end
  }
}
