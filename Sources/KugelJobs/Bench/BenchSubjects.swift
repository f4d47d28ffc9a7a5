import KugelClient
import KugelConnections
import KugelMeasure
import KugelServer
import KugelService
import KugelServiceCore
import KugelSession
import KugelTransport
import KugelWire

/// The services that requests mean.
package enum BenchSubjects {
  /// A service, and what is to be said of it in reports.
  package struct Made {
    package let engine: EngineName
    package let request: SpeechRequest
    package let subject: BenchSubject
    package let place: BenchConditions.Place
    package let address: String?
    package let voice: String
    package let explain: (SessionFailure) -> any Error
    /// Serves the subject, and nobody else.
    package var server: SpeechServer?

    /// ISO 639-1, of the text.
    package var language: String? {
      request.language.map { String($0.lowercased().prefix { $0 != "-" }) }
    }

    package func end() {
      server?.stop()
      server?.waitUntilEnded()
    }

    package func conditions(
      _ bench: BenchRequest, textName: String, text: String, strategy: Strategy
    ) -> BenchConditions {
      var conditions = BenchConditions(
        engine: engine.rawValue, place: place, voice: voice, textName: textName, text: text,
        strategy: strategy)
      conditions.address = address
      conditions.region = request.service?.region?.rawValue
      conditions.model = subject.settings.model
      conditions.language = request.language
      conditions.speed = request.speed
      conditions.pitch = request.pitch == 50 ? nil : request.pitch
      conditions.pace = strategy.isPaced ? bench.pace : nil
      conditions.concurrency = bench.concurrency
      return conditions
    }
  }

  /// - Parameters:
  ///   - served: put behind a socket what is in this program.
  ///   - concurrency: connections that speak at once.
  package static func make(
    _ request: SpeechRequest, served: Bool, concurrency: Int, in host: Host
  ) throws -> Made {
    if request.engine.isRemote { return try remote(request, in: host) }
    let engine = try LocalEngine(
      request, concurrency: min(concurrency, LocalEngine.cores), in: host)
    return served ? try self.served(request, engine, in: host) : try local(request, engine)
  }

  private static func served(
    _ request: SpeechRequest, _ engine: LocalEngine, in host: Host
  ) throws -> Made {
    var options = ServeOptions()
    options.listen = ListenAddress(host: "127.0.0.1", port: 0)
    let server = try SpeechServer(options, engine: engine.engine)
    var wanted = ServiceRequest()
    wanted.url = server.address
    let door = try ServiceDoor(wanted, host: host)
    return Made(
      engine: request.engine, request: request,
      subject: subject(
        door.service, request, settings: engine.settings(for: request), policy: wanted.policy),
      place: .loopback, address: door.service.address.authority, voice: engine.voiceName,
      explain: door.explain, server: server)
  }

  private static func local(_ request: SpeechRequest, _ engine: LocalEngine) throws -> Made {
    let worker = try SynthesisWorker(engine: engine.engine, longestPiece: 1)
    return Made(
      engine: request.engine, request: request,
      subject: BenchSubject(settings: engine.settings(for: request), policy: .inThisProcess) {
        LocalConnection(profile: .sole(of: engine.engine), worker: worker, news: $0)
      },
      place: .inProcess, address: nil, voice: engine.voiceName, explain: { $0 })
  }

  private static func remote(_ request: SpeechRequest, in host: Host) throws -> Made {
    var wanted = request.service ?? ServiceRequest()
    wanted.credential = request.settings.hints.credential
    let door = try ServiceDoor(wanted, host: host)
    let settings = try door.settings(for: request)
    var service = door.service
    service.patience = (wanted.policy.connectTimeout ?? .seconds(3600)) + .seconds(1)
    return Made(
      engine: request.engine, request: request,
      subject: subject(service, request, settings: settings, policy: wanted.policy),
      place: service.address.isLoopback ? .loopback : .network,
      address: service.address.authority, voice: settings.voice?.description ?? "default",
      explain: door.explain)
  }

  private static func subject(
    _ service: RemoteService, _ request: SpeechRequest, settings: TurnSettings,
    policy: SessionPolicy
  ) -> BenchSubject {
    // Connections to one service share the loop.
    let loop = EventLoop()
    return BenchSubject(settings: settings, policy: policy) {
      service.connection(
        settings: settings, defaultRate: request.settings.delivery.rate,
        confirmsCancel: true, loop: loop, news: $0)
    }
  }
}
