import Glibc
import KugelEngine
import KugelService
import KugelServiceCore
import KugelText
import KugelTransport
import Synchronization

/// What all connections of a server share.
final class ServerContext: Sendable {
  let options: ServeOptions
  let engine: any SpeechEngine
  let loop: EventLoop
  let worker: SynthesisWorker
  let voices: ServerVoices
  let shelf: DictionaryShelf
  let api: ServiceAPI
  let metrics = Mutex(ServiceMetrics())
  private let isDraining = Atomic(false)
  private let report: @Sendable (String) -> Void
  /// Takes what is to be said of clients.
  let advise: @Sendable (String) -> Void

  /// - Parameter report: takes lines for a log; never keys.
  init(
    options: ServeOptions, engine: any SpeechEngine, report: @escaping @Sendable (String) -> Void,
    advise: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(ServeError) {
    self.options = options
    self.engine = engine
    self.report = report
    self.advise = advise
    do throws(EngineError) { try engine.prepare() } catch { throw .engine(cause: error.cause) }
    engine.expect(voice: engine.defaultVoice)
    voices = try ServerVoices(engine: engine, map: options.voiceMap)
    shelf = try DictionaryShelf(file: options.dictionaryFile, reading: engine.reading)
    api = ServiceAPI(
      voices: voices.listed,
      access: Self.access(options),
      characters: options.maximumCharacters,
      openAI: OpenAIDoor(characters: options.openAICharacters, speeds: engine.speedRange))
    do {
      worker = try SynthesisWorker(engine: engine)
    } catch {
      throw .engine(cause: "\(error)")
    }
    loop = EventLoop()
  }

  /// Only what listens on this machine can be asked in the name of a page that was led here.
  private static func access(_ options: ServeOptions) -> AccessControl {
    AccessControl(
      keys: options.keys ?? [], allowedOrigins: options.allowedOrigins,
      hosts: options.listen.isLoopback
        ? HostNames(listening: options.listen.host, others: options.allowedHosts) : nil)
  }

  var draining: Bool {
    get { isDraining.load(ordering: .relaxed) }
    set { isDraining.store(newValue, ordering: .relaxed) }
  }

  func log(_ line: @autoclosure () -> String) { report(line()) }

  /// The rules for one connection.
  ///
  /// - Parameter busy: whether the connection itself is one of those that are counted.
  func profile(_ busy: BusyFlag) -> ServiceProfile {
    var profile = ServiceProfile { [voices] in voices.engineVoice(for: $0) }
    if options.socketPath != nil { profile.takeAll(of: engine) }
    profile.voiceInLanguage = { [voices] reference, voice, language in
      voices.engineVoice(voice, for: reference, in: language)
    }
    profile.refusal = { [self] settings in
      let others = metrics.withLock { $0.turnsInFlight } - (busy.isSet ? 1 : 0)
      return others >= options.maximumTurns ? .rateLimited : shelf.refusal(of: settings)
    }
    profile.language = { [voices, engine] settings, voice in
      Voice.language(
        asked: voices.language(of: settings), spokenBy: engine.languages(ofVoice: voice))
    }
    profile.rewrite = { [shelf] text, settings, language in
      shelf.rewrite(text, settings, language: language)
    }
    profile.charactersPerTurn = options.maximumCharacters
    profile.limits.projectDefault = options.projectDefault
    return profile
  }

  /// Ends the threads.
  func stop() {
    shelf.stop()
    loop.stop()
    worker.stop()
  }

  var situation: ServiceAPI.Situation {
    ServiceAPI.Situation(
      isReady: !draining, engine: engine.name, metrics: metrics.withLock(\.text),
      now: time(nil),
      time: { work in ContinuousClock().measure(work) / .milliseconds(1) })
  }
}

/// Whether a turn of a connection is under way.
final class BusyFlag: Sendable {
  private let value = Atomic(false)

  var isSet: Bool {
    get { value.load(ordering: .relaxed) }
    set { value.store(newValue, ordering: .relaxed) }
  }
}

/// Tells one connection or request from another, in logs and errors.
func makeRequestID() -> String {
  let number = UInt64.random(in: .min ... .max)
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
