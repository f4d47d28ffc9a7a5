/// The stretches of frames that a part of a model is run on: small ones first, so that sound is there soon, and
/// then ever larger ones, as each run has a price of its own.
package struct FrameWindows: Sequence, IteratorProtocol {
  package struct Window: Equatable {
    /// Frames that are to be made.
    package var made: Range<Int>
    /// With those around them that shape them.
    package var run: Range<Int>
  }

  /// How windows grow.
  package struct Growth: Sendable {
    var first: Int
    var factor: Int
    var largest: Int

    /// Of the vocoder: 139 ms first; windows of half the largest take a tenth more time, twice as large ones
    /// 40 MB more.
    package static let sound = Growth(first: 12, factor: 2, largest: 192)

    /// Of the flow, for a vocoder that looks that far: first what its first window needs, then as much as is
    /// made while that is heard, as what is around a window is run twice.
    package static func flow(before reach: Int) -> Growth {
      Growth(first: sound.first + reach, factor: 6, largest: 1_024)
    }
  }

  private let frames: Int
  private let reach: Int
  private let growth: Growth
  private var position = 0
  private var size: Int

  package init(frames: Int, reach: Int, _ growth: Growth) {
    self.frames = frames
    self.reach = reach
    self.growth = growth
    size = growth.first
  }

  package mutating func next() -> Window? {
    guard position < frames else { return nil }
    // What would be left over for a window of its own goes along.
    let rest = frames - position
    let count = rest <= size + size / 2 ? rest : size
    let made = position..<position + count
    position += count
    size = Swift.min(size * growth.factor, growth.largest)
    return Window(
      made: made,
      run: Swift.max(0, made.lowerBound - reach)..<Swift.min(frames, made.upperBound + reach))
  }
}
