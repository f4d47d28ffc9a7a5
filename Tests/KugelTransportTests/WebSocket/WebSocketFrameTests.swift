import TestSupport
import Testing

@testable import KugelTransport

/// An event with its bytes copied, to compare.
private enum Told: Equatable {
  case text(String)
  case binary([UInt8])
  case ping([UInt8])
  case pong([UInt8])
  case close(UInt16?, String)
  case violation(UInt16)
}

struct WebSocketFrameTests {
  private func tell(
    _ pieces: [[UInt8]], role: WebSocketRole = .client, limit: Int = 1 << 20
  ) -> [Told] {
    var parser = WebSocketParser(role: role, limit: limit)
    var told: [Told] = []
    for piece in pieces {
      parser.receive(piece) { event in
        switch event {
        case .text(let bytes): unsafe told.append(.text(String(decoding: bytes, as: UTF8.self)))
        case .binary(let bytes): unsafe told.append(.binary(Array(bytes)))
        case .ping(let payload): told.append(.ping(payload))
        case .pong(let payload): told.append(.pong(payload))
        case .close(let code, let reason): told.append(.close(code, reason))
        case .violation(let code, _): told.append(.violation(code))
        }
      }
    }
    return told
  }

  private func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
    [first, UInt8(payload.count)] + payload
  }

  private let hello: [UInt8] = Array("Hello".utf8)

  @Test func `the RFC's examples are read`() {
    #expect(tell([[0x81, 0x05] + hello]) == [.text("Hello")])
    let masked: [UInt8] = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
    #expect(tell([masked], role: .service) == [.text("Hello")])
    #expect(tell([[0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F]]) == [.text("Hello")])
    #expect(tell([[0x89, 0x05] + hello]) == [.ping(hello)])
    #expect(tell([[0x8A, 0x05] + hello]) == [.pong(hello)])
    let long = Array(repeating: UInt8(7), count: 256)
    #expect(tell([[0x82, 0x7E, 0x01, 0x00] + long]) == [.binary(long)])
    let longer = Array(repeating: UInt8(7), count: 65_536)
    #expect(tell([[0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0] + longer]) == [.binary(longer)])
  }

  @Test func `the RFC's masked example is written`() {
    var output: [UInt8] = []
    WebSocketWriter.append(
      .text, hello, mask: SIMD4(0x37, 0xFA, 0x21, 0x3D), to: &output)
    #expect(output == [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
  }

  @Test func `wherever a stream is cut, it tells the same`() {
    let accents = Array("grüß 🙂".utf8)
    let stream: [UInt8] =
      frame(0x81, hello) + frame(0x01, Array(accents.prefix(3))) + frame(0x89, [1, 2])
      + frame(0x00, Array(accents.dropFirst(3).prefix(5))) + frame(0x00, [])
      + frame(0x80, Array(accents.dropFirst(8))) + [0x82, 0x7E, 0x00, 0x80]
      + Array(repeating: 9, count: 128) + frame(0x81, []) + frame(0x8A, [])
      + frame(0x88, [0x03, 0xE8] + Array("bye".utf8))
    let whole = tell([stream])
    #expect(
      whole == [
        .text("Hello"), .ping([1, 2]), .text("grüß 🙂"),
        .binary(Array(repeating: 9, count: 128)), .text(""), .pong([]), .close(1000, "bye"),
      ])
    for first in 0...stream.count {
      #expect(tell([Array(stream[..<first]), Array(stream[first...])]) == whole)
      for second in stride(from: first, through: stream.count, by: 7) {
        let pieces = [stream[..<first], stream[first..<second], stream[second...]].map(Array.init)
        #expect(tell(pieces) == whole)
      }
    }
    #expect(tell(stream.map { [$0] }) == whole)
  }

  @Test func `what a client writes a service reads, cut at random`() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<25 {
      var stream: [UInt8] = []
      var expected: [Told] = []
      for _ in 0..<4 {
        let payload = random.bytes([0, 1, 3, 125, 126, 300, 65_535, 65_536][random.below(8)])
        let mask = SIMD4<UInt8>.random(in: 0...255, using: &random)
        WebSocketWriter.append(.binary, payload, mask: mask, to: &stream)
        expected.append(.binary(payload))
      }
      var pieces: [[UInt8]] = []
      var rest = stream[...]
      while !rest.isEmpty {
        let piece = rest.prefix(1 + random.below(40_000))
        pieces.append(Array(piece))
        rest = rest.dropFirst(piece.count)
      }
      #expect(tell(pieces, role: .service) == expected)
    }
  }

  @Test(
    arguments: [
      ([0xC1, 0x00], 1002), ([0xA1, 0x00], 1002), ([0x91, 0x00], 1002),  // reserved bits
      ([0x83, 0x00], 1002), ([0x8B, 0x00], 1002),  // unknown opcodes
      ([0x09, 0x00], 1002), ([0x89, 0x7E, 0x00, 0x7E], 1002),  // control: fragmented, long
      ([0x80, 0x00], 1002), ([0x01, 0x00, 0x81, 0x00], 1002),  // out of order
      ([0x81, 0x80, 1, 2, 3, 4], 1002),  // masked by a service
      ([0x81, 0x7E, 0x00, 0x05], 1002), ([0x81, 0x7F, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 1002),
      ([0x81, 0x7F, 0x80, 0, 0, 0, 0, 0, 0, 0], 1002),
      ([0x81, 0x7F, 0x7F, 0, 0, 0, 0, 0, 0, 0], 1009),
      ([0x81, 0x02, 0xC3, 0x28], 1007), ([0x81, 0x01, 0xC3], 1007),
      ([0x81, 0x03, 0xED, 0xA0, 0x80], 1007), ([0x81, 0x02, 0xC0, 0x80], 1007),
      ([0x81, 0x04, 0xF4, 0x90, 0x80, 0x80], 1007),
      ([0x88, 0x01, 0x03], 1002), ([0x88, 0x02, 0x03, 0xED], 1002),
      ([0x88, 0x02, 0x03, 0xEE], 1002),
      ([0x88, 0x02, 0x00, 0x00], 1002), ([0x88, 0x02, 0x13, 0x88], 1002),
      ([0x88, 0x03, 0x03, 0xE8, 0xFF], 1007),
    ] as [([UInt8], UInt16)])
  func `a broken rule is a violation, and the last word`(stream: [UInt8], code: UInt16) {
    #expect(tell([stream + frame(0x81, [0x41])]) == [.violation(code)])
    #expect(tell((stream + frame(0x81, [0x41])).map { [$0] }) == [.violation(code)])
  }

  @Test func `a service's parser wants masks`() {
    #expect(tell([frame(0x81, hello)], role: .service) == [.violation(1002)])
  }

  @Test func `a message may have as many bytes as the limit, fragments together`() {
    #expect(tell([frame(0x01, [65, 65]) + frame(0x80, [65])], limit: 3) == [.text("AAA")])
    #expect(
      tell([frame(0x01, [65, 65]) + frame(0x80, [65, 65])], limit: 3) == [.violation(1009)])
    #expect(tell([frame(0x89, hello)], limit: 3) == [.ping(hello)], "control frames do not count")
  }

  @Test func `closes are read with and without a code, and end everything`() {
    #expect(tell([frame(0x88, []) + frame(0x81, hello)]) == [.close(nil, "")])
    for code: UInt16 in [1000, 1012, 1013, 3000, 4001, 4999] {
      let bytes = [UInt8(code >> 8), UInt8(code & 0xFF)]
      #expect(tell([frame(0x88, bytes)]) == [.close(code, "")])
    }
  }

  @Test func `closes are written whole`() {
    func written(_ code: UInt16?, _ reason: String) -> [Told] {
      var output: [UInt8] = []
      let payload = WebSocketWriter.closePayload(code: code, reason: reason)
      WebSocketWriter.append(.close, payload, mask: nil, to: &output)
      return tell([output])
    }
    #expect(
      written(1000, String(repeating: "ü", count: 100)) == [
        .close(1000, String(repeating: "ü", count: 61))
      ])
    #expect(written(1006, "") == [.close(nil, "")])
  }

  @Test func `an unfinished message can be told`() {
    var parser = WebSocketParser(limit: 100)
    #expect(!parser.isInsideMessage)
    for piece: [UInt8] in [[0x01], [0x02, 65], [65], [0x80]] {
      parser.receive(piece) { _ in }
      #expect(parser.isInsideMessage)
    }
    parser.receive([0x00]) { _ in }
    #expect(!parser.isInsideMessage && !parser.isFinished)
  }

  @Test func `UTF-8 is judged as the standard library does`() {
    var random = SeededGenerator(seed: 7)
    let seeds = ["plain ascii that is longer than a word of the machine", "grüße 🙂 日本", "é"]
    for round in 0..<20_000 {
      var bytes = Array(seeds[random.below(seeds.count)].utf8)
      if round.isMultiple(of: 3) {
        bytes = Array(repeating: 0x61, count: random.below(200)) + bytes
      }
      bytes = random.mutated(bytes)
      let isValid = unsafe bytes.withUnsafeBytes { unsafe UTF8Check.isValid($0) }
      #expect(isValid == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
  }

  @Test func `random bytes bring nothing down, however they are cut`() {
    var random = SeededGenerator(seed: 8)
    let seed = frame(0x01, hello) + frame(0x89, []) + frame(0x80, hello) + frame(0x88, [3, 232])
    for _ in 0..<20_000 {
      let bytes = random.mutated(seed)
      let cut = random.below(bytes.count + 1)
      #expect(tell([bytes]) == tell([Array(bytes[..<cut]), Array(bytes[cut...])]))
    }
  }
}

