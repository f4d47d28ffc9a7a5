/// A sound device that takes samples: the card, or what stands in for it in tests. One thread at a time.
///
/// Codes are 0 or a negated `errno`, as ALSA's.
protocol PlaybackDevice: AnyObject {
  /// Hz.
  var rate: Int { get }
  var channels: Int { get }
  /// Frames between two wake-ups of the device; more at once only delays an interrupt.
  var periodFrames: Int { get }

  /// Waits for room.
  ///
  /// - Parameter samples: interleaved, whole frames.
  /// - Returns: frames taken, or a negated `errno`.
  func write(_ samples: ArraySlice<Int16>) -> Int

  /// Frames written and not yet heard; nil while the device stands still.
  func delay() -> Int?

  func prepare() -> CInt
  func resume() -> CInt

  /// Returns when all that was written has been heard.
  func drain() -> CInt

  /// Falls silent at once.
  func drop()

  /// What a code means, for a message.
  func explain(_ code: CInt) -> String
}
