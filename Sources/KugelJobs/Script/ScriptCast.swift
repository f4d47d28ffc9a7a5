import KugelClient
import KugelConnections
import KugelEngine
import KugelScreenplay
import KugelService
import KugelSession
import KugelSystem
import KugelText
import KugelWire

/// Finds the voices that a script's names stand for, and the services that speak them.
package final class ScriptCast {
  private let request: ScriptRequest
  private let host: Host
  /// Whether services are asked for the times of words.
  var wantsWords = false
  /// Whether any voice says its language: then every voice has to, because services keep what was
  /// said last.
  private var languageMatters: Bool
  private var doors: [EngineName: ServiceDoor] = [:]
  private var engines: [EngineName: any SpeechEngine] = [:]
  private var workers: [EngineName: SynthesisWorker] = [:]
  private var catalogues: [EngineName: [Voice]] = [:]
  private var automatic: [String: VoiceReference] = [:]
  private var chosen: [String: Voice] = [:]
  private let readings: ScriptReadings

  /// - Parameter items: what is known of the script.
  package init(_ request: ScriptRequest, items: [ScriptItem], host: Host) {
    self.request = request
    self.host = host
    readings = ScriptReadings(request, in: host)
    languageMatters =
      request.language != nil
      || items.contains { item in
        switch item.content {
        case .voice(let voice): voice.traits.language != nil
        case .line(let line): line.traits.language != nil
        case .title, .gap, .pause, .mark, .sound: false
        }
      }
  }

  /// - Throws: `UserError` without a position.
  package func voice(_ declaration: VoiceDeclaration, _ traits: VoiceTraits) throws -> ScriptVoice {
    let engine = engine(of: declaration)
    let voice = try person(declaration, engine: engine, traits: traits)
    var settings = engine == request.engine ? request.settings : TurnSettings()
    settings.voice = voice.reference
    settings.sampleRate = ScriptJob.rate
    for change in try changes(traits, engine: engine) { settings.apply(change) }
    settings.speed = try speed(of: traits, engine: engine)
    if wantsWords { settings.wordTimestamps = settings.wordTimestamps ?? true }
    if traits.language != nil { languageMatters = true }
    if languageMatters {
      let language = traits.language ?? request.language ?? voice.languages.first
      settings.language = language.map { spoken($0, by: engine) }
    }
    return ScriptVoice(
      service: engine.rawValue, settings: settings,
      reading: try readings.reading(
        for: engine,
        Voice.language(
          asked: traits.language ?? request.language, spokenBy: voice.languages)))
  }

  /// Whether the voice's engine takes what is set.
  ///
  /// - Throws: `UserError` without a position.
  package func check(_ declaration: VoiceDeclaration, _ traits: VoiceTraits) throws(UserError) {
    let engine = engine(of: declaration)
    _ = try changes(traits, engine: engine)
    _ = try speed(of: traits, engine: engine)
  }

  package func engine(of declaration: VoiceDeclaration) -> EngineName {
    if case .named(_, let name?) = declaration.choice {
      return EngineName(rawValue: name) ?? request.engine
    }
    guard request.isEngineOpen, let local = try? local(request.engine) else {
      return request.engine
    }
    if case .named(let reference?, _) = declaration.choice {
      if case .unknown = local.find(reference) { return .offline }
    } else if let language = declaration.traits.language, local.voice(forLanguage: language) == nil
    {
      return .offline
    }
    return request.engine
  }

  /// What a script would have to declare for a voice that was found.
  package func declared(_ declaration: VoiceDeclaration) throws -> VoiceDeclaration {
    let engine = engine(of: declaration)
    let person = try person(declaration, engine: engine, traits: declaration.traits)
    var named = declaration
    named.choice = .named(person.reference, engine: engine.rawValue)
    return named
  }

  /// What a script sets besides the pace, as the engine takes it; volume and place are the mix's.
  private func changes(
    _ traits: VoiceTraits, engine: EngineName
  ) throws(UserError) -> [SettingChange] {
    var changes: [SettingChange] = []
    for (key, value) in traits.settings
    where !key.setting.isLocal && key != .speed && key != .rate {
      do throws(SettingProblem) {
        changes.append(try SettingChange(key, value, offer: engine.offer))
      } catch {
        throw UserError(.badInput, error.message)
      }
    }
    return changes
  }

  private func speed(of traits: VoiceTraits, engine: EngineName) throws(UserError) -> Double {
    let own = SpeakingPace(rate: traits.rate, speed: traits.speed)
    let pace = own.isUsual ? request.pace : own
    do { return try pace.multiple(for: engine) } catch {
      throw UserError(.badInput, error.message.replacing("--", with: ""))
    }
  }

  private func spoken(_ language: String, by engine: EngineName) -> String {
    engine.isRemote ? LanguageCode.spoken(language) : language
  }

  // MARK: Voices

  private struct Person {
    package var reference: VoiceReference
    package var languages: [String] = []

    package init(_ reference: VoiceReference) { self.reference = reference }

    package init(_ voice: Voice) {
      reference = voice.reference
      languages = voice.languages
    }
  }

  private func person(
    _ declaration: VoiceDeclaration, engine: EngineName, traits: VoiceTraits
  ) throws -> Person {
    switch declaration.choice {
    case .automatic: return Person(try automaticVoice(for: declaration.name, engine: engine))
    case .named(let reference?, _): return try find(reference, engine: engine)
    case .named(nil, _):
      if let usual = request.voice, engine == request.engine {
        return try find(usual, engine: engine)
      }
      return try unnamed(language: traits.language ?? request.language, engine: engine)
    }
  }

  private func find(_ reference: VoiceReference, engine: EngineName) throws -> Person {
    if engine.isRemote, case .id = reference { return Person(reference) }
    let key = "\(engine.rawValue):\(reference)"
    if let known = chosen[key] { return Person(known) }
    let match =
      engine.isRemote
      ? VoiceCatalogue(try voices(of: engine)).find(reference)
      : try local(engine).find(reference)
    switch match {
    case .found(let voice):
      chosen[key] = voice
      if request.purpose == .speak, !engine.isRemote { try local(engine).expect(voice: voice.id) }
      return Person(voice)
    // A service may know handles that it does not list.
    case .unknown where engine.isRemote: return Person(reference)
    case .unknown(let near):
      throw UserError.unknownVoice(reference, engine: engine.rawValue, near: near)
    case .ambiguous(let voices): throw UserError.ambiguousVoice(reference, candidates: voices)
    }
  }

  private func unnamed(language: String?, engine: EngineName) throws -> Person {
    if engine.isRemote {
      guard let first = try door(engine).voices(language: language, limit: 1).first else {
        throw UserError(
          .badInput, "the service has no voice" + (language.map { " for \($0)" } ?? ""))
      }
      return Person(first)
    }
    let local = try local(engine)
    guard let language else {
      let voice = local.voices.first { $0.id == local.defaultVoice }
      return voice.map(Person.init) ?? Person(.id(local.defaultVoice))
    }
    guard let voice = local.voice(forLanguage: language) else {
      throw UserError(
        .badInput, "the engine \(engine.rawValue) has no voice for the language \(language)")
    }
    return Person(voice)
  }

  /// The next voice of the language that no name has yet; when all are taken, they begin anew.
  private func automaticVoice(for name: String, engine: EngineName) throws -> Voice {
    if case .id(let number)? = automatic[name],
      let voice = try voices(of: engine).first(where: { $0.id == number })
    {
      return voice
    }
    let language = request.language ?? "en"
    let wanted = language.lowercased().prefix { $0 != "-" }
    let all = try voices(of: engine)
    let fitting = all.filter { voice in
      voice.languages.contains { $0.lowercased().prefix { $0 != "-" } == wanted }
    }
    let choices = fitting.isEmpty ? all : fitting
    guard !choices.isEmpty else {
      throw UserError(.unavailable, "the engine \(engine.rawValue) has no voices")
    }
    let voice = choices[automatic.count % choices.count]
    automatic[name] = .id(voice.id)
    return voice
  }

  private func voices(of engine: EngineName) throws -> [Voice] {
    if let known = catalogues[engine] { return known }
    let voices =
      engine.isRemote ? try door(engine).voices() : try local(engine).voices
    catalogues[engine] = voices
    return voices
  }

  // MARK: Services

  /// Of the service elsewhere that speaks, as far as one is known; nil when all is in this process.
  package var hostName: String? {
    let door =
      doors.values.first ?? (request.engine.isRemote ? try? self.door(request.engine) : nil)
    return door?.service.address.authority
  }

  /// Its speakers speak at the same time, as far as this machine can.
  private func local(_ engine: EngineName) throws -> any SpeechEngine {
    if let known = engines[engine] { return known }
    let local = try LocalEngine.engine(
      engine, options: engine == request.engine ? request.engineOptions : [:],
      concurrency: LocalEngine.cores, in: host)
    engines[engine] = local
    return local
  }

  private func worker(
    _ engine: EngineName, _ local: any SpeechEngine
  ) throws(ThreadError) -> SynthesisWorker {
    if let known = workers[engine] { return known }
    let worker = try SynthesisWorker(engine: local)
    workers[engine] = worker
    return worker
  }

  private func door(_ engine: EngineName) throws -> ServiceDoor {
    if let door = doors[engine] { return door }
    var wanted = request.service(of: engine)
    if engine == request.engine { wanted.credential = request.settings.hints.credential }
    let door = try ServiceDoor(wanted, host: host)
    doors[engine] = door
    return door
  }

  /// - Parameter news: brings the connection's news to the run's thread.
  package func service(
    _ name: String, news: @escaping @Sendable (ConnectionNews) -> Void
  ) throws -> ScriptService {
    let engine = EngineName(rawValue: name) ?? request.engine
    guard engine.isRemote else {
      let local = try local(engine)
      return ScriptService(
        LocalConnection(
          profile: .sole(of: local), worker: try worker(engine, local), endpoint: .multi, news: news
        ),
        policy: .inThisProcess)
    }
    var service = try door(engine).service
    service.remark = { [host, request] reason in
      if request.verbosity != .quiet { host.tell("kugel: \(reason)") }
    }
    if engine == request.engine {
      let way = service.kind.way(for: request.settings, at: .multi)
      service.kind = way.kind
      if let reason = way.reason?.sentence { service.remark(reason) }
    }
    var policy = request.service(of: engine).policy
    policy.contextLimit = min(policy.contextLimit, service.capabilities.contexts)
    // The session's own time-out is the one that counts.
    service.patience = (policy.connectTimeout ?? Duration.seconds(3600)) + Duration.seconds(1)
    var trace: (@Sendable (WireLine) -> Void)?
    if request.verbosity == .wire { trace = { [host] in host.tell($0.text) } }
    let isBoard = service.capabilities.hasVoicePerConnection
    let connection: any SpeechConnection =
      isBoard
      ? VoiceSwitchboard(service, defaultRate: ScriptJob.rate, trace: trace, news: news)
      : service.connection(.multi, defaultRate: unsaidRate(engine), trace: trace, news: news)
    return ScriptService(connection, policy: policy)
  }

  /// Hz of sound that does not say: what was asked for, unless the user knows better.
  private func unsaidRate(_ engine: EngineName) -> Int {
    guard engine == request.engine, engine.service?.capabilities.turns == .requests else {
      return ScriptJob.rate
    }
    return request.settings.sampleRate ?? ScriptJob.rate
  }

  package func explain(_ failure: SessionFailure) -> any Error {
    doors.values.first?.explain(failure) ?? failure
  }
}
