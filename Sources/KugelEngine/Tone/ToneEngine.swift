import KugelText

/// Speaks sounds that follow from the text by arithmetic, so that a test can say which sample of
/// which word is missing, doubled or out of place.
///
/// A word is a run of scalars without Unicode's `White_Space`. The sound of a text is the sound of
/// its words, one after the other: cutting a text between words never changes a sample. All of it
/// in unsigned 32-bit arithmetic, in numpy terms, for a word `w` spoken by `voice`:
///
///     seed = FNV-1a of w's UTF-8; if voice != 1: seed ^= voice * 2654435761
///     size = floor((960 + 240 * min(scalars in w, 40)) / speed + 0.5)
///     n = arange(size); p = 40 + seed % 160
///     x = seed + n; x ^= x >> 16; x *= 0x7feb352d; x ^= x >> 15; x *= 0x846ca68b; x ^= x >> 16
///     samples = abs(2 * (n % p) - p) * 12000 // p - 6000 + 2 * (x >> 24) - 255
///
/// A triangle of 120 to 600 Hz with a dither of ±255 that never repeats. Language and pitch do not
/// matter.
package struct ToneEngine: SpeechEngine {
  static let name = "tone"
  static let rate = 24_000
  static let plainVoice = 1

  package var name: String { Self.name }
  package var nativeRate: Int { Self.rate }
  package var defaultVoice: Int { Self.plainVoice }
  static let capabilities = EngineCapabilities(rates: 80...450, timesWords: true)
  package var speedRange: ClosedRange<Double> { Self.capabilities.speeds }
  // The pitch does not matter: whatever the protocol takes is taken.
  package let pitchRange = 0.0...100.0
  package let voices = (1...20).map { number in
    Voice(
      id: number, name: "tone-\(number)",
      languages: ["en", "de", "fr", "es", "it", "pt", "nl", "pl"], sex: .neutral,
      handle: "tone-\(number)")
  }

  /// Speaking is arithmetic: any number of texts at once.
  package let concurrency: Int

  package init(concurrency: Int = 1) { self.concurrency = concurrency }

  package func speak(
    _ utterance: Utterance, deliver: (SpokenPiece) -> Bool
  ) throws(EngineError) {
    guard (1...voices.count).contains(utterance.voice) else {
      throw .unknownVoice(utterance.voice)
    }
    try check(utterance)
    var pieces = TonePieces()
    var words = SpacedWords(utterance.text)
    while let word = words.next() {
      let tone = ToneWord(word.text, voice: utterance.voice, speed: utterance.speed)
      if utterance.wantsWordTimes {
        pieces.announce(word, lasting: tone.count)
      }
      guard pieces.append(tone, deliver: deliver) else { return }
    }
    _ = pieces.finish(deliver: deliver)
  }
}

extension EngineEntry {
  package static let tone = EngineEntry(
    name: ToneEngine.name,
    summary: "tones that stand for the letters, always the same for the same text; for tests",
    capabilities: ToneEngine.capabilities,
    open: { ToneEngine(concurrency: $0.concurrency) })
}
