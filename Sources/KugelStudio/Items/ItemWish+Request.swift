import KugelAudio
import KugelJobs
import KugelNarration
import KugelText
import KugelWire

extension ItemWish {
  /// - Throws: when the engine does not take what the item wants.
  func applied(to request: SpeechRequest) throws(UserError) -> SpeechRequest {
    guard self != ItemWish() else { return request }
    var speech = request
    if let voice { speech.voice = VoiceReference(voice) }
    if let language {
      speech.language = language
      // A voice that speaks one language does not go with another.
      if voice == nil, request.engine.entry?.capabilities.hasVoicesByLanguage == true {
        speech.voice = nil
      }
    }
    var pace = SpeakingPace(rate: nil, speed: nil)
    for change in settings {
      let value = try speech.engine.take(change.key, change.value)
      switch change.key {
      case .speed: pace.speed = value.number
      case .rate: pace.rate = value.number.map { Int($0) }
      case .model: speech.settings.model = value.text
      default: speech.settings[change.key] = value
      }
      if change.key == .pitch, let pitch = value.number { speech.pitch = Int(pitch) }
    }
    if !pace.isUsual {
      speech.speed = try pace.multiple(for: speech.engine)
      if speech.engine.isRemote { speech.settings.speed = speech.speed }
    }
    return speech
  }
}

extension ContentHash {
  /// Of an item with everything that shapes its sound.
  static func of(
    _ item: NarrationItem, _ speech: SharedSpeech, _ request: NarrateRequest
  ) -> String {
    guard !item.slots.isEmpty else { return of(item.text.utf8, speech.traits) }
    var traits = traits(of: speech.request, request)
    traits["slots"] = item.slots.map { "\($0.from)-\($0.to)" }.joined(separator: " ")
    return of(item.text.utf8, Traits(traits))
  }

  static func traits(of speech: SpeechRequest, _ request: NarrateRequest) -> [String: String] {
    var traits = [
      "engine": speech.engine.rawValue, "format": request.format.rawValue,
      "speed": "\(speech.speed)", "pitch": "\(speech.pitch)",
    ]
    traits["voice"] = speech.voice?.description
    traits["language"] = speech.language
    traits["loudness"] = request.loudness.map { "\($0)" }
    traits["rate"] = request.rate.map { "\($0)" }
    for key in SettingKey.allCases where key != .voice && key != .lang {
      if let value = speech.settings[key] { traits["setting \(key.rawValue)"] = value.text }
    }
    return traits
  }
}

extension EngineName {
  /// Whether it says when each word is spoken.
  var timesWords: Bool {
    if let entry { return entry.capabilities.timesWords }
    return offer.takes(.wordTimestamps)
  }
}

extension ItemDecision.Refusal {
  /// A fragment without a stop.
  func cause(_ file: String) -> String {
    switch self {
    case .foreign:
      "\(file) is there, and was not made here; --force replaces it"
    case .foreignBeside(let name):
      "\(name) is there, and was not made here; --force replaces it"
    case .altered: "\(file) was changed since it was made; --force replaces it"
    case .ofOtherSource(let source):
      "\(file) was made of \(source == "-" ? "standard input" : source); --force replaces it"
    case .unspeakable: "nothing in it can be spoken"
    case .empty: "it is empty"
    case .collision(let place): "its file would be \(file), as that of \(place); see --name"
    case .badName(let cause): "its file cannot be called \(quoted(file)): \(cause)"
    }
  }
}
