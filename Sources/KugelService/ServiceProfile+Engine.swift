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
    profile.limits.speeds = engine.speedRange
    profile.limits.takesAnyLanguage = true
    profile.breaks = .exact(most: longestBreak)
    profile.startsEarly = true
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
}
