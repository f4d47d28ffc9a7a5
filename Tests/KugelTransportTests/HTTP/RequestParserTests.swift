import Testing

@testable import KugelTransport

private func parse(_ text: String, inPiecesOf size: Int, headLimit: Int = 1000) -> [RequestParser
  .Event]
{
  var parser = RequestParser(headLimit: headLimit, bodyLimit: 1000)
  var events: [RequestParser.Event] = []
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let piece = Array(rest.prefix(size))
    rest = rest.dropFirst(size)
    unsafe piece.withUnsafeBytes { unsafe parser.append($0) }
    var event = parser.next()
    while event != .needsMore {
      events.append(event)
      event = parser.next()
    }
  }
  return events
}

@Test(arguments: [1, 2, 3, 7, 1000])
func `requests read alike however their bytes are cut`(size: Int) throws {
  let text =
    "\r\nPOST /a%2Fb?x=%20&y HTTP/1.1\r\nContent-Length: 3\r\nX-A:  v \r\n\r\nabc"
    + "PUT * HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\nA;ext=1\r\n0123456789\r\n0\r\nT: x\r\n\r\n"
    + "GET http://host/p HTTP/1.1\r\nConnection: keep-alive, Close\r\n\r\n"
  let requests = parse(text, inPiecesOf: size).compactMap { event -> (RequestHead, [UInt8])? in
    if case .request(let head, let body) = event { (head, body) } else { nil }
  }
  try #require(requests.count == 3)
  #expect(requests[0].0.path == "/a/b")
  #expect(requests[0].0.query("x") == " ")
  #expect(requests[0].0.query("y") == "")
  #expect(requests[0].0.headers["x-a"] == "v")
  #expect(requests[0].0.keepsAlive)
  #expect(requests[0].1 == Array("abc".utf8))
  #expect(requests[1].0.path == "*")
  #expect(!requests[1].0.keepsAlive)
  #expect(requests[1].1 == Array("0123456789".utf8))
  #expect(requests[2].0.path == "/p")
  #expect(!requests[2].0.keepsAlive)
}

@Test(arguments: [
  ("GET  / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\n\n\r\n\r\n", 400),
  ("G\u{e9}T / HTTP/1.1\r\n\r\n", 400),
  ("GET /%zz HTTP/1.1\r\n\r\n", 400), ("GET nowhere HTTP/1.1\r\n\r\n", 400),
  ("GET / HTTP/1.1\r\n folded: x\r\n\r\n", 400), ("GET / HTTP/1.1\r\nx : y\r\n\r\n", 400),
  ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
  ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
  ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
  ("POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n", 413),
  ("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
  ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
  ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400),
  (
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"
      + String(repeating: "x", count: 1001), 413
  ),
  ("GET / HTTP/1.1\r\n" + String(repeating: "x: y\r\n", count: 200), 431),
]) func `what could be read in two ways is refused`(text: String, status: Int) {
  for size in [1, 1000] {
    guard case .refusal(let told, _) = parse(text, inPiecesOf: size).last else {
      Issue.record("not refused in pieces of \(size)")
      continue
    }
    #expect(told == status)
  }
}

@Test func `an answer's head says length, date and whether it closes`() {
  let date = httpDate(784_111_777)
  #expect(date == "Sun, 06 Nov 1994 08:49:37 GMT")
  let head = ResponseWriter.head(
    404, ["a": "b", "bad": "x\r\ny: z"], framing: .length(3), keepsAlive: false, date: date)
  #expect(
    String(decoding: head, as: UTF8.self)
      == "HTTP/1.1 404 Not Found\r\na: b\r\ncontent-length: 3\r\ndate: \(date)\r\nconnection: close\r\n\r\n"
  )
  #expect(
    ResponseWriter.chunk([UInt8](repeating: 0x61, count: 17)).prefix(4) == [0x31, 0x31, 0x0D, 0x0A])
  #expect(ResponseWriter.chunk([]).isEmpty)
}

@Test func `an outgoing queue gives what it got, in order, through every mix of sizes`() {
  var queue = OutgoingQueue()
  var (put, got): ([UInt8], [UInt8]) = ([], [])
  var random = SystemRandomNumberGenerator()
  for _ in 0..<500 {
    let piece = (0..<Int.random(in: 0...50, using: &random)).map { _ in UInt8.random(in: 0...255) }
    put += piece
    queue.append(piece)
    unsafe queue.take(atMost: Int.random(in: 0...40, using: &random)) { bytes in
      let used = Int.random(in: 0...bytes.count)
      unsafe got.append(contentsOf: bytes.prefix(used))
      return used
    }
    #expect(queue.count == put.count - got.count)
  }
  unsafe queue.take(atMost: .max / 2) {
    unsafe got.append(contentsOf: $0)
    return $0.count
  }
  #expect(got == put)
  #expect(queue.isEmpty)
}
