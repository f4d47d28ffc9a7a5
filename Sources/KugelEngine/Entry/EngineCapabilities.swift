import KugelText

/// What an engine can do, known without starting it.
package struct EngineCapabilities: Sendable {
  /// Words a minute that users may ask for.
  package var rates: ClosedRange<Int>
  /// The height of the voice that users may set; nil where there is none to set.
  package var pitches: ClosedRange<Int>?
  /// Whether it says when each word is spoken.
  package var timesWords: Bool
  /// Whether each voice speaks one language only, so that another language wants another voice.
  package var hasVoicesByLanguage: Bool
  package var reading: EngineReading
  /// Whether a voice takes so long to load that another process may keep it ready.
  package var startsSlowly = false
  /// Whether it is somebody else's program, which may be silent for reasons of its own.
  package var isForeign = false
  /// What can be said to it beside what all engines understand.
  package var options: [EngineOption] = []

  package init(
    rates: ClosedRange<Int>, pitches: ClosedRange<Int>? = nil, timesWords: Bool,
    hasVoicesByLanguage: Bool = false, reading: EngineReading = EngineReading()
  ) {
    self.rates = rates
    self.pitches = pitches
    self.timesWords = timesWords
    self.hasVoicesByLanguage = hasVoicesByLanguage
    self.reading = reading
  }

  /// `pitches`; the voice's own alone where there is none to set.
  package var heights: ClosedRange<Double> {
    pitches.map { Double($0.lowerBound)...Double($0.upperBound) } ?? 50...50
  }

  /// Multiples of the normal pace that users may ask for.
  package var speeds: ClosedRange<Double> {
    let normal = Double(Utterance.normalRate)
    return Double(rates.lowerBound) / normal...Double(rates.upperBound) / normal
  }
}