struct WebSocketHandshakeTests {
  @Test func `SHA-1's examples hold`() {
    func hex(_ text: String) -> String {
      SHA1.digest(Array(text.utf8)).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
    }
    #expect(hex("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
    #expect(hex("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(
      hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
    #expect(
      hex(String(repeating: "a", count: 1000)) == "291e9a6c66994949b57ba5e650361e98fc36b1ba")
  }

  private let key = "dGhlIHNhbXBsZSBub25jZQ=="
  private let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

  @Test func `the RFC's example is accepted`() {
    #expect(WebSocketHandshake.key(Array("the sample nonce".utf8)) == key)
    #expect(WebSocketHandshake.accept(for: key) == accept)
    #expect(
      WebSocketHandshake.flaw(
        key: key, upgrade: "WebSocket", connection: "keep-alive, Upgrade", accept: accept) == nil)
  }

  @Test func `an answer to something else is not`() {
    func flaw(
      upgrade: String? = "websocket", connection: String? = "Upgrade", accept: String?,
      extensions: String? = nil
    ) -> String? {
      WebSocketHandshake.flaw(
        key: key, upgrade: upgrade, connection: connection, accept: accept, extensions: extensions)
    }
    #expect(flaw(accept: nil) != nil)
    #expect(flaw(accept: accept.lowercased()) != nil)
    #expect(flaw(upgrade: "h2c", accept: accept) != nil)
    #expect(flaw(connection: "close", accept: accept) != nil)
    #expect(flaw(accept: accept, extensions: "permessage-deflate") != nil)
  }
}

