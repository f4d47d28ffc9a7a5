/// Sound on its way from the library to the parent: the first at once, what follows in frames that grow, so
/// that a long text takes few of them.
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
  /// The most that do: a sentence, or most of one.
  static let largest = 57_600
  /// Samples after which it is asked whether more is wanted: less than a millisecond of the library's time.
  private static let patience = 14_400

  private var waiting = EspeakSound(samples: [])
  private var hasSent = false
  private var wanted = SoundBatch.size
  private var sinceAsked = 0

  /// - Parameters:
  ///   - sound: of one call of the library.
  ///   - isWanted: whether more is; asked when there is something to send, and now and then.
  mutating func take(_ sound: EspeakSound, isWanted: @autoclosure () -> Bool) -> Step {
    waiting.samples += sound.samples
    waiting.words += sound.words
    sinceAsked += sound.samples.count
    let isFull = !hasSent || waiting.samples.count >= wanted
    guard isFull || sinceAsked >= Self.patience else { return .goOn }
    sinceAsked = 0
    guard isWanted() else {
      waiting = EspeakSound(samples: [])
      return .stop
    }
    return isFull ? .flush : .goOn
  }

  /// - Returns: what waits, which then does so no more; nil when nothing does.
  mutating func flush() -> EspeakSound? {
    guard !waiting.samples.isEmpty || !waiting.words.isEmpty else { return nil }
    defer { waiting = EspeakSound(samples: []) }
    if hasSent { wanted = min(4 * wanted, Self.largest) }
    hasSent = hasSent || !waiting.samples.isEmpty
    return waiting
  }
}
