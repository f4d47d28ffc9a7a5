/// A sound device that takes samples: the card, or what stands in for it in tests. One thread at a time;
/// no call but `drain` waits.
///
/// Codes are 0 or a negated `errno`, as ALSA's.
protocol PlaybackDevice: AnyObject {
  /// Hz, of the samples it is given.
  var rate: Int { get }
  /// Frames it holds at most.
  var bufferFrames: Int { get }
  /// Frames with which it begins to play.
  var startFrames: Int { get }

  /// - Parameter samples: whole frames, interleaved; mono is played by every channel.
  /// - Returns: frames taken, or a negated `errno`; `-EAGAIN` when it is full.
  func write(_ samples: ArraySlice<Int16>) -> Int

  /// The same without a copy, straight out of a ring.
  ///
  /// - Returns: nil where samples have to be brought into another form first.
  func write(_ samples: UnsafeBufferPointer<Int16>) -> Int?

  /// Frames that fit now, or a negated `errno`; `-EPIPE` after it ran dry.
  func room() -> Int

  /// Frames written and not yet heard; nil while the device stands still.
  func delay() -> Int?

  /// What `room` and `delay` say, at one moment.
  func look() -> (room: Int, delay: Int?)

  /// Frames that a device which stopped by itself holds and did not play; nil where it cannot tell.
  func left() -> Int?

  /// Takes back frames that were written last and are not yet heard.
  ///
  /// - Returns: how many; 0 where the device cannot.
  func rewind(_ frames: Int) -> Int

  func prepare() -> CInt
  func resume() -> CInt

  /// Whether nobody hears it when it is stopped amid silence and begun again: a sound server. A card's
  /// amplifier may click.
  var startsAnewUnheard: Bool { get }

  /// Returns when all that was written has been heard.
  func drain() -> CInt

  /// Falls silent at once and forgets what was written.
  func drop()

  /// What a code means, for a message.
  func explain(_ code: CInt) -> String
}

extension PlaybackDevice {
  func write(_ samples: UnsafeBufferPointer<Int16>) -> Int? { nil }

  func look() -> (room: Int, delay: Int?) {
    let room = room()
    return (room, room < 0 ? nil : delay())
  }
}
