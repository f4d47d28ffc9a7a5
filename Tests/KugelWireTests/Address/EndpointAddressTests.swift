import Testing

@testable import KugelWire

struct EndpointAddressTests {
  @Test(arguments: [
    ("https://api.example.com", "api.example.com", 443, true, "/ws/tts"),
    ("http://localhost:8000/", "localhost", 8000, false, "/ws/tts"),
    ("WSS://Example.COM/base/path//", "example.com", 443, true, "/base/path/ws/tts"),
    ("ws://[::1]:81/x", "::1", 81, false, "/x/ws/tts"),
    ("http://127.0.0.1:", "127.0.0.1", 80, false, "/ws/tts"),
    ("http://h/p?x=y&z", "h", 80, false, "/p/ws/tts?x=y&z"),
    ("https://h?x", "h", 443, true, "/ws/tts?x"),
  ])
  func `an address becomes what to connect to`(
    url: String, host: String, port: Int, isSecure: Bool, target: String
  ) throws {
    let address = try EndpointAddress(url: url)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.isSecure == isSecure)
    #expect(address.target(of: .tts) == target)
  }

  @Test(arguments: [
    "", "localhost:8000", "ftp://h", "http://", "http:///x", "http://user@h", "http://u:p@h/",
    "http://h#f", "http://h/\r\nX: y", "http://h/ x", "http://h:0", "http://h:65536", "http://h:8x",
    "http://::1/", "http://[::1", "http://[::1]x", "http://[1:2:3]", "http://[]", "http://[::g]",
    "http://h\\x", "http://münchen.de", "http://a..b", "http://-%41", "http://h:-1",
  ])
  func `what is no address is refused`(url: String) {
    #expect(throws: AddressError.self) { try EndpointAddress(url: url) }
  }

  @Test func `an error shows no secret`() {
    #expect {
      try EndpointAddress(url: "http://user:hunter2@h/?api_key=ka_secret")
    } throws: { error in
      !"\(error)".contains("hunter2") && !"\(error)".contains("ka_secret")
    }
  }

  @Test(arguments: [
    ("::", true), ("::1", true), ("1::", true), ("1:2:3:4:5:6:7:8", true), ("fe80::1:2", true),
    ("::ffff:1.2.3.4", true), ("1:2:3:4:5:6:1.2.3.4", true), ("1:2:3:4:5:6:7::", true),
    ("", false), (":", false), (":::", false), ("1:2:3:4:5:6:7", false), ("1::2::3", false),
    ("1:2:3:4:5:6:7:8:9", false), ("12345::", false), (":1::", false), ("1::2:", false),
    ("::1.2.3", false), ("::1.2.3.256", false), ("1.2.3.4", false),
    ("1:2:3:4:5:6:7:1.2.3.4", false),
  ])
  func `IPv6 addresses are told from others`(text: String, isAddress: Bool) {
    #expect(URLParts.isIPv6(text) == isAddress)
  }

  @Test func `URL before region before key before the default`() throws {
    let key = try APIKey("eu-ka_x")
    func host(_ url: String?, _ region: String?, _ key: APIKey?) throws -> String {
      try EndpointAddress.resolve(url: url, region: region, key: key).host
    }
    #expect(try host("http://own", "eu", key) == "own")
    #expect(try host(nil, "us", key) == "api.kugelaudio.com")
    #expect(try host(nil, nil, key) == "api.eu.kugelaudio.com")
    #expect(try host(nil, "eu", nil) == "api.eu.kugelaudio.com")
    #expect(try host(nil, "global", nil) == "api.kugelaudio.com")
    #expect(try host(nil, nil, APIKey("us-ka_x")) == "api.kugelaudio.com")
    #expect(try host(nil, nil, nil) == "api.kugelaudio.com")
    #expect(throws: AddressError.self) { try host(nil, "asia", nil) }
    #expect(throws: AddressError.self) { try host("http://own", "asia", nil) }
  }

  @Test func `a key loses its region and its newline, and is never shown`() throws {
    for (text, secret, region) in [
      ("ka_x", "ka_x", nil), ("eu-ka_x\n", "ka_x", .eu), (" global-k ", "k", .global),
      ("us-eu-k", "eu-k", .us), ("europe-k", "europe-k", nil),
    ] as [(String, String, Region?)] {
      let key = try APIKey(text)
      #expect(key.secret == secret)
      #expect(key.region == region)
    }
    let key = try APIKey("eu-ka_secret")
    var dumped = ""
    dump(key, to: &dumped)
    for shown in ["\(key)", String(reflecting: key), dumped, "\(Optional(key) as Any)"] {
      #expect(!shown.contains("ka_secret"))
    }
    for bad in ["", "\n", "eu-", "a b", "a\r\nX: y", "schlüssel"] {
      #expect(throws: AddressError.self) { try APIKey(bad) }
    }
  }

  @Test func `requests have targets, hosts have names`() throws {
    let plain = try EndpointAddress(url: "http://h:8000/base?tenant=1")
    #expect(
      plain.target("/v1/voices", query: [("limit", "1"), ("search", "a b&é")])
        == "/base/v1/voices?tenant=1&limit=1&search=a%20b%26%C3%A9")
    #expect(plain.target(of: .multi) == "/base/ws/tts/multi?tenant=1")
    #expect(plain.target(of: .stream, query: [("a", "\n")]) == "/base/ws/tts/stream?tenant=1&a=%0A")
    #expect(plain.authority == "h:8000")
    #expect(try EndpointAddress(url: "wss://[::1]").authority == "[::1]")
    #expect(try EndpointAddress(url: "ws://[::1]:443").authority == "[::1]:443")
  }

  @Test func `an address that is shown hides its query`() throws {
    let address = try EndpointAddress(url: "wss://h/b?api_key=ka_secret")
    #expect("\(address)" == "https://h/b?…")
    #expect(EndpointAddress(region: .eu).description == "https://api.eu.kugelaudio.com")
  }
}
