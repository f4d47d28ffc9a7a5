import KugelServiceCore
import KugelSystem
import KugelTransport
import KugelWire
import Synchronization

/// Every connection of a server, from its first byte to its last.
///
/// Handlers run on the loop's thread.
final class ConnectionHub: Sendable {
  private struct State {
    var lanes: [Int: LoopBound<ServiceLane>] = [:]
    /// Sockets and responses that are not gone yet, those without a lane included.
    var open: Set<Int> = []
    var sockets: [Int: SocketName] = [:]
    var lastID = 0
    var upgrades = 0
  }

  let context: ServerContext
  private let state = Mutex(State())
  private let allEnded = Monitor(false)

  init(_ context: ServerContext) { self.context = context }

  // MARK: Requests

  /// Looks at a request before its body is read.
  func screen(_ request: HTTPRequest) -> HTTPResponse? {
    let call = APIRequest(request.head, body: [])
    guard let refusal = context.api.refusal(of: call) else { return nil }
    let requestID = makeRequestID()
    count(status: refusal.status, "\(request.peer) \(call.method) \(call.path)", requestID)
    return HTTPResponse(refusal, requestID: requestID)
  }

  func answer(_ request: HTTPRequest, _ responder: HTTPResponder) {
    let requestID = makeRequestID()
    let call = APIRequest(request.head, body: request.body)
    let line = "\(request.peer) \(call.method) \(call.path)"
    let context = context
    let body: DictionaryShelf.Body = { dictionaries in
      context.api.reply(to: call, dictionaries: &dictionaries, in: context.situation)
    }
    guard context.api.changesDictionaries(call) else {
      return answer(with: context.shelf.answer(body), line, responder, requestID)
    }
    context.shelf.change(body) { [self] reply, failure in
      if let failure { context.log("dictionaries not saved: \(failure)") }
      answer(with: reply, line, responder, requestID)
    }
  }

  private func answer(
    with reply: ServiceAPI.Reply, _ line: String, _ responder: HTTPResponder, _ requestID: String
  ) {
    switch reply {
    case .answer(let answer):
      responder.respond(HTTPResponse(answer, requestID: requestID))
      count(status: answer.status, line, requestID)
    case .speak(let frame, let head, let form):
      speak(frame, head, form, responder, requestID: requestID) { [self] status in
        count(status: status, line, requestID)
      }
    case .context(let call):
      speak(call, responder, requestID: requestID) { [self] status in
        count(status: status, line, requestID)
      }
    }
  }

  private func count(status: Int, _ line: String, _ requestID: String) {
    context.metrics.withLock { $0.answered(status: status) }
    context.log("\(line) \(status) [\(requestID)]")
  }

  private func find(_ id: Int) -> LoopBound<ServiceLane>? { state.withLock { $0.lanes[id] } }

  /// A text in one of ElevenLabs' calls: a socket of one context that is told all of it at once.
  private func speak(
    _ call: ContextCall, _ responder: HTTPResponder, requestID: String,
    report: @escaping @Sendable (Int) -> Void
  ) {
    let busy = BusyFlag()
    let request = ContextSocket.Request(
      isMulti: false, settings: call.settings, isAdmitted: true, format: call.format)
    let core = ContextSocket(
      profile: context.profile(busy), request: request, admits: { _ in true }, at: .now)
    speak(core, busy, responder, [ClientFrame(text: call.text), ClientFrame(text: "")]) { onEnd in
      ContextResponse(responder, call, requestID: requestID) { status in
        report(status)
        onEnd()
      }
    }
  }

  /// On the loop's thread.
  private func speak(
    _ core: any ServiceCore, _ busy: BusyFlag, _ responder: HTTPResponder, _ frames: [ClientFrame],
    _ output: (_ onEnd: @escaping @Sendable () -> Void) -> any LaneOutput
  ) {
    let id = register()
    let output = output { [self] in
      // Whoever says so may be in the middle of something.
      context.loop.post { [self] in find(id)?.use { $0.disconnected() } }
    }
    let lane = ServiceLane(core: core, output: output, busy: busy, context: context) { [self] in
      leave(id, whenSent: responder)
    }
    let bound = LoopBound(lane, of: context.loop)
    state.withLock { $0.lanes[id] = bound }
    responder.observe { event in
      bound.use { lane in
        switch event {
        case .drained: lane.drained()
        case .disconnected: lane.disconnected()
        }
      }
    }
    for frame in frames { lane.receive(.frame(frame)) }
    if context.draining { lane.receive(.drain) }
  }

