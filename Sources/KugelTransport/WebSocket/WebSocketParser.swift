/// Reads the frames of one direction of a WebSocket from pieces of bytes cut anywhere.
///
/// A message that lies whole in one piece is handed on where it lies; others are joined in one
/// buffer, which is used again. Opens nothing and waits for nothing: feed it, and perform what it
/// tells. After a close or a violation it takes no more.
///
/// Source: RFC 6455, sections 5 to 7.
package struct WebSocketParser: Sendable {
  private let role: WebSocketRole
  /// Bytes that a message may have.
  private let limit: Int
  private var state = State.header
  /// The beginning of a header that a piece cut.
  private var cutHeader: [UInt8] = []
  /// Of the message under way: type, and what has been joined of it.
  private var message: WebSocketOpcode?
  private var joined: [UInt8] = []
  /// Of a control frame that a piece cut.
  private var control: [UInt8] = []

  private enum State {
    case header
    case payload(WebSocketFrameHeader, received: Int)
    case finished
  }

  /// - Parameters:
  ///   - role: which end we are; the other end's masking follows from it.
  ///   - limit: bytes; a longer message is a violation with code 1009.
  package init(role: WebSocketRole = .client, limit: Int) {
    self.role = role
    self.limit = limit
  }

  /// Whether the peer may say no more.
  package var isFinished: Bool {
    if case .finished = state { true } else { false }
  }

  /// Whether a message has begun and not ended: a connection that ends now ends too early.
  package var isInsideMessage: Bool {
    if case .payload = state { return true }
    return message != nil || !cutHeader.isEmpty
  }

  package mutating func receive(_ bytes: [UInt8], _ handler: (WebSocketEvent) -> Void) {
    unsafe bytes.withUnsafeBytes { unsafe receive($0, handler) }
  }

  /// Takes the next bytes of the stream and tells what they complete, in order.
  package mutating func receive(
    _ bytes: UnsafeRawBufferPointer, _ handler: (WebSocketEvent) -> Void
  ) {
    _ = unsafe receive(bytes, while: { true }, handler)
  }

  /// Like `receive`, but begins no frame once `goesOn` says so.
  ///
  /// - Returns: how many of the bytes were taken; the others are to come again.
  package mutating func receive(
    _ bytes: UnsafeRawBufferPointer, while goesOn: () -> Bool,
    _ handler: (WebSocketEvent) -> Void
  ) -> Int {
    var rest = unsafe bytes
    while true {
      switch state {
      case .finished: return bytes.count
      case .header:
        guard goesOn() else { return bytes.count - rest.count }
        guard unsafe readHeader(&rest, handler) else { return bytes.count }
      case .payload(let header, let received):
        guard unsafe readPayload(header, received: received, &rest, handler) else {
          return bytes.count
        }
      }
    }
  }

  /// Returns whether there is more to do.
  private mutating func readHeader(
    _ rest: inout UnsafeRawBufferPointer, _ handler: (WebSocketEvent) -> Void
  ) -> Bool {
    let parsed: WebSocketFrameHeader.Parsed
    let before = cutHeader.count
    if before == 0 {
      parsed = unsafe WebSocketFrameHeader.parse(rest)
    } else {
      let missing = WebSocketFrameHeader.maximumLength - before
      unsafe cutHeader.append(contentsOf: rest.prefix(missing))
      parsed = unsafe cutHeader.withUnsafeBytes { unsafe WebSocketFrameHeader.parse($0) }
    }
    switch parsed {
    case .incomplete:
      if before == 0 { unsafe cutHeader.append(contentsOf: rest) }
      return false
    case .violation(let why):
      fail(WebSocketCloseCode.protocolError, why, handler)
      return false
    case .header(let header, let length):
      cutHeader.removeAll(keepingCapacity: true)
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(length - before))
      return begin(header, handler)
    }
  }

  private mutating func begin(
    _ header: WebSocketFrameHeader, _ handler: (WebSocketEvent) -> Void
  ) -> Bool {
    func refuse(_ why: String, code: UInt16 = WebSocketCloseCode.protocolError) -> Bool {
      fail(code, why, handler)
      return false
    }
    if (header.mask != nil) != (role == .service) {
      return refuse(role == .client ? "a masked frame" : "a frame without a mask")
    }
    if !header.opcode.isControl {
      let continues = header.opcode == .continuation
      if continues && message == nil { return refuse("a continuation of nothing") }
      if !continues && message != nil { return refuse("a message inside another") }
      guard header.payloadLength <= limit - joined.count else {
        return refuse("a message over \(limit) bytes", code: WebSocketCloseCode.tooBig)
      }
      if !continues { message = header.opcode }
    }
    state = .payload(header, received: 0)
    return true
  }

  private mutating func readPayload(
    _ header: WebSocketFrameHeader, received: Int, _ rest: inout UnsafeRawBufferPointer,
    _ handler: (WebSocketEvent) -> Void
  ) -> Bool {
    let piece = unsafe UnsafeRawBufferPointer(
      rebasing: rest.prefix(header.payloadLength - received))
    unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
    let isComplete = received + piece.count == header.payloadLength
    if isComplete {
      state = .header
    } else {
      state = .payload(header, received: received + piece.count)
    }

    if header.opcode.isControl {
      unsafe Self.append(piece, to: &control, header, offset: received)
      if isComplete { endControl(header.opcode, handler) }
    } else if isComplete, header.isFinal, received == 0, joined.isEmpty, header.mask == nil {
      unsafe endMessage(piece, handler)
    } else {
      if received == 0 { joined.reserveCapacity(joined.count + min(header.payloadLength, 1 << 20)) }
      unsafe Self.append(piece, to: &joined, header, offset: received)
      if isComplete, header.isFinal { endJoined(handler) }
    }
    return isComplete
  }

  private static func append(
    _ piece: UnsafeRawBufferPointer, to bytes: inout [UInt8], _ header: WebSocketFrameHeader,
    offset: Int
  ) {
    let start = bytes.count
    unsafe bytes.append(contentsOf: piece)
    guard let mask = header.mask else { return }
    unsafe bytes.withUnsafeMutableBytes { bytes in
      unsafe WebSocketMask.apply(
        mask, to: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]), offset: offset)
    }
  }

  private mutating func endJoined(_ handler: (WebSocketEvent) -> Void) {
    var whole: [UInt8] = []
    swap(&whole, &joined)
    unsafe whole.withUnsafeBytes { unsafe endMessage($0, handler) }
    whole.removeAll(keepingCapacity: true)
    swap(&whole, &joined)
  }

  private mutating func endMessage(
    _ bytes: UnsafeRawBufferPointer, _ handler: (WebSocketEvent) -> Void
  ) {
    let type = message
    message = nil
    if type == .binary {
      unsafe handler(.binary(bytes))
    } else if unsafe UTF8Check.isValid(bytes) {
      unsafe handler(.text(bytes))
    } else {
      fail(WebSocketCloseCode.invalidText, "text that is not UTF-8", handler)
    }
  }

  private mutating func endControl(
    _ opcode: WebSocketOpcode, _ handler: (WebSocketEvent) -> Void
  ) {
    let payload = control
    control.removeAll(keepingCapacity: true)
    switch opcode {
    case .ping: handler(.ping(payload))
    case .pong: handler(.pong(payload))
    default: endClose(payload, handler)
    }
  }

  private mutating func endClose(_ payload: [UInt8], _ handler: (WebSocketEvent) -> Void) {
    guard !payload.isEmpty else {
      state = .finished
      return handler(.close(code: nil, reason: ""))
    }
    guard payload.count >= 2 else {
      return fail(WebSocketCloseCode.protocolError, "a close code of one byte", handler)
    }
    let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
    guard WebSocketCloseCode.isAllowed(code) else {
      return fail(WebSocketCloseCode.protocolError, "the close code \(code)", handler)
    }
    guard let reason = String(validating: payload.dropFirst(2), as: UTF8.self) else {
      return fail(WebSocketCloseCode.invalidText, "a close reason that is not UTF-8", handler)
    }
    state = .finished
    handler(.close(code: code, reason: reason))
  }

  private mutating func fail(
    _ code: UInt16, _ why: String, _ handler: (WebSocketEvent) -> Void
  ) {
    state = .finished
    message = nil
    joined = []
    handler(.violation(code: code, why: why))
  }
}
