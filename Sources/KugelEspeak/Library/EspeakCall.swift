import CEspeak

/// One call of the library; its callback finds this through `user_data`.
@safe struct EspeakCall {
  private let take: (EspeakSound) -> Bool
  private(set) var wasRefused = false

  init(take: @escaping (EspeakSound) -> Bool) { self.take = take }

  /// - Returns: whether to go on.
  mutating func receive(
    _ samples: UnsafeBufferPointer<Int16>, _ events: UnsafePointer<espeak_EVENT>
  ) -> Bool {
    var sound = unsafe EspeakSound(samples: Array(samples))
    var event = unsafe events
    while unsafe event.pointee.type != espeakEVENT_LIST_TERMINATED {
      if unsafe event.pointee.type == espeakEVENT_WORD {
        sound.words.append(
          EspeakSound.Word(
            offset: unsafe event.pointee.text_position - 1, length: unsafe event.pointee.length,
            milliseconds: unsafe event.pointee.audio_position))
      }
      unsafe event += 1
    }
    guard !sound.samples.isEmpty || !sound.words.isEmpty else { return true }
    wasRefused = !take(sound)
    return !wasRefused
  }
}

/// libespeak-ng's synthesis callback: 0 to go on, 1 to stop.
func espeakSpoke(
  _ samples: UnsafeMutablePointer<Int16>?, _ count: CInt,
  _ events: UnsafeMutablePointer<espeak_EVENT>?
) -> CInt {
  guard let events = unsafe events, let user = unsafe events.pointee.user_data else { return 1 }
  let call = unsafe user.assumingMemoryBound(to: EspeakCall.self)
  let buffer = unsafe UnsafeBufferPointer(start: samples, count: samples == nil ? 0 : Int(count))
  return unsafe call.pointee.receive(buffer, events) ? 0 : 1
}