  /// On the loop's thread.
  private func speak(
    _ frame: ClientFrame, _ head: APIResponse, _ form: SpokenForm, _ responder: HTTPResponder,
    requestID: String, report: @escaping @Sendable (Int) -> Void
  ) {
    let busy = BusyFlag()
    var profile = context.profile(busy)
    if let speeds = form.speeds { profile.limits.speeds = speeds }
    speak(OneShotService(profile: profile), busy, responder, [frame]) { onEnd in
      ResponseOutput(responder, head: head, form: form, requestID: requestID) { status in
        report(status)
        onEnd()
      }
    }
  }

  /// What was written should be with the system before the process may end.
  private func leave(_ id: Int, whenSent responder: HTTPResponder, attempts: Int = 250) {
    state.withLock { $0.lanes[id] = nil }
    guard responder.pendingBytes > 0, attempts > 0 else { return gone(id) }
    context.loop.schedule(at: .now + .milliseconds(20)) { [self] in
      leave(id, whenSent: responder, attempts: attempts - 1)
    }
  }

  // MARK: WebSockets

  func decide(_ request: UpgradeRequest) -> UpgradeDecision {
    let requestID = makeRequestID()
    let call = APIRequest(request.head, body: [])
    let number = state.withLock { state in
      defer { state.upgrades += 1 }
      return state.upgrades
    }
    let faults = context.options.faults.plan(forConnection: number)
    if faults.has(.noHandshake) { return .ignore }
    let door: SocketDoor?
    do throws(ServiceError) { door = try self.door(of: call) } catch {
      return refuse(APIResponse(contexts: error, requestID: requestID), request, requestID)
    }
    guard let door else { return refuse(APIResponse(.notFound("Path")), request, requestID) }
    if let refusal = faults.refusal ?? refusal(of: call, at: door) {
      return refuse(refusal, request, requestID)
    }
    context.log("\(request.peer) opens \(call.path) [\(requestID)]")
    let accepted = APIResponse(status: 101, headers: [.aiGenerated])
    return .accept(headers: accepted.fields(requestID: requestID)) { [self] socket in
      serve(socket, door, call, requestID: requestID, connection: number)
    }
  }

  private func door(of call: APIRequest) throws(ServiceError) -> SocketDoor? {
    if let endpoint = Endpoint.allCases.first(where: { $0.path == call.path }) {
      return .turns(endpoint)
    }
    guard let door = ContextDoor(path: call.path) else { return nil }
    return .contexts(door, try door.request(call, access: context.api.access))
  }

  private func refusal(of call: APIRequest, at door: SocketDoor) -> APIResponse? {
    let access = context.api.access
    if !access.allowsHost(call.headers["host"]) { return APIResponse(.forbiddenHost) }
    if !access.allowsOrigin(call.headers["origin"]) { return APIResponse(.forbiddenOrigin) }
    // Those of contexts open to everybody: a key may come with the first message.
    if case .turns = door, !access.admits(call) { return APIResponse(.unauthorized()) }
    if context.draining {
      return APIResponse(
        ServiceError("The service is shutting down", name: "MODEL_UNAVAILABLE", code: 503)
          .retrying(after: 1))
    }
    return nil
  }

  private func refuse(
    _ answer: APIResponse, _ request: UpgradeRequest, _ requestID: String
  ) -> UpgradeDecision {
    count(status: answer.status, "\(request.peer) upgrade \(request.head.path)", requestID)
    return .refuse(HTTPResponse(answer, requestID: requestID))
  }

