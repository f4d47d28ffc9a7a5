import KugelEngine
import KugelText

/// Over a hundred languages from libespeak-ng.
///
/// The library breaks down on some texts, so it speaks in processes of its own. What it lists is asked of
/// it in this one.
package struct EspeakEngine: SpeechEngine {
  package static let name = "espeak"
  /// The library's own limits.
  static let capabilities = EngineCapabilities(
    rates: 80...450, pitches: 0...100, timesWords: true, hasVoicesByLanguage: true, reading: reading
  )

  package var name: String { Self.name }
  package let defaultVoice = EspeakVoice.american.id
  package var speedRange: ClosedRange<Double> { Self.capabilities.speeds }
  package var pitchRange: ClosedRange<Double> { Self.capabilities.heights }

  private let voicing: any EspeakVoicing
  private let isRepeatable: Bool
  private let warn: @Sendable (String) -> Void

  /// With the library in this process, which it may take along.
  package init() { self.init(voicing: EspeakLibrary.shared) }

  /// - Parameters:
  ///   - isRepeatable: whether the sound of a text must not hang on what was spoken before it.
  ///   - warn: takes a sentence when the library broke down; any thread.
  init(
    voicing: any EspeakVoicing, isRepeatable: Bool = false,
    warn: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.voicing = voicing
    self.isRepeatable = isRepeatable
    self.warn = warn
  }

  static var libraryVersion: String { EspeakLibrary.version }

  package var nativeRate: Int { voicing.rate }
  package var concurrency: Int { voicing.concurrency }

  package func prepare() throws(EngineError) { try voicing.prepare() }
  package func rest() { voicing.rest() }

  package var voices: [Voice] { EspeakLibrary.shared.voices.map(\.voice) }
  package var reading: EngineReading { Self.reading }
  static let reading = EngineReading(takesIPA: true, wantsWords: true)

  package func speak(
    _ utterance: Utterance, deliver: (SpokenPiece) -> Bool
  ) throws(EngineError) {
    try check(utterance)
    let identifier = try identifier(of: utterance.voice)
    var course = EspeakCourse(
      EspeakPieces.of(
        utterance.text, identifier: identifier, pausesAtEnd: utterance.pausesAtEnd),
      chosen: identifier)
    let beginsParagraph = utterance.text.blankLines.before
    var telling = EspeakTelling(
      rate: voicing.rate,
      after: beginsParagraph
        ? EspeakPause.paragraph(wordsPerMinute: Self.wordsPerMinute(of: utterance)) : 0,
      tracking: utterance.wantsWordTimes ? WordTracker(utterance.text) : nil)
    var hasWarned = false
    while let step = course.step {
      telling.begin()
      do throws(EspeakFailure) {
        try perform(step, utterance, &telling, deliver)
        if telling.wasRefused { return }
        course.ended(lastHeard: telling.lastHeard)
      } catch {
        switch error {
        case .refused(.failed) where course.refused(): break
        case .refused(let reason): throw reason
        case .died(let cause):
          if let trouble = course.died(lastHeard: telling.lastHeard) {
            tell(trouble, cause, &hasWarned)
          }
        }
      }
    }
    telling.finish(deliver: deliver)
  }

  private func perform(
    _ step: EspeakCourse.Step, _ utterance: Utterance, _ telling: inout EspeakTelling,
    _ deliver: (SpokenPiece) -> Bool
  ) throws(EspeakFailure) {
    let (piece, isHeard) =
      switch step {
      case .speak(let piece): (piece, true)
      case .probe(let piece): (piece, false)
      }
    let request = EspeakRequest(
      identifier: piece.identifier, text: piece.bytes, endsClause: piece.endsClause,
      hasPhonemes: piece.hasPhonemes, isRepeatable: isRepeatable,
      wordsPerMinute: Self.wordsPerMinute(of: utterance),
      pitch: utterance.pitch)
    try voicing.speak(request) { sound in
      guard isHeard else {
        telling.overhear(sound, of: piece)
        return true
      }
      return telling.receive(sound, of: piece, deliver: deliver)
    }
  }

  private static func wordsPerMinute(of utterance: Utterance) -> Int {
    Int((utterance.speed * Double(Utterance.normalRate)).rounded())
  }

  private func tell(_ trouble: EspeakCourse.Trouble, _ cause: String, _ hasWarned: inout Bool) {
    switch trouble {
    case .brokeDown(let text):
      guard !hasWarned else { return }
      hasWarned = true
      warn("espeak-ng broke down (\(cause)) at “\(text)”; it is said again without foreign letters")
    case .leftOut(let text): warn("espeak-ng cannot say “\(text)”; it is left out")
    }
  }

  /// Nothing is listed for the voices that are known by heart.
  package func languages(ofVoice number: Int) -> [String] {
    let base = number % EspeakVariant.step
    let voice = EspeakVoice.known(withID: base)?.voice ?? voices.first { $0.id == base }
    return voice?.languages ?? []
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

extension EngineEntry {
  package static let espeak: EngineEntry = {
    var entry = EngineEntry(
      name: EspeakEngine.name, summary: "espeak-ng, over a hundred languages",
      capabilities: EspeakEngine.capabilities,
      open: { setup in
        guard let program = setup.program else { return EspeakEngine() }
        return EspeakEngine(
          voicing: EspeakProcesses(
            program: program, limit: setup.concurrency,
            // Several listeners at once, not several takes of one narration.
            givesWay: setup.concurrency > 1 && !setup.isRepeatable),
          isRepeatable: setup.isRepeatable, warn: setup.warn)
      })
    entry.library = { ("espeak-ng", EspeakEngine.libraryVersion) }
    entry.beforeThreads = { voice, language in
      EspeakProcesses.fork(expecting: EspeakVoice.likely(voice, language: language)?.identifier)
    }
    entry.process = { EspeakServant.run() }
    // A process takes 3 MB, and a text that has none is not begun before another's sentence is made.
    (entry.textsPerCore, entry.leastTexts) = (4, 16)
    entry.remedy = "Install its data: apt install espeak-ng-data"
    return entry
  }()
}
