import Testing

@testable import KugelTransport

@Suite struct ProxySettingsTests {
  /// Tried one by one with curl 7.88.
  @Test(arguments: [
    ("example.com", "example.com", true), ("www.example.com", "example.com", true),
    ("nonexample.com", "example.com", false), ("www.example.com", ".example.com", true),
    ("example.com", ".example.com", true), ("a.b.example.com", "b.example.com", true),
    ("EXAMPLE.com", "example.COM", true), ("example.com.", "example.com", true),
    ("example.com", "example.com.", true), ("example.com", "com", true),
    ("example.com", "*", true), ("example.com", "*,foo", false), ("example.com", "foo *", false),
    ("example.com", "*.com", false), ("example.com", "foo,example.com", true),
    ("example.com", "foo example.com", true), ("example.com", "foo , example.com", true),
    ("example.com", "example.com;foo", false), ("example.com", "", false),
    ("example.com", "example.com:81", false), ("127.0.0.1", "127.0.0.1:81", false),
    ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "0.0.1", false),
    ("127.0.0.1", "localhost", false), ("localhost", "127.0.0.1", false),
    ("127.0.0.1", "127.0.0.0/8", true), ("127.0.0.1", "127/8", false),
    ("127.0.0.1", "127.0.0.0/0", false), ("127.0.0.1", "127.0.0.0/abc", false),
    ("127.0.0.1", "127.0.0.1/32", true), ("127.0.0.1", "127.0.0.1/33", false),
    ("127.0.0.1", "127.0.0.2/31", false), ("127.0.0.1", "127.0.0.0/31", true),
    ("::1", "::1", true), ("::1", "[::1]", false), ("::1", "::2/127", false),
  ])
  func `hosts are excepted as with curl`(host: String, list: String, isDirect: Bool) {
    let settings = ProxySettings(
      environment: ["http_proxy": "http://127.0.0.1:9", "no_proxy": list])
    let route = settings.route(scheme: "http", host: host)
    #expect((route == .direct) == isDirect)
  }

  /// As curl's manual has it; 7.88 itself took no network of IPv6.
  @Test(arguments: [
    ("fe80::1", "fe80::/10", true), ("::1", "::/64", true),
    ("2001:db8::1", "2001:db8:1::/48", false),
    ("::1", "::1/128", true), ("::1", "::1/129", false), ("::1", "127.0.0.0/8", false),
  ])
  func `networks of IPv6 are excepted`(host: String, list: String, isDirect: Bool) {
    #expect(NoProxyList(list).contains(host) == isDirect)
  }

  private static let one = "http://one:1"
  private static let two = "http://two:2"

  /// Tried one by one with curl 7.88.
  @Test(
    arguments: [
      ("http", ["http_proxy": one], "one"), ("http", ["HTTP_PROXY": one], nil),
      ("http", ["https_proxy": one], nil), ("https", ["http_proxy": one], nil),
      ("https", ["https_proxy": one], "one"), ("https", ["HTTPS_PROXY": one], "one"),
      ("https", ["https_proxy": one, "HTTPS_PROXY": two], "one"),
      ("ws", ["http_proxy": one], "one"), ("ws", ["HTTP_PROXY": one], nil),
      ("wss", ["https_proxy": one], "one"), ("wss", ["HTTPS_PROXY": one], "one"),
      ("ws", ["ws_proxy": one, "http_proxy": two], "one"),
      ("wss", ["wss_proxy": one, "https_proxy": two], "one"), ("wss", ["http_proxy": one], nil),
      ("http", ["all_proxy": one], "one"), ("wss", ["ALL_PROXY": one], "one"),
      ("http", ["http_proxy": one, "all_proxy": two], "one"),
      ("http", ["http_proxy": "", "all_proxy": two], "two"),
      ("http", ["http_proxy": one, "NO_PROXY": "service"], nil),
      ("http", ["http_proxy": one, "no_proxy": "", "NO_PROXY": "service"], nil),
      ("http", ["http_proxy": one, "no_proxy": "other", "NO_PROXY": "service"], "one"),
      ("http", [:], nil),
    ] as [(String, [String: String], String?)])
  func `the variables count as with curl`(
    scheme: String, environment: [String: String], expected: String?
  ) {
    let route = ProxySettings(environment: environment).route(scheme: scheme, host: "service")
    let host: String? = if case .through(let proxy) = route { proxy.host } else { nil }
    #expect(host == expected)
  }

  @Test(arguments: ["127.0.0.1", "localhost", "::1"])
  func `this machine is excepted only where the environment says so`(host: String) {
    let settings = ProxySettings(environment: ["http_proxy": Self.one])
    #expect(settings.route(scheme: "ws", host: host) != .direct)
  }

  @Test(
    arguments: [
      ("proxy", "proxy", 1080, nil), ("http://proxy", "proxy", 1080, nil),
      ("HTTP://proxy:3128/", "proxy", 3128, nil), ("proxy:3128/path", "proxy", 3128, nil),
      ("http://[::1]:8080", "::1", 8080, nil), ("[fe80::1]", "fe80::1", 1080, nil),
      ("http://u:p@proxy:1", "proxy", 1, "dTpw"), ("u%40x:p%3A@proxy:1", "proxy", 1, "dUB4OnA6"),
      ("http://u@proxy:1", "proxy", 1, "dTo="), ("http://a@b:c@proxy:1", "proxy", 1, "YUBiOmM="),
    ] as [(String, String, UInt16, String?)])
  func `an address of a proxy is read`(
    address: String, host: String, port: UInt16, basic: String?
  ) throws {
    let proxy = try Proxy(address: address)
    #expect((proxy.host, proxy.port) == (host, port))
    #expect(proxy.headers["proxy-authorization"] == basic.map { "Basic \($0)" })
    #expect(!proxy.authority.contains("@"))
  }

  @Test(arguments: [
    ("socks5h://proxy:1", ProxyFlaw.kind("socks5h")), ("https://proxy", .kind("https")),
    ("http://", .unreadable), ("http://proxy:0", .unreadable), ("proxy:70000", .unreadable),
    ("http://[::1", .unreadable), ("http://a%zz@proxy", .unreadable), ("a b", .unreadable),
  ])
  func `a proxy that cannot be used blocks the way, for the environment wants one`(
    address: String, flaw: ProxyFlaw
  ) {
    let settings = ProxySettings(environment: ["all_proxy": address])
    #expect(
      settings.route(scheme: "ws", host: "service") == .blocked(flaw, variable: "all_proxy"))
  }
}

