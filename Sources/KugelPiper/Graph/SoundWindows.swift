/// The stretches of frames that a vocoder is run on: small ones first, so that sound is there soon, and then
/// ever larger ones, as each run has a price of its own.
package struct SoundWindows: Sequence, IteratorProtocol {
  package struct Window: Equatable {
    /// Frames that are to be heard.
    package var heard: Range<Int>
    /// With those around them that shape them.
    package var run: Range<Int>
  }

  /// Frames on each side that a sample hangs on.
  static let context = 12
  /// Frames of the first window: 139 ms.
  static let firstSize = 12
  /// More takes more memory, and is no quicker.
  static let largest = 96

  private let frames: Int
  private var position = 0
  private var size = SoundWindows.firstSize

  package init(frames: Int) { self.frames = frames }

  package mutating func next() -> Window? {
    guard position < frames else { return nil }
    // What would be left over for a window of its own goes along.
    let rest = frames - position
    let count = rest <= size + size / 2 ? rest : size
    let heard = position..<position + count
    position += count
    size = Swift.min(size * 2, Self.largest)
    return Window(
      heard: heard,
      run: Swift.max(
        0, heard.lowerBound - Self.context)..<Swift.min(
          frames, heard.upperBound + Self.context))
  }
}
