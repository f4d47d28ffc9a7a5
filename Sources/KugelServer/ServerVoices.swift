import KugelEngine
import KugelServiceCore
import KugelText
import KugelWire

/// Who speaks behind each number: the engine's voices, the numbers of published examples, and a
/// user's map over both.
struct ServerVoices: Sendable {
  let listed: ListedVoices
  private let engine: any SpeechEngine

  init(engine: any SpeechEngine, map: [VoiceMapping]) throws(ServeError) {
    self.engine = engine
    let own = engine.voices
    var voices: [ListedVoice] = []
    for mapping in map {
      guard case .found(let voice) = engine.find(mapping.voice) else {
        throw .unknownVoice("\(mapping.voice)", line: mapping.line)
      }
      var mapped = ListedVoice(voice, engine: engine.name)
      mapped.id = mapping.id
      if own.contains(where: { $0.id == voice.id }) { mapped.handle = nil }
      voices.append(mapped)
    }
    let languages = Self.languages(of: own)
    for (index, example) in Self.examples.enumerated() {
      let voice = Self.speaker(of: example, at: index, engine: engine)
      voices.append(
        ListedVoice(
          id: example.id, name: "Voice \(example.id)",
          description: "An example's number, spoken by \(voice.name) or in the language asked for",
          sex: voice.sex, languages: languages, engineVoice: voice.id, followsLanguage: true))
    }
    voices += own.map { ListedVoice($0, engine: engine.name) }
    listed = ListedVoices(voices)
  }

  /// The engine voice that a client means; nil when there is none. Ambiguous names mean nobody.
  func engineVoice(for reference: VoiceReference) -> Int? {
    if let voice = listed.find(reference) { return voice.engineVoice }
    guard case .found(let voice) = engine.find(reference) else { return nil }
    return voice.id
  }

  /// Who speaks `language` in place of `voice`, for those that follow it.
  func engineVoice(_ voice: Int, for reference: VoiceReference, in language: String) -> Int {
    guard let listed = listed.find(reference), listed.followsLanguage,
      let speaker = engine.voice(forLanguage: language)
    else { return voice }
    let spoken = self.listed[voice]?.languages ?? []
    if spoken.contains(language) { return voice }
    guard let variant = Self.examples.first(where: { $0.id == listed.id })?.variant,
      let handle = speaker.handle, case .found(let same) = engine.find(.handle(handle + variant))
    else { return speaker.id }
    return same.id
  }

  /// ISO 639-1 code that a turn is spoken in.
  func language(of settings: TurnSettings) -> String? {
    settings.language
      ?? settings.voice.flatMap(listed.find).map { voice in
        voice.followsLanguage ? "en" : voice.languages.first ?? "en"
      }
  }

  // MARK: Numbers that published examples use

  private struct Example {
    let id: Int
    /// Of espeak.
    let base: String
    /// Added to a voice of espeak's, so that the five can be told apart in every language.
    let variant: String
  }

  private static let examples = [
    Example(id: 123, base: "en-us", variant: ""),
    Example(id: 268, base: "en-us", variant: "+f3"),
    Example(id: 480, base: "en", variant: "+m3"),
    Example(id: 1071, base: "en", variant: "+f2"),
    Example(id: 1072, base: "en-us", variant: "+m7"),
  ]

  /// For engines other than espeak, their first voices in turn.
  private static func speaker(
    of example: Example, at index: Int, engine: any SpeechEngine
  ) -> Voice {
    let handle = example.base + example.variant
    if case .found(let voice) = engine.find(.handle(handle)), voice.handle == handle {
      return voice
    }
    let voices = engine.voices
    let fallback = Voice(id: engine.defaultVoice, name: engine.name, languages: ["en"])
    return voices.isEmpty ? fallback : voices[index % voices.count]
  }

  /// Of those that requests may name.
  private static func languages(of voices: [Voice]) -> [String] {
    let spoken = Set(voices.flatMap(\.languages))
    return LanguageCode.allCases.map(\.rawValue).filter(spoken.contains)
  }
}
