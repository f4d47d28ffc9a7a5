import KugelText

/// A paragraph or a heading of a text that is to be said.
package struct TextBlock: Equatable, Sendable {
  /// Unicode scalars of what is said.
  package var range: Range<Int>
  package var isHeading: Bool
}

extension SourcedText {
  /// The paragraphs and headings, from the first scalar to the last; those without a word belong to the
  /// one before.
  ///
  /// - Parameter findsHeadings: whether a paragraph that looks like a heading is taken for one, as in
  ///   plain text.
  package func blocks(findsHeadings: Bool = false) -> [TextBlock] {
    var blocks: [TextBlock] = []
    var start = 0
    func add(to end: Int, isHeading: Bool) {
      guard end > start else { return }
      let isSpeakable = scalars[start..<end].contains(where: \.isSpeakable)
      if !isSpeakable, let last = blocks.indices.last {
        blocks[last].range = blocks[last].range.lowerBound..<end
      } else if isSpeakable {
        let heads = isHeading || findsHeadings && PlainHeading.isOne(scalars[start..<end])
        // What comes before the first word belongs to it.
        let first = blocks.isEmpty ? 0 : start
        blocks.append(TextBlock(range: first..<end, isHeading: heads))
      } else {
        return
      }
      start = end
    }
    for ending in endings where ending.mark == .paragraph || ending.mark == .heading {
      add(to: ending.offset, isHeading: ending.mark == .heading)
    }
    add(to: count, isHeading: false)
    if let last = blocks.indices.last {
      blocks[last].range = blocks[last].range.lowerBound..<count
    }
    return blocks
  }
}
