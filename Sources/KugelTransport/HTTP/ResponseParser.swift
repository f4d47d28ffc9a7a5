/// Reads one answer from pieces of bytes cut anywhere. Pure.
///
/// Source: RFC 9112, sections 4, 6 and 7.
struct ResponseParser {
  enum Event: Equatable {
    /// More bytes are needed.
    case needsMore
    /// Told once; the body, if any, follows.
    case head(ResponseHead)
    /// The next piece of the body, its transfer coding undone.
    case body([UInt8])
    case end
    /// The stream cannot be understood from here on.
    case flaw(String)
  }

  private enum State {
    case head
    case body(BodyDecoder)
    /// Everything until the stream ends.
    case rest
    case over
  }

  private static let headLimit = 64 * 1024
  /// Whether the request has an answer without a body in any case.
  private let isHead: Bool
  private var state = State.head
  private var input: [UInt8] = []
  /// Bytes of `input` known to hold no end of a head.
  private var scanned = 0

  init(method: String) { isHead = method == "HEAD" }

  /// Whether a byte has come that is of no answer yet read.
  var isUntouched: Bool {
    if case .head = state { input.isEmpty } else { false }
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    unsafe input.append(contentsOf: bytes)
  }

  /// The next thing in what has been appended. Call again until it needs more, or is over.
  mutating func next() -> Event {
    switch state {
    case .head: return readHead()
    case .body(var decoder):
      var piece: [UInt8] = []
      let step = decoder.take(&input, into: &piece)
      state = .body(decoder)
      if case .flaw(let why) = step { return .flaw(why) }
      // The end is told the next time.
      if !piece.isEmpty { return .body(piece) }
      guard step == .end else { return .needsMore }
      state = .over
      return .end
    case .rest:
      guard !input.isEmpty else { return .needsMore }
      defer { input = [] }
      return .body(input)
    case .over: return .needsMore
    }
  }

  private mutating func readHead() -> Event {
    guard let end = endOfHead() else {
      return input.count > Self.headLimit ? .flaw("a head without end") : .needsMore
    }
    let head = ResponseHead(input[..<(end - 2)])
    input.removeFirst(end)
    scanned = 0
    guard let head else { return .flaw("the answer is not HTTP") }
    // Such as 100: the answer itself is still to come.
    if (100...199).contains(head.status) { return readHead() }
    let isDelimited =
      head.headers["content-length"] != nil || head.headers["transfer-encoding"] != nil
    switch BodyDecoder.of(isHead || head.hasNoBody ? [:] : head.headers) {
    case .failure(let flaw): return .flaw(flaw.why)
    case .success(let decoder):
      state = isDelimited || isHead || head.hasNoBody ? .body(decoder) : .rest
      return .head(head)
    }
  }

  private mutating func endOfHead() -> Int? {
    var at = max(3, scanned)
    while at < input.count {
      if input[at] == 0x0A, input[at - 1] == 0x0D, input[at - 2] == 0x0A, input[at - 3] == 0x0D {
        return at + 1
      }
      at += 1
    }
    scanned = at
    return nil
  }
}

extension ResponseHead {
  /// 204 and 304 end with their heads.
  var hasNoBody: Bool { status == 204 || status == 304 }

  /// Nil when `bytes`, all up to the empty line, are no answer of HTTP/1.
  init?(_ bytes: some Collection<UInt8>) {
    var lines = String(decoding: bytes, as: UTF8.self).utf8
      .split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.allSatisfy({ $0.last == 0x0D }), let first = lines.first else { return nil }
    let parts = Substring(first.dropLast()).split(
      separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[0].hasPrefix("HTTP/1."), parts[1].utf8.count == 3,
      let status = Int(parts[1]), (100...599).contains(status)
    else { return nil }
    self.init(status: status, headers: HTTPHeaders())
    for line in lines.dropFirst() {
      let line = Substring(line.dropLast())
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
      headers.append(
        line[..<colon].lowercased(), trimmed(String(line[line.index(after: colon)...])))
    }
    // Who speaks HTTP/1.0 keeps a connection only when it says so.
    if parts[0] == "HTTP/1.0", !headers.lists("keep-alive", in: "connection") {
      headers.append("connection", "close")
    }
  }
}
