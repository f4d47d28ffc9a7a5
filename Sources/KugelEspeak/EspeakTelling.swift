import KugelEngine
import KugelText

/// What was spoken of an utterance so far: passes samples on, and makes words of the library's events.
struct EspeakTelling {
  private let rate: Int
  private var tracker: WordTracker?
  /// Silence before the first word, kept back: a text without words is to deliver nothing.
  private var silence = 0
  private var hasBegun = false
  private var spoken = 0
  private var lastSound = 0
  /// Samples before the piece under way.
  private var base = 0
  /// Where the last word of the piece under way began that had an event, in scalars of the piece.
  private(set) var lastHeard: Int?
  private(set) var wasRefused = false

  /// - Parameters:
  ///   - rate: samples per second.
  ///   - pause: milliseconds of silence before the first piece.
  init(rate: Int, after pause: Int = 0, tracking tracker: WordTracker?) {
    self.rate = rate
    self.tracker = tracker
    silence = rate * pause / 1_000
    spoken = silence
  }

  /// A piece follows.
  mutating func begin() {
    base = spoken
    lastHeard = nil
  }

  /// - Returns: whether to go on.
  mutating func receive(
    _ sound: EspeakSound, of piece: EspeakPiece, deliver: (SpokenPiece) -> Bool
  ) -> Bool {
    var ended: [WordTime] = []
    overhear(sound, of: piece)
    for event in sound.words {
      guard
        let place = piece.source(offset: Int(event.offset), length: Int(event.length))
      else { continue }
      let time = base * 1_000 / rate + Int(event.milliseconds)
      ended += tracker?.begin(offset: place.offset, length: place.length, at: time) ?? []
    }
    let samples = sound.samples
    if !samples.isEmpty {
      let audible = samples.lastIndex { $0 != 0 }
      if let audible { lastSound = spoken + audible + 1 }
      spoken += samples.count
      hasBegun = hasBegun || !sound.words.isEmpty || audible != nil
      guard hand(over: samples, deliver) else { return false }
    }
    return ended.isEmpty || hand(over: .words(ended), deliver)
  }

  /// Notes the events only.
  mutating func overhear(_ sound: EspeakSound, of piece: EspeakPiece) {
    for event in sound.words where event.offset >= 0 || event.length > 0 {
      lastHeard = max(lastHeard ?? 0, piece.wordStart(at: Int(event.offset)))
    }
  }

  /// After the last sample: the last words.
  mutating func finish(deliver: (SpokenPiece) -> Bool) {
    let words = tracker?.finish(at: lastSound * 1_000 / rate) ?? []
    if !words.isEmpty { _ = hand(over: .words(words), deliver) }
  }

  private mutating func hand(
    over samples: [Int16], _ deliver: (SpokenPiece) -> Bool
  ) -> Bool {
    guard hasBegun else {
      silence += samples.count
      return true
    }
    guard silence > 0 else { return hand(over: .samples(samples), deliver) }
    let piece = Array(repeating: 0, count: silence) + samples
    silence = 0
    return hand(over: .samples(piece), deliver)
  }

  private mutating func hand(
    over piece: SpokenPiece, _ deliver: (SpokenPiece) -> Bool
  ) -> Bool {
    wasRefused = !deliver(piece)
    return !wasRefused
  }
}
