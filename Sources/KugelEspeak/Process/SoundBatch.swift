/// Sound on its way from the library to the parent: the first at once, what follows in frames that grow, each
/// twice as long as the one before: an engine that is quicker than its listener still is early enough.
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

  private var waiting = EspeakSound(samples: [])
  /// Samples of the next frame; the first is not waited for.
  private var size = 0

  /// - Parameters:
  ///   - sound: of one call of the library.
  ///   - isWanted: whether more is.
  mutating func take(_ sound: EspeakSound, isWanted: Bool) -> Step {
    guard isWanted else {
      waiting = EspeakSound(samples: [])
      return .stop
    }
    waiting.samples += sound.samples
    waiting.words += sound.words
    return waiting.samples.count < size ? .goOn : .flush
  }

  /// - Returns: what waits, which then does so no more; nil when nothing does.
  mutating func flush() -> EspeakSound? {
    guard !waiting.samples.isEmpty || !waiting.words.isEmpty else { return nil }
    defer { waiting = EspeakSound(samples: []) }
    if !waiting.samples.isEmpty {
      size = size == 0 ? Self.sizes.first : min(size * 2, Self.sizes.last)
    }
    return waiting
  }
}
