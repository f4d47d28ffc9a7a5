import KugelText
import KugelWire

/// The REST side of a service: decides the answer to each request.
///
/// Pure: dictionaries, time and the state of the service are passed in.
///
/// Source: protocol notes, sections 2 and 3.
package struct ServiceAPI: Sendable {
  /// What may have changed since the last request.
  package struct Situation: Sendable {
    package var isReady: Bool
    /// What speaks, such as `espeak`.
    package var engine: String
    package var metrics: String
    /// Seconds since 1970.
    package var now: Int
    /// Does something, and says how many milliseconds that took.
    package var time: @Sendable (() -> Void) -> Double

    package init(
      isReady: Bool, engine: String, metrics: String, now: Int,
      time: @escaping @Sendable (() -> Void) -> Double = {
        $0()
        return 0
      }
    ) {
      self.time = time
      self.isReady = isReady
      self.engine = engine
      self.metrics = metrics
      self.now = now
    }
  }

  package enum Reply: Equatable, Sendable {
    case answer(APIResponse)
    /// Audio is to follow `head` as it is made; an error before the first of it is answered instead.
    case speak(ClientFrame, head: APIResponse, form: SpokenForm)
    /// The same, in ElevenLabs' words.
    case context(ContextCall)
  }

  let voices: ListedVoices
  package let access: AccessControl
  /// Hz of audio when a request names no rate.
  let defaultRate: Int
  /// Whether clients may leave their logs here; they are not kept.
  let takesDiagnostics: Bool
  /// Unicode scalars of one text.
  let characters: Int
  let speechDoor: OpenAIDoor

  package init(
    voices: ListedVoices, access: AccessControl, defaultRate: Int = 24_000,
    takesDiagnostics: Bool = true, characters: Int = RequestValidator.maximumCharacters,
    openAI: OpenAIDoor = OpenAIDoor()
  ) {
    speechDoor = openAI
    self.voices = voices
    self.access = access
    self.defaultRate = defaultRate
    self.takesDiagnostics = takesDiagnostics
    self.characters = characters
  }

  package func reply(
    to call: APIRequest, dictionaries: inout DictionaryStore, in situation: Situation
  ) -> Reply {
    if let refusal = refusal(of: call) { return .answer(refusal) }
    var reply = decide(call, &dictionaries, situation)
    if let origin = call.headers["origin"] { reply.add(Self.allowing(origin)) }
    return reply
  }

  /// What keeps a call from being answered, whatever its body says; nil when nothing does.
  package func refusal(of call: APIRequest) -> APIResponse? {
    let route = Route(call)
    guard route?.isForAnyHost == true || access.allowsHost(call.headers["host"]) else {
      return APIResponse(.forbiddenHost, to: call)
    }
    let origin = call.headers["origin"]
    guard access.allowsOrigin(origin) else { return APIResponse(.forbiddenOrigin, to: call) }
    var refusal = refusal(of: call, route)
    if let origin { refusal?.headers += Self.allowing(origin) }
    return refusal
  }

  private func refusal(of call: APIRequest, _ route: Route?) -> APIResponse? {
    guard let route else { return APIResponse(.notFound("Path"), to: call) }
    if call.method == "OPTIONS" { return nil }
    guard route.methods.contains(Self.method(of: call)) else {
      var answer = APIResponse(
        ServiceError("Method not allowed", name: "VALIDATION_ERROR", code: 405), to: call)
      answer.headers.append(.init("allow", route.methods.joined(separator: ", ")))
      return answer
    }
    return route.isPublic || access.admits(call) ? nil : APIResponse(.unauthorized(), to: call)
  }

  /// Whether answering may change the dictionaries, or wait for somebody who changes them.
  package func changesDictionaries(_ call: APIRequest) -> Bool {
    switch Route(path: call.path) {
    case .dictionaries, .dictionary, .entries, .entry:
      !["GET", "OPTIONS"].contains(Self.method(of: call))
    default: false
    }
  }

  /// Who may GET may ask for the head alone; whoever sends the answer leaves its body away.
  private static func method(of call: APIRequest) -> String {
    call.method == "HEAD" ? "GET" : call.method
  }

  private static func allowing(_ origin: String) -> [APIResponse.Header] {
    [.init("access-control-allow-origin", origin), .init("vary", "Origin")]
  }

  private func decide(
    _ call: APIRequest, _ dictionaries: inout DictionaryStore, _ situation: Situation
  ) -> Reply {
    guard let route = Route(call) else {
      return .answer(APIResponse(.notFound("Path"), to: call))
    }
    if call.method == "OPTIONS" { return .answer(preflight(of: route)) }
    let method = Self.method(of: call)
    do throws(ServiceError) {
      switch route {
      case .generate: return try generate(call)
      case .speech: return speech(call)
      case .contexts(let route): return reply(route, call)
      case .dictionaries, .dictionary, .entries, .entry:
        return .answer(try answer(route, method, call, &dictionaries, situation.now))
      default: return .answer(try answer(route, method, call, situation))
      }
    } catch {
      return .answer(APIResponse(error, to: call))
    }
  }

  private func answer(
    _ route: Route, _ method: String, _ call: APIRequest, _ situation: Situation
  ) throws(ServiceError) -> APIResponse {
    switch route {
    case .health: return .json { $0.field("status", "healthy") }
    case .ready:
      return .json(situation.isReady ? 200 : 503) { writer in
        writer.field("status", situation.isReady ? "ready" : "not_ready")
        writer.field("model_path", situation.engine)
        writer.field("multi_model", false)
      }
    case .models: return models(situation.engine)
    case .audioVoices: return audioVoices()
    case .voices where method == "GET": return try listing(call.query)
    case .voice(let name) where method == "GET":
      guard let voice = voices.find(VoiceReference(name)) else { throw .notFound("Voice") }
      return .json { $0.members(of: voice, inDetail: true) }
    case .voices, .voice, .voiceManagement:
      throw ServiceError(
        "Voice management is not available on this deployment", name: "VALIDATION_ERROR", code: 501)
    case .diagnostics:
      return takesDiagnostics
        ? .json(202) { _ in } : APIResponse(.notFound("Path"))
    case .metrics:
      return APIResponse(
        status: 200, headers: [.init("content-type", "text/plain; version=0.0.4; charset=utf-8")],
        body: Array(situation.metrics.utf8))
    case .socket:
      var answer = APIResponse(
        ServiceError("This path is a WebSocket", name: "VALIDATION_ERROR", code: 426))
      answer.headers.append(.init("upgrade", "websocket"))
      return answer
    case .normalize: return try normalize(call, situation)
    case .generate, .speech, .contexts, .dictionaries, .dictionary, .entries, .entry:
      throw .notFound("Path")
    }
  }

  private func preflight(of route: Route) -> APIResponse {
    let methods = route.methods.joined(separator: ", ")
    return APIResponse(
      status: 204,
      headers: [
        .init("allow", methods), .init("access-control-allow-methods", methods),
        .init("access-control-allow-headers", "authorization, x-api-key, xi-api-key, content-type"),
        .init("access-control-max-age", "600"),
      ])
  }

  private func models(_ engine: String) -> APIResponse {
    .json { writer in
      writer.array("models", ModelName.current) { writer, model in
        writer.object { writer in
          writer.field("id", model)
          writer.field("model_id", model)
          writer.field("name", model)
          writer.field("description", "spoken by the local engine \(engine)")
          writer.field("parameters", "")
          writer.field("max_input_length", characters)
          writer.field("sample_rate", defaultRate)
        }
      }
      // Both protocols have the path, and look for members of their own.
      writer.openAIModels()
    }
  }
}

extension ServiceAPI.Reply {
  fileprivate mutating func add(_ headers: [APIResponse.Header]) {
    switch self {
    case .answer(var answer):
      answer.headers += headers
      self = .answer(answer)
    case .speak(let frame, var head, let form):
      head.headers += headers
      self = .speak(frame, head: head, form: form)
    case .context(var call):
      call.head.headers += headers
      self = .context(call)
    }
  }
}

extension ServiceError {
  package static var forbiddenHost: ServiceError {
    ServiceError("Host not allowed", name: "UNAUTHORIZED", code: 403)
  }

  package static var forbiddenOrigin: ServiceError {
    ServiceError("Origin not allowed", name: "UNAUTHORIZED", code: 403)
  }
}
