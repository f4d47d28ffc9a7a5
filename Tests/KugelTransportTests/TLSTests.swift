import KugelTransport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TLSTests {
  private let authority: Authority

  init() throws {
    authority = try Authority()
  }

  /// The outcome of connecting to a server with a certificate for `names`.
  private func outcome(
    names: String, host: String, trust: TrustOptions, address: String = "127.0.0.1", days: Int = 2
  ) async throws -> SocketEvent? {
    let certificate = try authority.certificate(for: names, days: days)
    let loopback = try Loopback {
      $0.certificate = certificate
      $0.address = address
    }
    var request = loopback.request()
    request.host = host
    request.trust = trust
    let (connection, events) = kugelOpen(WebSocketRequest(request), on: loopback.loop)
    defer { connection.abort() }
    guard let first = await events.nextNews() else { return nil }
    guard case .opened = first else { return first }
    connection.send(text: "secret")
    return await events.nextNews()
  }

  private func failure(_ event: SocketEvent?) -> TLSFailure? {
    guard case .failed(.tls(let failure)) = event else { return nil }
    return failure
  }

  @Test(arguments: [
    ("DNS:localhost", "localhost", "127.0.0.1"), ("IP:127.0.0.1", "127.0.0.1", "127.0.0.1"),
    ("IP:0:0:0:0:0:0:0:1", "::1", "::1"),
  ]) func `a certificate of an authority named by file is accepted for its name`(
    names: String, host: String, address: String
  ) async throws {
    let event = try await outcome(
      names: names, host: host, trust: TrustOptions(extraFile: authority.file), address: address)
    #expect(event == .text(Array("secret".utf8)))
  }

  @Test func `the environment names authorities by file or directory`() async throws {
    for environment in [
      ["SSL_CERT_FILE": authority.file],
      ["SSL_CERT_DIR": "/nowhere:" + (try authority.hashedDirectory())],
    ] {
      let event = try await outcome(
        names: "DNS:localhost", host: "localhost", trust: TrustOptions(environment: environment))
      #expect(event == .text(Array("secret".utf8)))
    }
  }

  @Test func `an unknown authority is refused, and the cause named`() async throws {
    let event = try await outcome(names: "DNS:localhost", host: "localhost", trust: TrustOptions())
    guard case .unknownAuthority(let cause) = failure(event) else {
      Issue.record("the authority was not the matter")
      return
    }
    #expect(cause.contains("issuer certificate"))
  }

  @Test(arguments: [
    ("DNS:example.org", "localhost", "127.0.0.1"), ("DNS:localhost", "127.0.0.1", "127.0.0.1"),
    ("IP:0:0:0:0:0:0:0:2", "::1", "::1"),
  ]) func `a certificate for another name is refused, and the cause named`(
    names: String, host: String, address: String
  ) async throws {
    let event = try await outcome(
      names: names, host: host, trust: TrustOptions(extraFile: authority.file), address: address)
    #expect(failure(event) == .otherName)
  }

  @Test func `a certificate whose time is over is told apart`() async throws {
    let event = try await outcome(
      names: "DNS:localhost", host: "localhost", trust: TrustOptions(extraFile: authority.file),
      days: -1)
    #expect(failure(event) == .expired)
  }

  @Test func `what one connection trusts, another on the same loop does not`() async throws {
    let certificate = try authority.certificate(for: "DNS:localhost")
    let loopback = try Loopback { $0.certificate = certificate }
    for (trust, isTrusted) in [
      (TrustOptions(extraFile: authority.file), true), (TrustOptions(), false),
      (TrustOptions(extraFile: authority.file), true),
    ] {
      var request = loopback.request()
      request.host = "localhost"
      request.trust = trust
      let result = await loopback.fetch(request)
      if isTrusted {
        #expect(try result.get().head.status == 404)
      } else {
        guard case .failure(.tls) = result else {
          Issue.record("not a matter of TLS")
          return
        }
      }
    }
  }

  @Test func `several listeners of one loop keep their certificates apart`() async throws {
    let certificates = try ["localhost", "example.org"].map {
      try authority.certificate(for: "DNS:\($0)")
    }
    let loop = EventLoop()
    for (certificate, isForUs) in zip(certificates, [true, false]) {
      var options = ListenerOptions()
      options.certificate = certificate
      let listener = try Listener(
        options, on: loop, upgrade: { _ in .refuse(.text(503, "")) },
        request: { _, responder in responder.respond(.text(200, "")) })
      var request = ClientRequest(host: "localhost", port: listener.port, path: "/")
      request.trust = TrustOptions(extraFile: authority.file)
      let result = await withCheckedContinuation { continuation in
        HTTPExchange.fetch(request, on: loop) { continuation.resume(returning: $0) }
      }
      #expect((try? result.get().head.status) == (isForUs ? 200 : nil))
    }
    loop.stop()
  }

  @Test func `an authority that cannot be read is an error, not a silent lack`() async throws {
    let event = try await outcome(
      names: "DNS:localhost", host: "localhost", trust: TrustOptions(extraFile: "/nowhere.pem"))
    guard case .failed(.authorities(let file, cause: _)) = event else {
      Issue.record("the authorities were read")
      return
    }
    #expect(file == "/nowhere.pem")
  }

  @Test func `a server without TLS is told apart`() async throws {
    let loopback = try Loopback()
    var request = loopback.request()
    request.trust = TrustOptions()
    guard case .failure(.tls(let failure)) = await loopback.fetch(request) else {
      Issue.record("not a matter of TLS")
      return
    }
    #expect(failure == .other("wrong version number"))
  }

  @Test func `a certificate that cannot be read keeps the listener from opening`() throws {
    let failure = #expect(throws: ListenError.self) {
      try Loopback { $0.certificate = .init(chain: "/nowhere.pem", key: "/nowhere.key") }
    }
    guard case .tls = failure else {
      Issue.record("not a matter of TLS")
      return
    }
  }

  @Test func `a client that speaks no TLS is dropped and others are served`() async throws {
    let certificate = try authority.certificate(for: "DNS:localhost")
    let loopback = try Loopback { $0.certificate = certificate }
    let plain = RawConnection(to: loopback.listener.port)
    plain.write("GET / HTTP/1.1\r\n\r\n")
    _ = plain.readToEnd()
    plain.close()
    var request = loopback.request()
    request.host = "localhost"
    request.trust = TrustOptions(extraFile: authority.file)
    #expect(try await loopback.fetch(request).get().head.status == 404)
  }

  @Test func `a big message crosses TLS whole, both ways`() async throws {
    let certificate = try authority.certificate(for: "DNS:localhost")
    let loopback = try Loopback {
      $0.certificate = certificate
      $0.maximumMessage = 8 << 20
    }
    var request = loopback.request()
    request.host = "localhost"
    request.trust = TrustOptions(extraFile: authority.file)
    let (connection, events) = kugelOpen(WebSocketRequest(request), on: loopback.loop)
    let big = (0..<(3 << 20)).map { UInt8(0x20 + $0 % 90) }
    connection.send(text: big)
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    #expect(await events.nextNews() == .text(big))
    connection.close()
    #expect(await events.end() == .closed(code: 1000, reason: ""))
  }
}