@Suite struct ProxyTunnelTests {
  @Test func `the proxy is told where to, and by whom`() throws {
    let proxy = try Proxy(address: "http://user:secret@proxy:3128")
    #expect(
      String(decoding: ProxyTunnel.request(to: "service:443", through: proxy), as: UTF8.self)
        == "CONNECT service:443 HTTP/1.1\r\nHost: service:443\r\n"
        + "proxy-authorization: Basic dXNlcjpzZWNyZXQ=\r\n\r\n")
  }

  @Test(
    arguments: [
      ("HTTP/1.1 200 Connection established\r\n\r\n", nil), ("HTTP/1.0 200 OK\r\n\r\n", nil),
      ("HTTP/1.1 299\r\n\r\n", nil),
      ("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", .refusedTunnel(status: 407)),
      ("HTTP/1.1 503 No\r\nRetry-After: 1\r\n\r\n", .refusedTunnel(status: 503)),
      ("SSH-2.0-OpenSSH\r\n\r\n\r\n", .noHTTP), ("HTTP/2 200\r\n\r\n", .noHTTP),
      ("\r\n\r\n", .noHTTP),
    ] as [(String, ProxyTrouble?)])
  func `only a success opens the way`(head: String, trouble: ProxyTrouble?) {
    do throws(ProxyTrouble) {
      try ProxyTunnel.check(Array(head.utf8))
      #expect(trouble == nil)
    } catch {
      #expect(error == trouble)
    }
  }
}
