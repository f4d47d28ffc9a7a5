/// Sound on its way from the library to the parent: the first at once, what follows in larger frames.
struct SoundBatch {
  enum Step: Equatable {
    /// The library makes more first.
    case goOn
    /// What waits is to be sent.
    case flush
    /// The library makes no more.
    case stop
  }

  /// Samples that travel together once the first ones are on their way: a sixth of a second.
  static let size = 3_600

  private var waiting = EspeakSound(samples: [])
  private var hasSent = false

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
    return hasSent && waiting.samples.count < Self.size ? .goOn : .flush
  }

  /// - Returns: what waits, which then does so no more; nil when nothing does.
  mutating func flush() -> EspeakSound? {
    guard !waiting.samples.isEmpty || !waiting.words.isEmpty else { return nil }
    defer { waiting = EspeakSound(samples: []) }
    hasSent = hasSent || !waiting.samples.isEmpty
    return waiting
  }
}
