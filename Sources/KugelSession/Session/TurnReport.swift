import KugelWire

/// What is known about one turn as the client saw it, from its first text to its end.
package struct TurnReport: Equatable, Sendable {
  package enum Ending: Equatable, Sendable {
    /// Everything was spoken and received.
    case complete
    /// The turn held nothing but white space; nothing was sent.
    case empty
    case cancelled
    case failed(SessionFailure)
  }

  /// Counts from 1 within a session.
  package let turn: Int
  package var ending = Ending.complete
  /// Unicode scalars sent.
  package var characters = 0
  package var audioSamples = 0
  /// Hz, of the first audio frame.
  package var audioRate = 0
  package var audioFrames = 0
  /// Text chunks the service began.
  package var segments = 0
  package var firstTextAt: ContinuousClock.Instant?
  package var firstAudioAt: ContinuousClock.Instant?
  /// As the service states it; a turn sent in parts adds them up, unknown stays unknown.
  package var usage: Usage?
  package var final: FinalStatistics?
  package var warnings: [String] = []

  package init(turn: Int) { self.turn = turn }

  package var audioSeconds: Double {
    audioRate == 0 ? 0 : Double(audioSamples) / Double(audioRate)
  }

  package var timeToFirstAudio: Duration? {
    guard let firstTextAt, let firstAudioAt else { return nil }
    return firstAudioAt - firstTextAt
  }

  mutating func add(_ part: Usage?) {
    guard let part else { return }
    guard let known = usage else {
      usage = part
      return
    }
    usage = Usage(
      audioSeconds: known.audioSeconds + part.audioSeconds,
      characters: both(known.characters, part.characters, +),
      costCents: both(known.costCents, part.costCents, +),
      currency: known.currency ?? part.currency,
      model: known.model ?? part.model)
  }

  /// Audio of the turn arrived, less what had been received before.
  mutating func count(_ frame: AudioFrame, at now: ContinuousClock.Instant) {
    audioSamples += frame.samples.count
    audioFrames += 1
    if audioRate == 0 { audioRate = frame.rate }
    firstAudioAt = firstAudioAt ?? now
  }
}

/// What is known of one part only is not known of the whole.
package func both<Value>(_ a: Value?, _ b: Value?, _ add: (Value, Value) -> Value) -> Value? {
  guard let a, let b else { return nil }
  return add(a, b)
}
