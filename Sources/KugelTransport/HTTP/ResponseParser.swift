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
    case broken(String)
    case over
  }

  private static let headLimit = 64 * 1024
  /// Whether the request has an answer without a body in any case.
  private let isHead: Bool
  private var state = State.head
  private var input: [UInt8] = []
  /// Bytes of `input` known to hold no end of a head.
  private var search = HeadSearch()

  init(method: String) { isHead = method == "HEAD" }

  /// Whether nothing has come behind what has been told.
  var isUntouched: Bool { input.isEmpty }

  /// Whether the end of the body is known without the stream's.
  var isDelimited: Bool {
    if case .rest = state { false } else { true }
  }

  /// Somebody else has read the head, and not a byte of what follows it.
  mutating func begin(behind head: ResponseHead) {
    if !head.isInterim { state = Self.body(behind: head, isHead) }
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
    case .broken(let why): return .flaw(why)
    case .over: return .needsMore
    }
  }

  private mutating func readHead() -> Event {
    guard let end = search.end(in: input) else {
      return input.count > Self.headLimit ? .flaw("a head without end") : .needsMore
    }
    let head = ResponseHead(input[..<(end - 2)])
    input.removeFirst(end)
    search = HeadSearch()
    guard let head else { return .flaw("the answer is not HTTP") }
    // The answer itself is still to come.
    if head.isInterim { return readHead() }
    state = Self.body(behind: head, isHead)
    return .head(head)
  }

  private static func body(behind head: ResponseHead, _ isHead: Bool) -> State {
    let hasNone = isHead || head.status == 204 || head.status == 304
    switch BodyDecoder.of(hasNone ? [:] : head.headers) {
    case .failure(let flaw): return .broken(flaw.why)
    case .success(let decoder):
      let isDelimited =
        head.headers["content-length"] != nil || head.headers["transfer-encoding"] != nil
      return isDelimited || hasNone ? .body(decoder) : .rest
    }
  }
}

extension ResponseHead {
  /// Such as 100: the answer itself is still to come.
  var isInterim: Bool { (100...199).contains(status) && status != 101 }

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
    closesUnlessKept(isOldest: parts[0] == "HTTP/1.0")
  }

  /// Who speaks HTTP/1.0 keeps a connection only when it says so.
  mutating func closesUnlessKept(isOldest: Bool) {
    if isOldest, !headers.lists("keep-alive", in: "connection") {
      headers.append("connection", "close")
    }
  }
}
