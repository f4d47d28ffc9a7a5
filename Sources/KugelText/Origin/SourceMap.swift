/// Where each scalar of a text that was made from another one came from.
///
/// Compact: one entry for each run that was copied and for each replacement.
package struct SourceMap: Equatable, Sendable {
  private struct Segment: Equatable, Sendable {
    var start: Int
    var source: Range<Int>
    /// Each scalar came from the one at the same distance; else all came from the whole range.
    var isVerbatim: Bool
  }

  private var segments: [Segment] = []
  /// Scalars of the made text.
  package private(set) var count = 0

  package init() {}

  /// Adds scalars that were copied.
  package mutating func copy(_ source: Range<Int>) {
    guard !source.isEmpty else { return }
    if let last = segments.last, last.isVerbatim, last.source.upperBound == source.lowerBound {
      segments[segments.count - 1].source = last.source.lowerBound..<source.upperBound
    } else {
      segments.append(Segment(start: count, source: source, isVerbatim: true))
    }
    count += source.count
  }

  /// Adds scalars that stand for a range of the source; for none of it where the range is empty.
  package mutating func replace(_ source: Range<Int>, with made: Int) {
    guard made > 0 else { return }
    if let last = segments.last, !last.isVerbatim, last.source == source {
      count += made
      return
    }
    segments.append(Segment(start: count, source: source, isVerbatim: false))
    count += made
  }

  /// Adds a part of another map.
  ///
  /// - Parameter range: scalars of the other's made text, clamped to it.
  package mutating func append(_ other: SourceMap, _ range: Range<Int>) {
    let range = range.clamped(to: 0..<other.count)
    guard !range.isEmpty else { return }
    var index = other.segment(at: range.lowerBound)
    while index < other.segments.count {
      let segment = other.segments[index]
      guard segment.start < range.upperBound else { return }
      let part = (segment.start..<other.end(of: index)).clamped(to: range)
      if segment.isVerbatim {
        let shift = segment.source.lowerBound - segment.start
        copy((part.lowerBound + shift)..<(part.upperBound + shift))
      } else {
        replace(segment.source, with: part.count)
      }
      index += 1
    }
  }

  /// Forgets all scalars from an offset on.
  package mutating func truncate(to length: Int) {
    guard length < count else { return }
    while let last = segments.last, last.start >= length { segments.removeLast() }
    if let last = segments.last, last.isVerbatim {
      let upper = last.source.lowerBound + length - last.start
      segments[segments.count - 1].source = last.source.lowerBound..<upper
    }
    count = length
  }

  package mutating func removeAll() {
    segments.removeAll(keepingCapacity: true)
    count = 0
  }

  /// The other way: where a part of the source was copied to last.
  ///
  /// - Returns: the scalars of the made text, as far as they were copied in one; nil where the first was not.
  package func copies(of source: Range<Int>) -> Range<Int>? {
    let segment = segments.last {
      $0.isVerbatim && $0.source.lowerBound <= source.lowerBound
    }
    guard let segment else { return nil }
    let shift = segment.start - segment.source.lowerBound
    let end = min(source.upperBound, segment.source.upperBound)
    return source.lowerBound < end ? source.lowerBound + shift..<end + shift : nil
  }

  /// - Parameter range: scalars of the made text, clamped to it.
  /// - Returns: the scalars of the source that it stands for, from the first to the last; empty where
  ///   it stands for none.
  package func source(of range: Range<Int>) -> Range<Int> {
    guard count > 0 else { return 0..<0 }
    let first = min(max(0, range.lowerBound), count - 1)
    let last = min(max(first, range.upperBound - 1), count - 1)
    var index = segment(at: first)
    let head = source(at: first, in: index)
    guard !range.isEmpty else {
      let place = range.lowerBound >= count ? head.upperBound : head.lowerBound
      return place..<place
    }
    var found = head
    while index < segments.count, segments[index].start <= last {
      let segment = segments[index]
      index += 1
      guard !segment.source.isEmpty else { continue }
      var part = segment.source
      if segment.isVerbatim {
        let shift = part.lowerBound - segment.start
        let upper = min(part.upperBound, last + 1 + shift)
        part = max(part.lowerBound, min(first + shift, upper))..<upper
      }
      found =
        found.isEmpty
        ? part
        : min(found.lowerBound, part.lowerBound)..<max(found.upperBound, part.upperBound)
    }
    return found
  }

  /// This map with its sources carried on through the map of the text that they are places in.
  package func through(_ inner: SourceMap) -> SourceMap {
    var composed = SourceMap()
    for (index, segment) in segments.enumerated() {
      if segment.isVerbatim {
        composed.append(inner, segment.source)
      } else {
        composed.replace(inner.source(of: segment.source), with: end(of: index) - segment.start)
      }
    }
    return composed
  }

  private func end(of index: Int) -> Int {
    index + 1 < segments.count ? segments[index + 1].start : count
  }

  private func segment(at offset: Int) -> Int {
    var low = 0
    var high = segments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].start <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private func source(at offset: Int, in index: Int) -> Range<Int> {
    let segment = segments[index]
    guard segment.isVerbatim else { return segment.source }
    let position = segment.source.lowerBound + offset - segment.start
    return position..<(position + 1)
  }
}
