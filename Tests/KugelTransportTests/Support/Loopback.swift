import KugelTransport

/// A loop, and a listener on it at a free port, for one test.
final class Loopback: Sendable {
  let loop = EventLoop()
  let listener: Listener

  /// Accepts every WebSocket and hands it to `serve`; answers requests with `request`.
  init(
    _ adjust: (inout ListenerOptions) -> Void = { _ in },
    request: @escaping @Sendable (HTTPRequest, HTTPResponder) -> Void = { _, responder in
      responder.respond(.text(404, "not here"))
    },
    serve: @escaping @Sendable (ServerWebSocket) -> @Sendable (SocketEvent) -> Void = echo
  ) throws {
    var options = ListenerOptions()
    adjust(&options)
    listener = try Listener(
      options, on: loop, upgrade: { _ in .accept(serve: serve) }, request: request)
  }

  init(
    upgrade: @escaping @Sendable (UpgradeRequest) -> UpgradeDecision
  ) throws {
    listener = try Listener(
      ListenerOptions(), on: loop, upgrade: upgrade,
      request: { _, responder in responder.respond(.text(404, "not here")) })
  }

  deinit { loop.stop() }

  func request(_ path: String = "/") -> ClientRequest {
    ClientRequest(host: listener.address, port: listener.port, path: path)
  }

  func open(
    _ adjust: (inout WebSocketRequest) -> Void = { _ in }
  ) -> (WebSocketConnection, Events<SocketEvent>) {
    var request = WebSocketRequest(request("/ws"))
    adjust(&request)
    return kugelOpen(request, on: loop)
  }

  func fetch(_ request: ClientRequest) async -> Result<HTTPAnswer, TransportError> {
    await withCheckedContinuation { continuation in
      HTTPExchange.fetch(request, on: loop) { continuation.resume(returning: $0) }
    }
  }
}

func kugelOpen(
  _ request: WebSocketRequest, on loop: EventLoop
) -> (WebSocketConnection, Events<SocketEvent>) {
  let events = Events<SocketEvent>()
  return (WebSocketConnection(request, on: loop, handler: events.handler), events)
}

@Sendable func echo(_ socket: ServerWebSocket) -> @Sendable (SocketEvent) -> Void {
  { event in
    switch event {
    case .text(let bytes): socket.send(text: bytes)
    case .binary(let bytes): socket.send(binary: bytes)
    case .opened, .drained, .pinged, .closed, .failed: break
    }
  }
}
