import Testing

@testable import KugelServiceCore

@Suite struct HostNamesTests {
  @Test(arguments: [
    (nil, true), ("localhost", true), ("LOCALHOST:8000", true), ("localhost.", true),
    ("127.0.0.1:8000", true), ("127.1.2.3", true), ("[::1]:8000", true), ("[::1]", true),
    ("tts.example.org", true), ("TTS.example.org:443", true),
    ("evil.example", false), ("evil.example:8000", false), ("x", false), ("", false),
    ("127.0.0.1.evil.example", false), ("127.evil", false), ("localhost.evil.example", false),
    ("192.0.2.1", false), ("[::2]", false), ("evil@localhost", false), (":8000", false),
  ])
  func `a service on this machine answers to its own names`(header: String?, isOwn: Bool) {
    let names = HostNames(listening: "127.0.0.1", others: ["tts.example.org"])
    #expect(names.admit(header) == isOwn)
  }

  @Test func `the address it listens on is its own, and a star is everything`() {
    #expect(HostNames(listening: "127.0.0.53").admit("127.0.0.53:1"))
    #expect(HostNames(listening: "::1").admit("[::1]:1"))
    #expect(HostNames(listening: "127.0.0.1", others: ["*"]).admit("evil.example"))
  }
}
