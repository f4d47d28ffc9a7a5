import KugelClient
import KugelCore
import KugelService
import KugelTransport

/// The services that requests mean.
enum BenchSubjects {
  /// A service, and what is to be said of it in reports.
  struct Made {
    let engine: EngineName
    let request: SpeechRequest
    let subject: BenchSubject
    let place: BenchConditions.Place
    let address: String?
    let voice: String
    let explain: (SessionFailure) -> any Error

    /// ISO 639-1, of the text.
    var language: String? { request.language.map { String($0.lowercased().prefix { $0 != "-" }) } }

    func conditions(
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

  static func make(_ request: SpeechRequest, in host: Host) throws -> Made {
    request.engine.isRemote ? try remote(request, in: host) : try local(request)
  }

  private static func local(_ request: SpeechRequest) throws -> Made {
    let engine = try LocalEngine(request)
    guard case .local(let profile, let worker) = try engine.service() else {
      throw UserError(
        .internalError, "the engine \(request.engine.rawValue) is not in this process")
    }
    return Made(
      engine: request.engine, request: request,
      subject: BenchSubject(
        service: .local(profile, worker), settings: engine.settings(for: request),
        policy: engine.policy),
      place: .inProcess, address: nil, voice: engine.voiceName, explain: engine.explain)
  }

  private static func remote(_ request: SpeechRequest, in host: Host) throws -> Made {
    let wanted = request.service ?? ServiceRequest()
    let door = try ServiceDoor(wanted, host: host)
    let settings = try door.settings(for: request)
    var service = door.service
    service.patience = (wanted.policy.connectTimeout ?? .seconds(3600)) + .seconds(1)
    return Made(
      engine: request.engine, request: request,
      subject: BenchSubject(
        service: .remote(
          service, defaultRate: request.settings.delivery.rate, loop: EventLoop()),
        settings: settings, policy: wanted.policy),
      place: service.address.isLoopback ? .loopback : .network,
      address: service.address.authority, voice: settings.voice?.description ?? "default",
      explain: door.explain)
  }
}
