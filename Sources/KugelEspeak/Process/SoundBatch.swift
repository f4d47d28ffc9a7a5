/// Sound on its way from the library to the parent: the first at once, what follows in frames that grow, each
/// twice as long as the one before: an engine that is quicker than its listener still is early enough. Where nobody
/// listens while it is made, all frames are as long as they may be.
struct SoundBatch {
  enum Step: Equatable {
    /// The library makes more first.
    case goOn
    /// What waits is to be sent.
    case flush
    /// The library makes no more.
    case stop
  }

  /// Samples that travel together: a sixth of a second, and at most a second and a third.
  static let sizes = (first: 3_600, last: 28_800)
  /// What one call of the library adds at most, about.
  private static let step = 2_400

  private var waiting = EspeakSound(samples: [])
  /// Samples of the next frame; the first is not waited for.
  private var size: Int
  private let isAwaited: Bool

  /// - Parameter isAwaited: whether somebody listens while it is made.
  init(isAwaited: Bool = true) {
    self.isAwaited = isAwaited
    size = isAwaited ? 0 : Self.sizes.last
    // Grown in steps it would touch three times as much memory.
    waiting.samples.reserveCapacity(isAwaited ? Self.step : Self.sizes.last + Self.step)
  }

  /// - Parameters:
  ///   - sound: of one call of the library.
  ///   - isWanted: whether more is; where nobody listens it is asked before each frame only.
  mutating func take(_ sound: EspeakSound, isWanted: () -> Bool) -> Step {
    waiting.samples += sound.samples
    waiting.words += sound.words
    let isFull = waiting.samples.count >= size
    guard isAwaited || isFull else { return .goOn }
    guard isWanted() else {
      clear()
      return .stop
    }
    return isFull ? .flush : .goOn
  }

  /// Gives away what waits, which then does so no more; nothing when nothing does.
  ///
  /// - Returns: what `send` says; true when it was not asked.
  mutating func flush(_ send: (EspeakSound) -> Bool) -> Bool {
    guard !waiting.samples.isEmpty || !waiting.words.isEmpty else { return true }
    defer { clear() }
    if !waiting.samples.isEmpty {
      size = size == 0 ? Self.sizes.first : min(size * 2, Self.sizes.last)
    }
    return send(waiting)
  }

  private mutating func clear() {
    waiting.samples.removeAll(keepingCapacity: true)
    waiting.words.removeAll(keepingCapacity: true)
  }
}
