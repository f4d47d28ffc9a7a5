import Testing

@testable import KugelTransport

@Suite struct ResponseParserTests {
  /// Heads as statuses, bodies joined, the end.
  private func read(_ text: String, by step: Int, method: String = "GET") -> [String] {
    var parser = ResponseParser(method: method)
    var lines: [String] = []
    var body: [UInt8] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: step) {
      unsafe Array(bytes[start..<min(start + step, bytes.count)]).withUnsafeBytes {
        unsafe parser.append($0)
      }
      while true {
        switch parser.next() {
        case .needsMore: break
        case .head(let head):
          lines.append("\(head.status)")
          continue
        case .body(let piece):
          body += piece
          continue
        case .end:
          return lines + [String(decoding: body, as: UTF8.self), "end"]
        case .flaw(let why): return lines + [why]
        }
        break
      }
    }
    return lines + [String(decoding: body, as: UTF8.self)]
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc", ["200", "abc", "end"]),
    ("HTTP/1.1 200\r\ncontent-length: 3\r\n\r\nabcdef", ["200", "abc", "end"]),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x\r\nc\r\n0\r\n\r\n",
      ["200", "abc", "end"]
    ),
    ("HTTP/1.1 200 OK\r\n\r\nto the end", ["200", "to the end"]),
    ("HTTP/1.1 204 No Content\r\n\r\n", ["204", "", "end"]),
    (
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\ncontent-length: 0\r\n\r\n",
      ["201", "", "end"]
    ),
    ("SSH-2.0-OpenSSH\r\n\r\n", ["the answer is not HTTP"]),
    ("HTTP/1.1 abc\r\n\r\n", ["the answer is not HTTP"]),
    ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", ["the answer is not HTTP"]),
    (
      "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n", ["200", "a content-length that is no number"]
    ),
    (
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
      ["200", "a chunk without a size"]
    ),
  ])
  func `an answer is the same wherever it is cut`(text: String, expected: [String]) {
    for step in [1, 2, 7, 1000] { #expect(read(text, by: step) == expected, "by \(step)") }
  }

  /// What was read of the head goes on where the body begins.
  @Test func `behind a head that somebody else has read`() {
    var parser = ResponseParser(method: "GET")
    parser.begin(behind: ResponseHead(status: 100, headers: [:]))
    parser.begin(behind: ResponseHead(status: 200, headers: ["content-length": "2"]))
    #expect(parser.isDelimited && parser.isUntouched)
    #expect(parser.next() == .needsMore)
    unsafe Array("abc".utf8).withUnsafeBytes { unsafe parser.append($0) }
    #expect(parser.next() == .body(Array("ab".utf8)))
    #expect(parser.next() == .end)
    #expect(!parser.isUntouched)
    var endless = ResponseParser(method: "GET")
    endless.begin(behind: ResponseHead(status: 200, headers: [:]))
    #expect(!endless.isDelimited)
  }

  @Test func `the answer to HEAD has no body, whatever its length`() {
    let text = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"
    #expect(read(text, by: 5, method: "HEAD") == ["200", "", "end"])
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\n\r\n", false), ("HTTP/1.0 200 OK\r\n\r\n", true),
    ("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n\r\n", false),
    ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", true),
  ])
  func `who hangs up afterwards is known`(text: String, closes: Bool) throws {
    let head = try #require(ResponseHead(Array(text.utf8.dropLast(2))))
    #expect(head.headers.lists("close", in: "connection") == closes)
  }

  @Test func `a head without end is a flaw`() {
    #expect(
      read("HTTP/1.1 200 OK\r\nx: " + String(repeating: "y", count: 70_000), by: 5000)
        == ["a head without end"])
  }
}
