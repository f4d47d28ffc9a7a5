import KugelText

/// Turns text into samples, on this machine.
package protocol SpeechEngine: Sendable {
  /// What `--engine` calls it.
  var name: String { get }
  /// Samples per second of what it speaks, where its voices have none of their own.
  var nativeRate: Int { get }
  /// Samples per second of a voice; may read files the first time.
  func rate(ofVoice number: Int) -> Int
  /// The same; nil where the first samples tell it, and nothing before.
  func knownRate(ofVoice number: Int) -> Int?
  /// Everybody who can speak, where several speak a language the better one first. May read files
  /// the first time; empty when the engine cannot be started.
  var voices: [Voice] { get }
  /// What speaks when nobody chose.
  var defaultVoice: Int { get }
  /// What `Utterance.speed` may be.
  var speedRange: ClosedRange<Double> { get }
  /// What `Utterance.pitch` may be.
  var pitchRange: ClosedRange<Double> { get }

  /// What it makes of a text beside plain words.
  var reading: EngineReading { get }

  /// Texts that are spoken at the same time; who comes with one more waits.
  var concurrency: Int { get }

  /// Starts whatever must be started before the first text; speaking does so itself.
  ///
  /// - Throws: `.unavailable`.
  func prepare() throws(EngineError)

  /// A voice will probably speak soon: what takes it long may begin, on another thread. Nothing is told of
  /// what goes wrong; speaking finds it out.
  func expect(voice number: Int)

  /// Nothing more will soon be asked for: what is kept ready for a next text may go. Speaking starts it anew.
  func rest()

  /// Who is meant by a number, a handle, a name, a language tag or the start of one of them.
  func find(_ reference: VoiceReference) -> VoiceCatalogue.Match

  /// The best voice for a language, the default voice where it speaks that language.
  func voice(forLanguage tag: String) -> Voice?

  /// What a voice speaks, its own language first, also with regions; empty where that is not known.
  func languages(ofVoice number: Int) -> [String]

  /// Speaks one text to its end; blocks the calling thread meanwhile.
  ///
  /// A text without anything to speak delivers nothing.
  ///
  /// - Parameter deliver: takes what was spoken, in play order, on the calling thread; false stops
  ///   the engine at once. It must not speak itself: an engine may hold a lock around it.
  /// - Throws: when the text could not be spoken; what was delivered before stands.
  func speak(_ utterance: Utterance, deliver: (SpokenPiece) -> Bool) throws(EngineError)

  /// The same, for an engine that can be stopped before it has made its next piece.
  ///
  /// - Parameter cancellation: after it nothing is delivered any more.
  func speak(
    _ utterance: Utterance, until cancellation: Cancellation, deliver: (SpokenPiece) -> Bool
  ) throws(EngineError)
}

extension SpeechEngine {
  package var reading: EngineReading { EngineReading() }
  package var concurrency: Int { 1 }

  package func rate(ofVoice number: Int) -> Int { nativeRate }
  package func knownRate(ofVoice number: Int) -> Int? { rate(ofVoice: number) }
  package func prepare() throws(EngineError) {}
  package func expect(voice number: Int) {}
  package func rest() {}

  package func speak(
    _ utterance: Utterance, until cancellation: Cancellation, deliver: (SpokenPiece) -> Bool
  ) throws(EngineError) {
    try speak(utterance) { !cancellation.isCancelled && deliver($0) }
  }

  package func find(_ reference: VoiceReference) -> VoiceCatalogue.Match {
    VoiceCatalogue(voices).find(reference)
  }

  package func languages(ofVoice number: Int) -> [String] {
    voices.first { $0.id == number }?.languages ?? []
  }

  package func voice(forLanguage tag: String) -> Voice? {
    VoiceCatalogue(voices).voice(forLanguage: tag, preferring: defaultVoice)
  }
}

extension SpeechEngine {
  /// - Throws: `.failed` for a speed or pitch out of the engine's range.
  package func check(_ utterance: Utterance) throws(EngineError) {
    guard speedRange.contains(utterance.speed) else {
      throw outside(speedRange, "speed", utterance.speed)
    }
    guard pitchRange.contains(Double(utterance.pitch)) else {
      throw outside(pitchRange, "pitch", Double(utterance.pitch))
    }
  }

  /// The ends are named in hundredths, such as are taken.
  private func outside(
    _ range: ClosedRange<Double>, _ what: String, _ value: Double
  ) -> EngineError {
    let low = (range.lowerBound * 100).rounded(.up) / 100
    let high = (range.upperBound * 100).rounded(.down) / 100
    return .failed(engine: name, cause: "\(what) \(value) is not from \(low) to \(high)")
  }
}

package enum SpokenPiece: Equatable, Sendable {
  /// Mono, at the rate of the voice.
  case samples([Int16])
  /// Times from the start of the utterance; sent no earlier than the samples they describe begin.
  case words([WordTime])
}

package enum EngineError: Error, Equatable {
  /// The engine's library or its data could not be started.
  case unavailable(engine: String, cause: String)
  case unknownVoice(Int)
  case failed(engine: String, cause: String)

  /// For people.
  package var cause: String {
    switch self {
    case .unavailable(let engine, let cause), .failed(let engine, let cause):
      "\(engine): \(cause)"
    case .unknownVoice(let number): "there is no voice \(number)"
    }
  }
}
