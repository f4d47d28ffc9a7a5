import KugelText

/// Over a hundred languages from libespeak-ng, spoken in this process.
///
/// The library is one for the process: texts spoken at the same time wait for each other, and
/// `deliver` runs while the others wait.
package struct EspeakEngine: SpeechEngine {
  static let name = "espeak"
  /// Words per minute at speed 1.
  package static let wordsPerMinute = 175

  package var name: String { Self.name }
  package let defaultVoice = EspeakVoice.american.id
  /// The library's own limits, 80 and 450 words per minute.
  package let speedRange = (80 / Double(wordsPerMinute))...(450 / Double(wordsPerMinute))
  package let pitchRange = 0.0...100.0

  package init() {}

  package static var libraryVersion: String { EspeakLibrary.version }

  package var nativeRate: Int { EspeakLibrary.shared.rate }

  package func prepare() throws(EngineError) {
    try EspeakLibrary.shared.prepare()
  }

  package var voices: [Voice] { EspeakLibrary.shared.voices.map(\.voice) }

  package func speak(
    _ utterance: Utterance, deliver: (SpokenPiece) -> Bool
  ) throws(EngineError) {
    try check(utterance)
    let identifier = try identifier(of: utterance.voice)
    let request = EspeakRequest(
      identifier: identifier, text: EspeakText(utterance.text),
      wordsPerMinute: Int((utterance.speed * Double(Self.wordsPerMinute)).rounded()),
      pitch: utterance.pitch)
    let tracker = utterance.wantsWordTimes ? WordTracker(utterance.text) : nil
    try EspeakLibrary.shared.speak(request, tracking: tracker, deliver: deliver)
  }

  /// Nothing is listed for the voices that are known by heart.
  package func voice(forLanguage tag: String) -> Voice? {
    if let known = EspeakVoice.known(forLanguage: tag) { return known.voice }
    return VoiceCatalogue(voices).voice(forLanguage: tag, preferring: defaultVoice)
  }

  /// Also understands `VOICE+VARIANT`, such as `de+f3`, and the numbers of such pairs.
  package func find(_ reference: VoiceReference) -> VoiceCatalogue.Match {
    let catalogue = VoiceCatalogue(voices)
    switch reference {
    case .id(let number):
      guard number >= EspeakVariant.step else { return catalogue.find(reference) }
      let base = catalogue.voices.first { $0.id == number % EspeakVariant.step }
      let variant = EspeakLibrary.shared.variants.first { $0.number == number / EspeakVariant.step }
      guard let base, let variant else { return .unknown(nearest: []) }
      return .found(variant.applied(to: base))
    case .handle(let text):
      guard let plus = text.lastIndex(of: "+") else { return catalogue.find(reference) }
      let base = catalogue.find(VoiceReference(String(text[..<plus])))
      guard case .found(let voice) = base else { return base }
      return find(variant: String(text[text.index(after: plus)...]), of: voice)
    }
  }

  private func find(variant name: String, of voice: Voice) -> VoiceCatalogue.Match {
    let variants = EspeakLibrary.shared.variants
    let wanted = name.lowercased()
    if let variant = variants.first(where: { $0.handle.lowercased() == wanted }) {
      return .found(variant.applied(to: voice))
    }
    let near = nearest(to: name, in: variants.map(\.handle))
    return .unknown(
      nearest: near.compactMap { handle in
        variants.first { $0.handle == handle }?.applied(to: voice)
      })
  }

  private func identifier(of number: Int) throws(EngineError) -> String {
    if let known = EspeakVoice.known(withID: number) { return known.identifier }
    // Without its data the library knows nobody; that is not the caller's mistake.
    try prepare()
    let (variantNumber, base) = number.quotientAndRemainder(dividingBy: EspeakVariant.step)
    guard let voice = EspeakLibrary.shared.voices.first(where: { $0.id == base }) else {
      throw .unknownVoice(number)
    }
    if variantNumber == 0 { return voice.identifier }
    guard
      let variant = EspeakLibrary.shared.variants.first(where: { $0.number == variantNumber })
    else { throw .unknownVoice(number) }
    return "\(voice.identifier)+\(variant.handle)"
  }
}
