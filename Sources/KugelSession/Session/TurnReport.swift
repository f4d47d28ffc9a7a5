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
  /// What the service says its making took; nil where it says nothing.
  package private(set) var making: Making?
  package var warnings: [String] = []

  package init(turn: Int) { self.turn = turn }

  package var audioSeconds: Double {
    audioRate == 0 ? 0 : Double(audioSamples) / Double(audioRate)
  }

  package var timeToFirstAudio: Duration? {
    guard let firstTextAt, let firstAudioAt else { return nil }
    return firstAudioAt - firstTextAt
  }

  /// Of the chunks of which the service told.
  package struct Making: Equatable, Sendable {
    package var milliseconds: Double
    /// Of the sound that was made.
    package var audioSeconds: Double

    package init(milliseconds: Double, audioSeconds: Double) {
      self.milliseconds = milliseconds
      self.audioSeconds = audioSeconds
    }

    /// What it took, as a share of the sound's length; nil without sound.
    package var realTimeFactor: Double? {
      audioSeconds > 0 ? milliseconds / (audioSeconds * 1000) : nil
    }
  }

  /// A chunk is complete; none is as good as not said.
  mutating func addMaking(_ milliseconds: Double, of audioSeconds: Double) {
    guard milliseconds > 0 else { return }
    let known = making ?? Making(milliseconds: 0, audioSeconds: 0)
    making = Making(
      milliseconds: known.milliseconds + milliseconds,
      audioSeconds: known.audioSeconds + audioSeconds)
  }

  /// Requests say it once, of all that came of them.
  mutating func close(with statistics: FinalStatistics) {
    final = statistics
    if making == nil, let milliseconds = statistics.generationMilliseconds {
      addMaking(milliseconds, of: audioSeconds)
    }
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
