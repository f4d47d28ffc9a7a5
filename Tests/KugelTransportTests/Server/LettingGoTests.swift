import KugelTransport
import Testing

/// What answers a connection holds the connection, which holds what answers: somebody has to let go.
@Suite(.timeLimit(.minutes(1)))
struct LettingGoTests {
  enum End: CaseIterable {
    case abortedByService, closedByService, abortedByClient, closedByClient, stopped
  }

  @Test(arguments: End.allCases)
  func `however a WebSocket ends, what answered it goes`(end: End) async throws {
    let gone = Events<String>()
    let sockets = Events<ServerWebSocket>()
    let loopback = try Loopback(serve: { socket in
      let grip = Grip(on: gone)
      sockets.handler(socket)
      return { _ in grip.use(socket) }
    })
    let (connection, events) = loopback.open()
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    let socket = try #require(await sockets.next())
    // More than the system takes, so that something is still to be sent.
    for _ in 0..<40 { socket.send(binary: [UInt8](repeating: 0, count: 100_000)) }
    switch end {
    case .abortedByService: socket.abort()
    case .closedByService: socket.close()
    case .abortedByClient: connection.abort()
    case .closedByClient: connection.close()
    case .stopped: loopback.loop.stop()
    }
    #expect(await gone.next() == "gone")
  }

  @Test func `a request whose client left lets go of what answers it`() async throws {
    let gone = Events<String>()
    let heard = Events<HTTPResponderEvent>()
    let responders = Events<HTTPResponder>()
    let loopback = try Loopback {
      $0.sendBuffer = 256 * 1024
    } request: { _, responder in
      let grip = Grip(on: gone)
      responder.observe {
        grip.use(responder)
        heard.handler($0)
      }
      responder.begin(200)
      responders.handler(responder)
    }
    let exchange = HTTPExchange(loopback.request("/"), on: loopback.loop) { _ in }
    let responder = try #require(await responders.next())
    exchange.cancel()
    // That nobody takes it shows with what is sent.
    for _ in 0..<80 { responder.write([UInt8](repeating: 0, count: 100_000)) }
    #expect(await heard.first { $0 == .disconnected } == .disconnected)
    #expect(await gone.next() == "gone")
  }
}

/// Says when nobody holds it any more.
private final class Grip: Sendable {
  private let gone: Events<String>

  init(on gone: Events<String>) { self.gone = gone }
  deinit { gone.handler("gone") }

  func use(_ other: some Sendable) {}
}
