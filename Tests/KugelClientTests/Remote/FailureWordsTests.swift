import KugelTransport
import KugelWire
import Testing

@testable import KugelConnections

/// What is said of a connection that was not made, and what to do about it.
@Suite struct FailureWordsTests {
  private func failure(_ error: TransportError) throws -> ServiceFailure {
    ServiceFailure(
      error,
      reaching: try EndpointAddress.resolve(
        url: "https://service.example", region: nil, key: nil))
  }

  @Test(arguments: [
    (TLSFailure.unknownAuthority("Unable to get local issuer certificate"), true),
    (.expired, false), (.notYetValid, false), (.otherName, false),
    (.other("wrong version number"), false),
  ])
  func `an authority is named only where one is missing`(tls: TLSFailure, names: Bool) throws {
    let failure = try failure(.tls(tls))
    #expect(failure.cause.hasPrefix("no trust in "))
    #expect(failure.nextStep?.contains("--ca") == names)
    #expect(!failure.mayPass)
  }

  @Test(arguments: [
    [UInt8](), Array(#"{"error":"Path not found","error_code":"NOT_FOUND","code":404}"#.utf8),
  ])
  func `what is not found at the upgrade is no voice`(body: [UInt8]) throws {
    let failure = try failure(.upgradeRefused(HTTPRefusal(status: 404, body: body)))
    #expect(failure.kind == .noSuchPath)
    #expect(failure.nextStep?.contains("--url") == true)
    #expect(failure.nextStep?.contains("voices") == false)
  }

  @Test func `a voice that is part of the address and not found is told of as one`() throws {
    let body = Array(#"{"detail":{"status":"voice_not_found","message":"no such voice"}}"#.utf8)
    let failure = try failure(.upgradeRefused(HTTPRefusal(status: 404, body: body)))
    #expect(failure.kind == .notFound)
  }

  @Test(arguments: [
    ProxyTrouble.nameNotFound(cause: "x"), .refused, .unreachable(cause: "No route to host"),
    .timedOut, .lost, .noHTTP, .refusedTunnel(status: 407), .refusedTunnel(status: 503),
  ])
  func `a proxy at fault is named, and nothing that it was shown`(trouble: ProxyTrouble) throws {
    let failure = try failure(.proxy(at: "proxy.example:3128", trouble))
    #expect(failure.cause.contains("proxy.example:3128"))
    #expect(failure.nextStep?.isEmpty == false)
  }

  @Test func `a proxy that cannot be used is named by its variable`() throws {
    let failure = try failure(.proxyUnusable(variable: "all_proxy", .kind("socks5")))
    #expect(failure.cause.contains("all_proxy") && failure.cause.contains("socks5"))
  }

  @Test(arguments: [
    ("http://service.example", false, ProxyRoute.through(Proxy(host: "one", port: 1))),
    ("http://service.example", true, .through(Proxy(host: "one", port: 1))),
    ("https://service.example", false, .through(Proxy(host: "two", port: 2))),
    ("https://service.example", true, .through(Proxy(host: "two", port: 2))),
    ("https://direct.example", true, .direct),
  ])
  func `requests and sockets take the way that the environment names`(
    url: String, opensSocket: Bool, route: ProxyRoute
  ) throws {
    let service = RemoteService(
      address: try EndpointAddress.resolve(
        url: url, region: nil, key: nil), agent: "test",
      proxies: ProxySettings(environment: [
        "http_proxy": "http://one:1", "https_proxy": "two:2", "no_proxy": "direct.example",
      ]))
    #expect(service.request("/", opensSocket: opensSocket).route == route)
  }
}
