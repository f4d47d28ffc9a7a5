import CEspeak
import KugelText

/// What one call of the library has spoken so far; its callback finds this through `user_data`.
@safe struct EspeakCall {
  private let deliver: (SpokenPiece) -> Bool
  private let rate: Int
  private var tracker: WordTracker?
  /// Silence before the first word, kept back: a text without words is to deliver nothing.
  private var silence = 0
  private var hasBegun = false
  private var spoken = 0
  private var lastSound = 0
  private(set) var wasRefused = false

  init(rate: Int, tracking tracker: WordTracker?, deliver: @escaping (SpokenPiece) -> Bool) {
    self.rate = rate
    self.tracker = tracker
    self.deliver = deliver
  }

  /// - Returns: whether to go on.
  mutating func receive(
    _ samples: UnsafeBufferPointer<Int16>, _ events: UnsafePointer<espeak_EVENT>
  ) -> Bool {
    var ended: [WordTime] = []
    var hasWord = false
    var event = unsafe events
    while unsafe event.pointee.type != espeakEVENT_LIST_TERMINATED {
      if unsafe event.pointee.type == espeakEVENT_WORD {
        hasWord = true
        if let word = unsafe begin(event.pointee) { ended.append(word) }
      }
      unsafe event += 1
    }
    if !samples.isEmpty {
      let sound = unsafe samples.lastIndex { $0 != 0 }
      if let sound { lastSound = spoken + sound + 1 }
      spoken += samples.count
      hasBegun = hasBegun || hasWord || sound != nil
      guard unsafe hand(over: samples) else { return false }
    }
    return ended.isEmpty || hand(over: .words(ended))
  }

  /// After the last sample: the last word.
  mutating func finish() {
    let end = lastSound * 1_000 / rate
    if let word = tracker?.finish(at: end) { _ = hand(over: .words([word])) }
  }

  private mutating func begin(_ event: espeak_EVENT) -> WordTime? {
    tracker?.begin(
      offset: Int(unsafe event.text_position) - 1, length: Int(unsafe event.length),
      at: Int(unsafe event.audio_position))
  }

  private mutating func hand(over samples: UnsafeBufferPointer<Int16>) -> Bool {
    guard hasBegun else {
      silence += samples.count
      return true
    }
    guard silence > 0 else { return unsafe hand(over: .samples(Array(samples))) }
    let piece = unsafe Array(repeating: 0, count: silence) + Array(samples)
    silence = 0
    return hand(over: .samples(piece))
  }

  private mutating func hand(over piece: SpokenPiece) -> Bool {
    wasRefused = !deliver(piece)
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
