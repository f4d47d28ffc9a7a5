import Glibc
import KugelTransport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConnectTimingsTests {
  private func times(_ request: ClientRequest, on loop: EventLoop) async -> ConnectTimings? {
    let (connection, events) = kugelOpen(WebSocketRequest(request), on: loop)
    defer { connection.abort() }
    guard case .opened(_, let took) = await events.nextNews() else { return nil }
    return took
  }

  @Test(arguments: [("127.0.0.1", false), ("localhost", true)])
  func `the wait for the answer is the upgrade's, and only a name is looked up`(
    host: String, isName: Bool
  ) async throws {
    let peer = RawPeer { connection in
      let answer = connection.handshake()
      usleep(60_000)
      connection.write(answer)
      _ = connection.readToEnd()
    }
    let loop = EventLoop()
    defer { loop.stop() }
    let took = try #require(
      await times(ClientRequest(host: host, port: peer.port, path: "/"), on: loop))
    #expect((took.name != nil) == isName)
    #expect(try #require(took.upgrade) >= 60)
    #expect(try #require(took.tcp) >= 0)
    #expect(took.tls == nil)
  }

  @Test func `the TLS handshake is apart from TCP and upgrade`() async throws {
    let authority = try Authority()
    let certificate = try authority.certificate(for: "IP:127.0.0.1")
    let loopback = try Loopback { $0.certificate = certificate }
    var request = loopback.request()
    request.trust = TrustOptions(extraFile: authority.file)
    let took = try #require(await times(request, on: loopback.loop))
    // Keys are exchanged in it: never nothing.
    #expect(try #require(took.tls) > 0)
    #expect(try #require(took.tcp) >= 0)
    #expect(try #require(took.upgrade) > 0)
    #expect(took.name == nil)
  }
}
