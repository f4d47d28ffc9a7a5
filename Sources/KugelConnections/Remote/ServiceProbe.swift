import KugelSystem
import KugelTransport
import KugelWire

/// What a service is like to reach.
package struct ServiceProbe: Sendable {
  /// Of the socket over which turns travel: nil when it was not opened. Without sockets, empty when the
  /// service answers.
  package var times: ConnectTimes?
  /// Why it was not opened, or why it does not answer a question.
  package var failure: ServiceFailure?
  /// The service's clock, as its answers tell (RFC 9110, section 6.6.1).
  package var date: String?
  /// What it says of limits of the plan, one a line.
  package var limits: [String] = []
}

extension RemoteService {
  private static let limitHeaders = [
    "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-limit-requests",
    "x-ratelimit-remaining-requests", "ratelimit-limit", "ratelimit-remaining",
  ]

  /// Opens the socket, where there is one, which says nothing, and asks one question. Blocks.
  package func probe(loop: EventLoop = EventLoop()) -> ServiceProbe {
    var probe = ServiceProbe()
    if let codec = kind.socket {
      switch open(codec, loop) {
      case .success(let times): probe.times = times
      case .failure(let failure): probe.failure = failure
      }
    }
    var request = request(kind.codec.questionTarget(at: address))
    request.wantedHeaders += ["date"] + Self.limitHeaders
    switch answer(to: request, loop) {
    case .success(let answer):
      probe.date = answer.head.headers["date"]
      probe.limits = Self.limitHeaders.compactMap { name in
        answer.head.headers[name].map { "\(name): \($0)" }
      }
      probe.limits += kind.codec.limits(answer.body)
      if kind.socket == nil { probe.times = ConnectTimes() }
      if answer.head.status != 200, probe.failure == nil {
        probe.failure = ServiceFailure(
          status: answer.head.status, headers: answer.head.headers, body: answer.body)
      }
    case .failure(let error):
      probe.failure = probe.failure ?? ServiceFailure(error, reaching: address)
    }
    return probe
  }

  private func open(
    _ codec: any SocketCodec, _ loop: EventLoop
  ) -> Result<ConnectTimes, ServiceFailure> {
    let outcome = Monitor<Result<ConnectTimes, ServiceFailure>?>(nil)
    let settle = { @Sendable (result: Result<ConnectTimes, ServiceFailure>) in
      outcome.change { if $0 == nil { $0 = result } }
    }
    let address = address
    var settings = TurnSettings()
    // One is part of the address; none is spoken with.
    if capabilities.hasVoicePerConnection { settings.voice = .handle("21m00Tcm4TlvDq8ikWAM") }
    let request = WebSocketRequest(
      request(codec.target(of: .stream, at: address, settings: settings)))
    let socket = WebSocketConnection(request, on: loop) { event in
      switch event {
      case .opened(_, let took): settle(.success(ConnectTimes(took)))
      case .failed(let error): settle(.failure(ServiceFailure(error, reaching: address)))
      case .closed(let code, let reason):
        settle(.failure(.closed(code: code, reason: reason)))
      case .text, .binary, .drained, .pinged: break
      }
    }
    defer { socket.close() }
    return outcome.wait { $0 }
  }

  private func answer(
    to request: ClientRequest, _ loop: EventLoop
  ) -> Result<HTTPAnswer, TransportError> {
    let answer = Monitor<Result<HTTPAnswer, TransportError>?>(nil)
    let exchange = HTTPExchange.fetch(request, on: loop) { result in
      answer.change { $0 = result }
    }
    defer { exchange.cancel() }
    return answer.wait { $0 }
  }
}
