/// One request's answer as bytes. Pure.
///
/// Source: RFC 9112, sections 6 and 7.
struct ServerExchange {
  let head: RequestHead
  private var framing: BodyFraming?

  init(_ head: RequestHead) { self.head = head }

  var hasBegun: Bool { framing != nil }
  /// Begun, and its end is yet to be told.
  var isOpen: Bool { framing == .chunked || framing == .untilClose }
  /// Whether the connection may carry another request afterwards.
  var keepsAlive: Bool { head.keepsAlive && framing != .untilClose }

  /// The whole answer; nothing when one has begun.
  mutating func whole(_ response: HTTPResponse) -> [UInt8] {
    guard framing == nil else { return [] }
    let isEmpty = response.status == 204 || response.status == 304
    framing = .length(isEmpty ? 0 : response.body.count)
    let start = ResponseWriter.head(
      response.status, response.headers, framing: .length(isEmpty ? 0 : response.body.count),
      keepsAlive: head.keepsAlive)
    return head.method == "HEAD" || isEmpty ? start : start + response.body
  }

  /// Status and headers of an answer whose length is not known.
  mutating func begin(_ status: Int, _ headers: HTTPHeaders) -> [UInt8] {
    guard framing == nil else { return [] }
    let framing: BodyFraming = head.minorVersion >= 1 ? .chunked : .untilClose
    self.framing = framing
    return ResponseWriter.head(status, headers, framing: framing, keepsAlive: keepsAlive)
  }

  /// A piece of the body of an answer that was begun.
  func piece(_ bytes: [UInt8]) -> [UInt8] {
    guard head.method != "HEAD" else { return [] }
    return switch framing {
    case .chunked: ResponseWriter.chunk(bytes)
    case .untilClose: bytes
    case .length, .some(.none), nil: []
    }
  }

  func ending() -> [UInt8] {
    framing == .chunked && head.method != "HEAD" ? ResponseWriter.lastChunk : []
  }

  /// An answer after which the connection ends, whatever was asked.
  static func last(_ response: HTTPResponse) -> [UInt8] {
    ResponseWriter.head(
      response.status, response.headers, framing: .length(response.body.count), keepsAlive: false)
      + response.body
  }
}
