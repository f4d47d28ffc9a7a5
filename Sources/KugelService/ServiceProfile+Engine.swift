import KugelEngine
import KugelServiceCore
import KugelText
import KugelWire

extension ServiceProfile {
  /// Milliseconds of the longest pause that a text may ask for.
  private static let longestBreak = 60_000

  /// Of a service in this process. Voices are settled before; only their numbers travel.
  package static func sole(of engine: any SpeechEngine) -> ServiceProfile {
    var profile = ServiceProfile { reference in
      if case .id(let number) = reference { number } else { nil }
    }
    profile.takeAll(of: engine)
    profile.language = { settings, voice in
      Voice.language(asked: settings.language, spokenBy: engine.languages(ofVoice: voice))
    }
    if engine.reading.wantsWords {
      let rewriters = ChunkRewriters()
      profile.rewrite = { text, settings, language in
        settings.normalize == false
          ? SourcedText(text) : rewriters.rewriter(for: language).rewrite(text)
      }
    }
    return profile
  }

  /// What the engine can do, where a protocol would take less.
  package mutating func takeAll(of engine: any SpeechEngine) {
    limits.speeds = engine.speedRange
    limits.takesAnyLanguage = true
    breaks = .exact(most: Self.longestBreak)
    startsEarly = true
  }
}
