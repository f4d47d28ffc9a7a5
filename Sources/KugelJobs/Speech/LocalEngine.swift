import Glibc
import KugelClient
import KugelEngine
import KugelService
import KugelServiceCore
import KugelSession
import KugelText
import KugelWire

/// The engine of this program that a request asks for, with the voice it means.
package struct LocalEngine: Sendable {
  package let engine: any SpeechEngine
  private let voice: Int
  /// For people: who speaks.
  package let description: String
  /// The voice by its shortest name.
  package var voiceName: String {
    let known = engine.voices.first { $0.id == voice }
    return known?.handle ?? known?.name ?? "\(voice)"
  }

  private let hasVoicesByLanguage: Bool
  /// What the text is read in; nil where that is not known.
  package let language: String?

  /// - Parameters:
  ///   - concurrency: texts that will be spoken at once.
  ///   - isRepeatable: whether the sound of a text must not hang on what was spoken before.
  /// - Throws: 64 when no or several voices are meant, with the candidates.
  package init(
    _ request: SpeechRequest, concurrency: Int = 1, isRepeatable: Bool = false, in host: Host
  ) throws(UserError) {
    let engine = try Self.engine(
      request.engine, options: request.engineOptions, concurrency: concurrency,
      isRepeatable: isRepeatable, in: host)
    self.init(request, engine, chosen: try Self.voice(for: request, of: engine))
  }

  /// The same engine with the voice that another request means.
  ///
  /// - Throws: 64 when no or several voices are meant.
  package func changed(for request: SpeechRequest) throws(UserError) -> LocalEngine {
    LocalEngine(request, engine, chosen: try Self.voice(for: request, of: engine))
  }

  private init(_ request: SpeechRequest, _ engine: any SpeechEngine, chosen: Voice?) {
    self.engine = engine
    hasVoicesByLanguage = request.engine.entry?.capabilities.hasVoicesByLanguage ?? false
    voice = chosen?.id ?? engine.defaultVoice
    // Asked so, nothing has to be listed for the voice that speaks when nobody chose.
    let usual = chosen == nil ? engine.voice(forLanguage: "en") : nil
    let speaker = chosen ?? (usual?.id == voice ? usual : nil)
    language = Voice.language(asked: request.language, spokenBy: speaker?.languages ?? [])
    description = engine.name + (chosen.map { ", voice \($0.handle ?? $0.name)" } ?? "")
  }

  package var catalogue: VoiceCatalogue { VoiceCatalogue(engine.voices) }

  /// The usual voice of a language, where a voice speaks one only.
  package var voiceForLanguage: (@Sendable (String) -> Voice?)? {
    guard hasVoicesByLanguage else { return nil }
    return { [engine] in engine.voice(forLanguage: $0) }
  }

  /// Has the voice loaded while there is something else to wait for.
  package func expectVoice() { engine.expect(voice: voice) }

  /// - Parameters:
  ///   - options: of the engine.
  ///   - concurrency: texts that will be spoken at once.
  package static func engine(
    _ name: EngineName, options: [String: String] = [:], concurrency: Int = 1,
    isRepeatable: Bool = false, in host: Host
  ) throws(UserError) -> any SpeechEngine {
    guard let entry = name.entry else {
      throw UserError(.unavailable, "the engine \(name.rawValue) is not part of this program")
    }
    var setup = EngineSetup(program: host.program, concurrency: concurrency) { warning in
      host.tell("kugel: warning: \(warning)")
    }
    setup.options = options
    setup.isRepeatable = isRepeatable
    setup.variable = host.variable
    return entry.open(setup)
  }

  /// What an engine does while this process has one thread: to be called before anything else.
  package static func prepare(
    _ name: EngineName, voice: VoiceReference? = nil, language: String? = nil
  ) {
    name.entry?.beforeThreads?(voice, language)
  }

  /// Texts that this machine can speak at once.
  package static var cores: Int { max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))) }

  package func settings(for request: SpeechRequest) -> TurnSettings {
    var settings = request.settings
    settings.voice = .id(voice)
    settings.language = request.language
    settings.speed = request.speed
    settings.pitch = request.pitch
    settings.adopt(request.preset)
    // What is written has been put in words already, where that is wanted.
    settings.normalize = false
    return settings
  }

  private static func voice(
    for request: SpeechRequest, of engine: any SpeechEngine
  ) throws(UserError) -> Voice? {
    if let reference = request.voice {
      switch engine.find(reference) {
      case .found(let voice): return voice
      case .unknown(let near):
        throw .unknownVoice(reference, engine: engine.name, near: near).about("voice")
      case .ambiguous(let voices):
        throw .ambiguousVoice(reference, candidates: voices).about("voice")
      }
    }
    guard let language = request.language else { return nil }
    guard let voice = engine.voice(forLanguage: language) else {
      throw .usage(
        "the engine \(engine.name) has no voice for the language \(language)",
        hint: "List the voices with: kugel voices -e \(engine.name)"
      ).about("lang")
    }
    return voice
  }
}

extension TurnSettings {
  /// Source: the presets of `kugel stream`. What was asked for by name counts more.
  package mutating func adopt(_ preset: Preset) {
    switch preset {
    case .fast:
      autoMode = autoMode ?? true
      chunkLengthSchedule = chunkLengthSchedule ?? [50, 100, 150, 250]
    case .quality: chunkLengthSchedule = chunkLengthSchedule ?? [120, 200, 300]
    case .balanced: break
    }
  }
}
