import KugelEngine
import KugelEspeak
import KugelText
import Synchronization

/// Natural voices of the Piper project, in ONNX Runtime.
package final class PiperEngine: SpeechEngine {
  package static let name = "piper"
  static let capabilities: EngineCapabilities = {
    var capabilities = EngineCapabilities(
      rates: PiperSpeed.rates, timesWords: true, hasVoicesByLanguage: true, reading: reading)
    capabilities.startsSlowly = true
    capabilities.options = [
      EngineOption(
        "threads", "N", "threads of each run; more than one pays on an idle machine only",
        expected: "a whole number from 1 to 64",
        takes: { Int($0).map { 1...64 ~= $0 } ?? false }),
      EngineOption(
        "runtime", "FILE", "the library ONNX Runtime, where it is in no usual place",
        expected: "the path of libonnxruntime.so", variable: RuntimePlaces.variable),
      EngineOption(
        "voices", "DIRS",
        "folders of voices that are looked through first, with colons between them",
        expected: "folders", variable: VoiceFolders.variable),
    ]
    return capabilities
  }()
  static let reading = EngineReading(takesIPA: true, wantsWords: true)
  /// Of most voices; each has its own.
  static let usualRate = 22_050

  package let name: String = PiperEngine.name
  package let nativeRate: Int = PiperEngine.usualRate
  package let concurrency: Int
  package var speedRange: ClosedRange<Double> { Self.capabilities.speeds }
  package var pitchRange: ClosedRange<Double> { Self.capabilities.heights }
  package var reading: EngineReading { Self.reading }

  let shelf: VoiceShelf
  private let models: PiperModels
  private let phonemiser: any Phonemiser
  private let warn: @Sendable (String) -> Void
  /// Voices that were not taken because they cannot be used.
  private let passedOver = Mutex<Set<String>>([])

  init(
    shelf: VoiceShelf, models: PiperModels, phonemiser: any Phonemiser, concurrency: Int = 1,
    warn: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.warn = warn
    self.shelf = shelf
    self.models = models
    self.phonemiser = phonemiser
    self.concurrency = concurrency
  }

  package func prepare() throws(EngineError) {
    try phonemiser.prepare()
    guard let voice = shelf.voice(numbered: defaultVoice) else { throw noVoice }
    _ = try models.model(of: voice)
  }

  package func expect(voice number: Int) {
    guard let voice = shelf.voice(numbered: number), (try? shelf.description(of: voice)) != nil
    else { return }
    models.expect(voice) { [shelf] in Self.trial(voice, shelf) }
  }

  /// Models stay, as loading them is what takes long.
  package func rest() { phonemiser.rest() }

  package func rate(ofVoice number: Int) -> Int {
    let description = shelf.voice(numbered: number).flatMap { try? shelf.description(of: $0) }
    return description?.rate ?? nativeRate
  }

  package func speak(
    _ utterance: Utterance, deliver: (SpokenPiece) -> Bool
  ) throws(EngineError) {
    try speak(utterance, until: Cancellation(), deliver: deliver)
  }

  package func speak(
    _ utterance: Utterance, until cancellation: Cancellation, deliver: (SpokenPiece) -> Bool
  ) throws(EngineError) {
    try check(utterance)
    let (voice, speaker) = try chosen(utterance.voice)
    let description: PiperDescription
    do throws(PiperFileError) { description = try shelf.description(of: voice) } catch {
      throw .failed(engine: name, cause: "\(error.cause); \(voice.remedy)")
    }
    guard speaker < description.speakers else { throw .unknownVoice(utterance.voice) }
    models.want(voice)
    let reading: PiperReading
    do throws(EngineError) {
      reading = try PiperReading(
        utterance.text, wantsWords: utterance.wantsWordTimes, description, phonemiser)
    } catch .failed(let speller, let cause) where speller != name {
      // What else could be said of it would be said of this engine.
      throw .failed(engine: name, cause: "\(voice.handle): \(speller): \(cause); \(voice.remedy)")
    }
    guard !reading.sentences.isEmpty else { return }
    let model = try models.model(of: voice)
    var telling = PiperTelling(
      rate: description.rate, pausing: utterance.text.blankLines.before)
    let length = PiperSpeed.length(speed: utterance.speed, frames: model.framesPerID)
    for sentence in reading.sentences {
      for part in PhonemeIDs.parts(of: sentence.phonemes, by: description.ids) {
        guard !cancellation.isCancelled else { return }
        let ids = PhonemeIDs(sentence.phonemes, in: part, by: description.ids)
        let request = PiperRequest(
          ids: ids.ids,
          scales: [
            description.noiseScale, description.lengthScale * Float(length), description.noiseWidth,
          ], speaker: description.speakers > 1 ? speaker : nil)
        telling.begin(sentence.words.filter { part.contains($0.place.lowerBound) }, ids, part)
        do throws(PiperModelError) {
          try model.speak(request, stop: cancellation) { frames, hop in
            telling.timed(frames, hop)
          } take: {
            telling.take($0, deliver)
          }
        } catch {
          throw .failed(engine: name, cause: "\(voice.handle): \(error.cause); \(voice.remedy)")
        }
        guard !telling.wasRefused, !cancellation.isCancelled, telling.end(deliver) else { return }
      }
    }
  }

  /// Says once that a voice would have spoken.
  func passOver(_ voice: PiperVoice) {
    guard let flaw = shelf.flaw(of: voice),
      passedOver.withLock({ $0.insert(voice.model).inserted })
    else { return }
    warn(Self.passed(voice, flaw))
  }

  static func passed(_ voice: PiperVoice, _ flaw: String) -> String {
    "the voice \(voice.handle) is passed over: \(flaw); \(voice.remedy)"
  }

  private func chosen(_ number: Int) throws(EngineError) -> (PiperVoice, speaker: Int) {
    guard let voice = shelf.voice(numbered: number) else {
      if shelf.voices.isEmpty { throw noVoice }
      throw .unknownVoice(number)
    }
    let speaker = number / PiperVoice.step - 1
    if speaker >= 0 { return (voice, speaker) }
    return (voice, (try? shelf.description(of: voice))?.defaultSpeaker ?? 0)
  }

  private var noVoice: EngineError {
    .unavailable(
      engine: name,
      cause: "no voice is installed. Fetch one: kugel voices -e \(name) --get en_US-lessac-medium")
  }

  /// What a voice is tried with; the signs it does not know are left out.
  static func trial(_ voice: PiperVoice, _ shelf: VoiceShelf) -> PiperRequest {
    let phonemes = Array("ðə kwˈɪk bɹˈaʊn fˈɒks dʒˈʌmps ˌəʊvə ðə lˈeɪzi dˈɒɡ.".unicodeScalars)
    guard let description = try? shelf.description(of: voice) else {
      return PiperRequest(ids: [], scales: [])
    }
    let ids = PhonemeIDs(phonemes, in: phonemes.indices, by: description.ids)
    return PiperRequest(
      ids: ids.ids, scales: [0, description.lengthScale, 0],
      speaker: description.speakers > 1 ? description.defaultSpeaker : nil)
  }
}