@Suite struct WebSocketReadingTests {
  @Test func `a reader that has enough stops between frames, and goes on where it was`() {
    let stream: [UInt8] = [0x81, 1, 65, 0x81, 1, 66, 0x81, 1, 67]
    for cut in 0...stream.count {
      var parser = WebSocketParser(limit: 100)
      var heard: [UInt8] = []
      var room = 1
      var rest = Array(stream[..<cut])
      for more in [Array(stream[cut...]), [], [], []] {
        let goesOn = { room > 0 }
        let used = unsafe rest.withUnsafeBytes { bytes in
          unsafe parser.receive(bytes, while: goesOn) { event in
            if case .text(let bytes) = event { unsafe heard.append(contentsOf: bytes) }
            room -= 1
          }
        }
        #expect(heard.count <= 4)
        rest = Array(rest[used...]) + more
        room = 1
      }
      #expect(heard == [65, 66, 67], "cut at \(cut)")
      #expect(rest.isEmpty)
    }
  }

  @Test func `a frame's size is known before it is written`() {
    for count in [0, 1, 125, 126, 65_535, 65_536] {
      for role in [WebSocketRole.client, .service] {
        let payload = [UInt8](repeating: 1, count: count)
        for kind in [WebSocketOpcode.binary, .ping] {
          var frame: [UInt8] = []
          WebSocketWriter.append(
            kind, payload, mask: role == .client ? SIMD4(1, 2, 3, 4) : nil, to: &frame)
          #expect(WebSocketWriter.size(of: kind, payload, from: role) == frame.count)
        }
      }
    }
  }
}
