/// Reads requests from pieces of bytes cut anywhere, one request at a time. Pure.
///
/// Source: RFC 9112, sections 2 to 7.
struct RequestParser {
  enum Event: Equatable {
    /// More bytes are needed.
    case needsMore
    /// The head is here; the body, if any, follows.
    case head(RequestHead)
    /// The request is complete.
    case request(RequestHead, body: [UInt8])
    /// Answer with this status and close: the stream cannot be understood from here on.
    case refusal(status: Int, why: String)
  }

  private enum State {
    case head
    case body(RequestHead, BodyDecoder)
    case failed
  }

  private let headLimit: Int
  private let bodyLimit: Int
  private var state = State.head
  private var input: [UInt8] = []
  private var body: [UInt8] = []
  /// Bytes of `input` known to hold no end of a head.
  private var search = HeadSearch()

  init(headLimit: Int, bodyLimit: Int) {
    self.headLimit = headLimit
    self.bodyLimit = bodyLimit
  }

  /// How far the next request is.
  var stage: RequestClock.Stage {
    switch state {
    case .head, .failed: input.isEmpty ? .waiting : .head
    case .body: .body
    }
  }

  /// Whether the head has been told of a request whose body is to come.
  var awaitsBody: Bool {
    if case .body(_, let decoder) = state { decoder.length != 0 } else { false }
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    unsafe input.append(contentsOf: bytes)
  }

  /// What is left when the stream becomes something else.
  mutating func takeRest() -> [UInt8] {
    defer { input = [] }
    return input
  }

  /// Forgets what is not yet understood: nobody will ask for it.
  mutating func forget() { (input, body) = ([], []) }

  /// The next thing in what has been appended. Call again until it needs more.
  mutating func next() -> Event {
    switch state {
    case .head: return readHead()
    case .body(let head, var decoder):
      let step = decoder.take(&input, into: &body)
      state = .body(head, decoder)
      if body.count > bodyLimit { return fail(413, "a body over \(bodyLimit) bytes") }
      switch step {
      case .needsMore: return .needsMore
      case .flaw(let why): return fail(400, why)
      case .end:
        state = .head
        defer { body = [] }
        return .request(head, body: body)
      }
    case .failed: return .needsMore
    }
  }

  private mutating func readHead() -> Event {
    skipEmptyLines()
    // Such as a TLS greeting: no line's end will ever come.
    if let first = input.first, first != 0x0D, !isTokenByte(first) {
      return fail(400, "not a request")
    }
    guard let end = search.end(in: input) else {
      return input.count > headLimit ? fail(431, "a head over \(headLimit) bytes") : .needsMore
    }
    guard end <= headLimit else { return fail(431, "a head over \(headLimit) bytes") }
    let parsed = RequestHead(input[..<(end - 2)])
    input.removeFirst(end)
    search = HeadSearch()
    guard let head = parsed else { return fail(400, "not a request") }
    switch BodyDecoder.of(head.headers) {
    case .failure(let flaw): return fail(flaw.status, flaw.why)
    case .success(let decoder):
      if let length = decoder.length, length > bodyLimit {
        return fail(413, "a body over \(bodyLimit) bytes")
      }
      state = .body(head, decoder)
      return .head(head)
    }
  }

  private mutating func skipEmptyLines() {
    var end = 0
    while end + 1 < input.count, input[end] == 0x0D, input[end + 1] == 0x0A { end += 2 }
    input.removeFirst(end)
  }

  private mutating func fail(_ status: Int, _ why: String) -> Event {
    state = .failed
    input = []
    body = []
    return .refusal(status: status, why: why)
  }
}
