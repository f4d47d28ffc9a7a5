/// A text chunk taken apart: what an engine speaks, one run after another.
package struct MarkedText: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// - speed: nil where the turn's own holds; 1 is the voice's normal pace.
    case speech(text: String, speed: Double?)
    case pause(milliseconds: Int)
  }

  package struct Run: Equatable, Sendable {
    package var kind: Kind
    /// From scalars of the run's text to scalars of the chunk; empty for a pause.
    package var source: SourceMap
  }

  package var runs: [Run]
}

/// Where each scalar of a text that was made from another one came from.
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

  /// Adds scalars that stand for a range of the source.
  package mutating func replace(_ source: Range<Int>, with made: Int) {
    guard made > 0 else { return }
    segments.append(Segment(start: count, source: source, isVerbatim: false))
    count += made
  }

  /// Forgets scalars at the ends.
  mutating func trim(leading: Int, trailing: Int) {
    let kept = leading..<max(leading, count - trailing)
    let old = self
    segments = []
    count = 0
    for (index, segment) in old.segments.enumerated() {
      let end = index + 1 < old.segments.count ? old.segments[index + 1].start : old.count
      let range = (segment.start..<end).clamped(to: kept)
      guard !range.isEmpty else { continue }
      if segment.isVerbatim {
        let shift = segment.source.lowerBound - segment.start
        copy((range.lowerBound + shift)..<(range.upperBound + shift))
      } else {
        replace(segment.source, with: range.count)
      }
    }
  }

  /// - Parameter range: scalars of the made text, clamped to it.
  /// - Returns: the scalars of the source that it stands for.
  package func source(of range: Range<Int>) -> Range<Int> {
    guard count > 0 else { return 0..<0 }
    let first = min(max(0, range.lowerBound), count - 1)
    let last = min(max(first, range.upperBound - 1), count - 1)
    let lower = source(at: first).lowerBound
    guard !range.isEmpty else { return lower..<lower }
    return lower..<max(lower, source(at: last).upperBound)
  }

  private func source(at offset: Int) -> Range<Int> {
    var low = 0
    var high = segments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].start <= offset { low = middle } else { high = middle }
    }
    let segment = segments[low]
    guard segment.isVerbatim else { return segment.source }
    let position = segment.source.lowerBound + offset - segment.start
    return position..<(position + 1)
  }
}
