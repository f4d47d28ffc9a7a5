import Dispatch
import Synchronization
import Testing

@testable import KugelTransport

/// What strangers can do to a listener: ask and not listen, take their time, come in crowds.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct StrangerTests {
  private static let upgrade =
    "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"

  private func masked(_ opcode: WebSocketOpcode, _ payload: [UInt8]) -> [UInt8] {
    var frame: [UInt8] = []
    WebSocketWriter.append(opcode, payload, mask: SIMD4(1, 2, 3, 4), to: &frame)
    return frame
  }

  /// Sends all that goes within a moment, and says how much that was.
  private func flood(_ connection: RawConnection, _ bytes: [UInt8], times: Int) async {
    let sent = Flag()
    DispatchQueue.global().async {
      for _ in 0..<times { connection.write(bytes) }
      sent.set()
    }
    for _ in 0..<25 where !sent.isSet { try? await Task.sleep(for: .milliseconds(20)) }
  }

  @Test func `requests whose answers nobody takes wait with who sent them`() async throws {
    let answered = Flag()
    let loopback = try Loopback {
      $0.sendBuffer = 4096
    } request: { _, responder in
      answered.add()
      responder.respond(HTTPResponse(status: 200, body: [UInt8](repeating: 0, count: 20_000)))
    }
    let client = RawConnection(to: loopback.listener.port)
    client.shrink()
    let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    await flood(client, Array(String(repeating: request, count: 100).utf8), times: 100)
    // All may have been written before anything was read.
    for _ in 0..<2500 where answered.count == 0 { try await Task.sleep(for: .milliseconds(20)) }
    #expect(answered.count > 0)
    // What the system and libwebsockets hold, and one that waits.
    #expect(answered.count < 40)
    client.close()
  }

  @Test func `messages whose answers nobody takes wait with who sent them`() async throws {
    let heard = Flag()
    let loopback = try Loopback {
      $0.sendBuffer = 4096
      $0.unsentMark = 50_000
    } serve: { socket in
      { event in
        guard case .text = event else { return }
        heard.add()
        socket.send(text: [UInt8](repeating: 0x61, count: 1000))
      }
    }
    let client = RawConnection(to: loopback.listener.port)
    client.shrink()
    client.write(Self.upgrade)
    #expect(client.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 101"))
    let one = masked(.text, [0x61])
    await flood(client, Array(repeatElement(one, count: 1000).joined()), times: 20)
    // All may have been written before anything was read.
    for _ in 0..<2500 where heard.count < 50 { try? await Task.sleep(for: .milliseconds(20)) }
    #expect(heard.count >= 50)
    #expect(heard.count < 400)
    client.close()
  }

  @Test func `of pings whose pongs nobody takes the newest is answered`() async throws {
    let loopback = try Loopback { $0.sendBuffer = 4096 }
    let client = RawConnection(to: loopback.listener.port)
    client.shrink()
    client.write(Self.upgrade)
    _ = client.read(until: "\r\n\r\n")
    let all = (0..<5000).flatMap { number in
      masked(.ping, [UInt8(number >> 8), UInt8(number & 0xFF)] + [UInt8](repeating: 7, count: 100))
    }
    client.write(all)
    client.write(masked(.close, [0x03, 0xE8]))
    let answer = client.readToEnd()
    var parser = WebSocketParser(limit: 1000)
    var pongs: [[UInt8]] = []
    parser.receive(answer) { if case .pong(let payload) = $0 { pongs.append(payload) } }
    #expect(!pongs.isEmpty)
    #expect(pongs.count < 2500)
    // They are answered in the order in which they came.
    let numbers = pongs.map { Int($0[0]) << 8 | Int($0[1]) }
    #expect(numbers == numbers.sorted())
    client.close()
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\nX: ", "a"), ("POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n", "a"),
    ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "a: b\r\n"),
    ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"),
  ]) func `who sends a little now and then gets as long as who sends nothing`(
    beginning: String, more: String
  ) async throws {
    let loopback = try Loopback {
      ($0.headTimeout, $0.bodyTimeout) = (.milliseconds(200), .milliseconds(200))
    }
    let client = RawConnection(to: loopback.listener.port)
    client.write(beginning)
    let begun = ContinuousClock.now
    let ended = Flag()
    DispatchQueue.global().async {
      let answer = String(decoding: client.readToEnd(), as: UTF8.self)
      if answer.hasPrefix("HTTP/1.1 408 ") { ended.add() }
      ended.set()
    }
    while !ended.isSet, begun.duration(to: .now) < .seconds(60) {
      client.write(more)
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(ended.count == 1)
    #expect(begun.duration(to: .now) < .seconds(60))
    client.close()
  }

  @Test func `empty lines keep no connection open`() async throws {
    let loopback = try Loopback { $0.headTimeout = .milliseconds(200) }
    let client = RawConnection(to: loopback.listener.port)
    let ended = Flag()
    DispatchQueue.global().async {
      _ = client.readToEnd()
      ended.set()
    }
    let begun = ContinuousClock.now
    while !ended.isSet, begun.duration(to: .now) < .seconds(60) {
      client.write("\r\n")
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(begun.duration(to: .now) < .seconds(60))
    client.close()
  }

  @Test(arguments: ["", "Connection: close\r\n"], [false, true])
  func `a request whose end comes along is answered`(header: String, isStreamed: Bool) async throws
  {
    let loopback = try Loopback(request: { _, responder in
      guard isStreamed else { return responder.respond(.text(200, "all there")) }
      responder.begin(200)
      // Later, when the end has long been seen.
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(100)) {
        responder.write(Array("all there".utf8))
        responder.finish()
      }
    })
    let client = RawConnection(to: loopback.listener.port)
    client.write("GET / HTTP/1.1\r\nHost: x\r\n\(header)\r\n")
    client.finish()
    let answer = String(decoding: client.readToEnd(), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.contains("all there"))
    client.close()
  }

  @Test func `a close whose end comes along is answered`() async throws {
    let loopback = try Loopback()
    let client = RawConnection(to: loopback.listener.port)
    client.write(Array(Self.upgrade.utf8) + masked(.close, [0x03, 0xE8]))
    client.finish()
    #expect(client.readToEnd().suffix(4) == [0x88, 2, 0x03, 0xE8])
    client.close()
  }

  @Test func `who may not ask is refused before the body is read`() async throws {
    let screened = Flag()
    var options = ListenerOptions()
    options.maximumBody = 1 << 20
    let loop = EventLoop()
    let listener = try Listener(
      options, on: loop, upgrade: { _ in .refuse(.text(503, "")) },
      screen: { request in
        screened.add()
        return request.head.headers["x-api-key"] == nil ? .text(401, "no") : nil
      },
      request: { _, responder in responder.respond(.text(200, "yes")) })
    let stranger = RawConnection(to: listener.port)
    stranger.write("POST / HTTP/1.1\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n")
    #expect(String(decoding: stranger.readToEnd(), as: UTF8.self).hasPrefix("HTTP/1.1 401 "))
    stranger.close()
    let friend = RawConnection(to: listener.port)
    friend.write("POST / HTTP/1.1\r\nX-API-Key: k\r\nContent-Length: 2\r\n\r\nok")
    #expect(friend.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
    friend.close()
    let other = RawConnection(to: listener.port)
    other.write("GET / HTTP/1.1\r\n\r\n")
    #expect(other.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
    other.close()
    #expect(screened.count == 2, "without a body there is nothing to spare")
    loop.stop()
  }

  @Test func `connections of all kinds count, and who is too many is told`() async throws {
    let loopback = try Loopback { $0.maximumConnections = 2 }
    let silent = RawConnection(to: loopback.listener.port)
    let (connection, events) = loopback.open()
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    #expect(try await loopback.fetch(loopback.request()).get().head.status == 503)
    silent.close()
    var status: Int? = 503
    for _ in 0..<2500 where status == 503 {
      try await Task.sleep(for: .milliseconds(20))
      status = try? await loopback.fetch(loopback.request()).get().head.status
    }
    #expect(status == 404)
    connection.abort()
  }

  @Test func `one address has a limit of its own`() async throws {
    let loopback = try Loopback { $0.maximumPerAddress = 1 }
    let silent = RawConnection(to: loopback.listener.port)
    #expect(try await loopback.fetch(loopback.request()).get().head.status == 429)
    silent.close()
  }
}

/// Something that happened on another thread, and how often.
final class Flag: Sendable {
  private let state = Atomic<Int>(0)
  private let done = Atomic(false)

  var isSet: Bool { done.load(ordering: .relaxed) }
  var count: Int { state.load(ordering: .relaxed) }
  func set() { done.store(true, ordering: .relaxed) }
  func add() { state.add(1, ordering: .relaxed) }
}
