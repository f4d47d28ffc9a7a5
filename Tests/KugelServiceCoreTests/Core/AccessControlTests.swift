import Testing

@testable import KugelServiceCore

private func request(_ headers: [String: String] = [:], key: String? = nil) -> APIRequest {
  APIRequest(
    "GET", "/", query: QueryItems(key.map { [("api_key", $0)] } ?? []), headers: headers)
}

@Suite struct AccessControlTests {
  let access = AccessControl(keys: ["ka_one", "ka_second"])

  @Test(arguments: [
    request(["authorization": "Bearer ka_one"]), request(["authorization": "bearer  ka_second"]),
    request(["x-api-key": "ka_one"]), request(key: "ka_second"),
    request(["authorization": "Basic abc", "x-api-key": "ka_one"]),
  ])
  func `a key is taken from two headers and the query`(request: APIRequest) {
    #expect(access.admits(request))
  }

  @Test(arguments: [
    request(), request(key: ""), request(key: "ka_on"), request(key: "ka_onee"),
    request(key: "ka_oneka_one"), request(["x-api-key": "KA_ONE"]),
    request(["authorization": "ka_one"]), request(["authorization": "Bearer"]),
    request(["authorization": "Bearer eu-ka_one"]),
  ])
  func `nothing else is`(request: APIRequest) {
    #expect(!access.admits(request))
  }

  @Test func `without keys everybody is let in`() {
    #expect(AccessControl().admits(request()))
    #expect(!AccessControl().asksForKey)
  }

  @Test func `pages are refused unless allowed; who is no browser names none`() {
    #expect(access.allowsOrigin(nil))
    #expect(!access.allowsOrigin("https://example.org"))
    #expect(!access.allowsOrigin("null"))
    let open = AccessControl(allowedOrigins: ["https://Example.org"])
    #expect(open.allowsOrigin("https://example.org"))
    #expect(!open.allowsOrigin("https://example.org.evil.com"))
    #expect(AccessControl(allowedOrigins: ["*"]).allowsOrigin("null"))
  }

  @Test func `a key file has a key a line, and comments`() {
    #expect(
      AccessControl.keys(inFile: "# keys\nka_one\r\n\n  ka_two \t\n#ka_three") == [
        "ka_one", "ka_two",
      ])
  }
}

@Suite struct ListenAddressTests {
  @Test(arguments: [
    ("127.0.0.1:8000", "127.0.0.1", 8000), ("localhost", "localhost", 8000),
    ("[::1]:0", "::1", 0), ("0.0.0.0:65535", "0.0.0.0", 65_535),
  ])
  func `an address has a host and perhaps a port`(text: String, host: String, port: Int) throws {
    let address = try #require(ListenAddress(text))
    #expect((address.host, Int(address.port)) == (host, port))
  }

  @Test(arguments: ["", ":8000", "a:", "a:b", "a:65536", "::1", "[::1", "[x]:1", "a:1:2", "a:+1"])
  func `anything else is not one`(text: String) {
    #expect(ListenAddress(text) == nil)
  }

  @Test func `loopback is told from the rest`() {
    for near in ["127.0.0.1", "127.9.9.9", "localhost", "::1"] {
      #expect(ListenAddress(host: near).isLoopback)
    }
    for far in ["0.0.0.0", "::", "10.0.0.1", "127.example.org", "localhost.example.org"] {
      #expect(!ListenAddress(host: far).isLoopback)
    }
    #expect("\(ListenAddress(host: "::1", port: 1))" == "[::1]:1")
  }
}