  private func serve(
    _ socket: ServerWebSocket, _ door: SocketDoor, _ call: APIRequest, requestID: String,
    connection: Int
  ) -> @Sendable (SocketEvent) -> Void {
    let id = register()
    let busy = BusyFlag()
    let output = SocketOutput(
      socket, writer: door.writer(), requestID: requestID,
      line: faultLine(of: door, connection: connection), loop: context.loop
    ) { [self] isGone in
      find(id)?.use { $0.disconnected() }
      if isGone { gone(id) }
    }
    let lane = ServiceLane(
      core: door.core(call, context.profile(busy), context.api.access), output: output,
      busy: busy, context: context, idleTimeout: context.options.idleTimeout
    ) { [self] in state.withLock { $0.lanes[id] = nil } }
    let bound = LoopBound(lane, of: context.loop)
    state.withLock { state in
      state.lanes[id] = bound
      state.sockets[id] = door.name
    }
    context.metrics.withLock { $0.socketOpened(door.name) }
    // One that is refused is told so before it says anything, and silence counts from here.
    if case .contexts = door { context.loop.post { bound.use { $0.drained() } } }
    if case .turns(.tts) = door, let first = call.query["initial_message"] {
      context.loop.post { bound.use { $0.receive(Self.initial(first, at: door)) } }
    }
    let lint = context.options.lints ? LoopBound(SocketLint(door), of: context.loop) : nil
    return { [self] event in
      bound.use { lane in
        switch event {
        case .text(let message):
          let heard = door.event(of: message)
          lint?.use { $0.note(heard, of: call.path, requestID, telling: context.advise) }
          lane.receive(heard)
        case .binary:
          lane.receive(.unreadable(.validation("Invalid request: binary messages are not read")))
        case .drained: lane.drained()
        case .opened, .pinged: break
        case .closed, .failed:
          context.log("\(call.path) ended [\(requestID)]")
          lane.disconnected()
          gone(id)
        }
      }
    }
  }

  /// What goes wrong on purpose goes wrong where turns are spoken of.
  private func faultLine(of door: SocketDoor, connection: Int) -> FaultLine? {
    guard case .turns(let endpoint) = door, !context.options.faults.isEmpty else { return nil }
    return FaultLine(plan: context.options.faults, endpoint: endpoint, connection: connection)
  }

  /// Source: protocol notes, section 4.1.
  private static func initial(_ message: String, at door: SocketDoor) -> ServiceEvent {
    guard message.unicodeScalars.count <= 4096 else {
      return .unreadable(.validation("initial_message must be at most 4096 characters"))
    }
    return door.event(of: Array(message.utf8))
  }

  // MARK: The end

  private func register() -> Int {
    state.withLock { state in
      state.lastID += 1
      state.open.insert(state.lastID)
      return state.lastID
    }
  }

  private func gone(_ id: Int) {
    let (name, isLast) = state.withLock { state in
      guard state.open.remove(id) != nil else { return (nil as SocketName?, false) }
      return (state.sockets.removeValue(forKey: id), state.open.isEmpty)
    }
    if let name { context.metrics.withLock { $0.socketClosed(name) } }
    if isLast, context.draining { allEnded.change { $0 = true } }
  }

  /// Lets what is under way end, and ends what is not.
  func drain() {
    let (lanes, isEmpty) = state.withLock { (Array($0.lanes.values), $0.open.isEmpty) }
    for lane in lanes { lane.use { $0.receive(.drain) } }
    if isEmpty { allEnded.change { $0 = true } }
  }

  /// Ends what a drain has waited for too long.
  func cutOff() {
    for lane in state.withLock({ Array($0.lanes.values) }) { lane.use { $0.cutOff() } }
  }

  func giveUpWaiting() { allEnded.change { $0 = true } }

  /// Returns when a drain has ended the last connection.
  func waitUntilEnded() { allEnded.wait { $0 ? () : nil } }
}

extension APIRequest {
  init(_ head: RequestHead, body: [UInt8]) {
    self.init(
      head.method, head.path, query: QueryItems(head.query.map { ($0.name, $0.value) }),
      headers: Dictionary(
        head.headers.fields.map { ($0.name.lowercased(), $0.value) },
        uniquingKeysWith: { first, _ in first }),
      body: body)
  }
}
