import Glibc
import Testing

@testable import KugelTransport

@Suite struct PassedSocketTests {
  @Test(arguments: [
    ("7", "1", 1), ("7", "3", 3), ("8", "1", 0), ("7", "0", 0), ("7", "-1", 0), ("7", "one", 0),
    ("seven", "1", 0), ("", "", 0),
  ])
  func `sockets count for the process that they are meant for`(
    process: String, sockets: String, count: Int
  ) {
    #expect(PassedSocket.count(process: process, sockets: sockets, own: 7) == count)
  }

  @Test func `without the variables none was passed`() {
    #expect(PassedSocket.count(process: nil, sockets: "1", own: 7) == 0)
    #expect(PassedSocket.count(process: "7", sockets: nil, own: 7) == 0)
  }

  @Test func `what does not listen is refused`() throws {
    var ends: [CInt] = [-1, -1]
    try #require(unsafe pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    #expect(throws: PassedSocketError.notListening) { try PassedSocket(descriptor: ends[0]) }
    #expect(throws: PassedSocketError.notListening) { try PassedSocket(descriptor: -1) }
    let idle = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    defer { close(idle) }
    #expect(throws: PassedSocketError.notListening) { try PassedSocket(descriptor: idle) }
  }

  @Test func `a listener that was passed serves, and its port outlives it`() async throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    let bound = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(bound == 0 && listen(descriptor, 16) == 0)
    // Whoever passes a socket keeps it.
    let kept = dup(descriptor)
    defer { close(kept) }
    let passed = try PassedSocket(descriptor: descriptor)
    #expect(passed.host == "127.0.0.1")
    #expect(passed.port > 0)
    var options = ListenerOptions()
    options.passed = passed
    let loop = EventLoop()
    defer { loop.stop() }
    let listener = try Listener(
      options, on: loop, upgrade: { _ in .ignore }, request: { $1.respond(.text(200, "here")) })
    #expect(listener.port == passed.port)
    let request = ClientRequest(host: "127.0.0.1", port: listener.port, path: "/")
    let answer = await withCheckedContinuation { continuation in
      HTTPExchange.fetch(request, on: loop) { continuation.resume(returning: $0) }
    }
    #expect(String(decoding: try answer.get().body, as: UTF8.self) == "here")
    listener.close()
    let again = try PassedSocket(descriptor: kept)
    #expect(again.port == passed.port, "the socket listens on")
  }
}
