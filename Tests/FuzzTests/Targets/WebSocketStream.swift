@testable import KugelTransport

extension FuzzTarget {
  /// Frames of a WebSocket, at both ends: whole against cut, and what is written against what is read.
  static let webSocket = FuzzTarget("websocket") { input in
    for role in [WebSocketRole.client, .service] {
      var cuts = Cuts(of: input)
      let whole = read([input[...]], as: role)
      let pieces = cuts.pieces(of: input, upTo: 11)
      try same(read(pieces, as: role), whole, "frames cut anywhere are the frames of the whole")
      let ends = whole.count { $0.isEnd }
      try hold(ends == 0 || ends == 1 && whole.last?.isEnd == true, "nothing comes after the end")
      try survivesWriting(input, to: role)
    }
    try same(
      unsafe input.withUnsafeBytes { unsafe UTF8Check.isValid($0) },
      String(validating: input, as: UTF8.self) != nil, "text is UTF-8 where the library says so")
  }

  private enum Seen: Equatable {
    case text([UInt8])
    case binary([UInt8])
    case ping([UInt8])
    case pong([UInt8])
    case close(UInt16?, String)
    case violation(UInt16, String)

    var isEnd: Bool {
      switch self {
      case .close, .violation: true
      default: false
      }
    }
  }

  private static func read(_ pieces: [ArraySlice<UInt8>], as role: WebSocketRole) -> [Seen] {
    var parser = WebSocketParser(role: role, limit: 1 << 16)
    var seen: [Seen] = []
    for piece in pieces {
      parser.receive(Array(piece)) { event in
        switch event {
        case .text(let bytes): seen.append(.text(unsafe Array(bytes)))
        case .binary(let bytes): seen.append(.binary(unsafe Array(bytes)))
        case .ping(let bytes): seen.append(.ping(bytes))
        case .pong(let bytes): seen.append(.pong(bytes))
        case .close(let code, let reason): seen.append(.close(code, reason))
        case .violation(let code, let why): seen.append(.violation(code, why))
        }
      }
    }
    return seen
  }

  /// - Parameter role: of the end that reads.
  private static func survivesWriting(
    _ payload: [UInt8], to role: WebSocketRole
  ) throws(Finding) {
    var cuts = Cuts(of: payload)
    let number = UInt32(truncatingIfNeeded: cuts.next())
    let mask =
      role == .client
      ? nil
      : SIMD4<UInt8>(
        UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8),
        UInt8(truncatingIfNeeded: number >> 16), UInt8(truncatingIfNeeded: number >> 24))
    var stream: [UInt8] = []
    WebSocketWriter.append(.binary, payload, mask: mask, to: &stream)
    WebSocketWriter.append(.ping, Array(payload.prefix(125)), mask: mask, to: &stream)
    let farewell = WebSocketWriter.closePayload(code: 1000, reason: payload.text)
    WebSocketWriter.append(.close, farewell, mask: mask, to: &stream)
    let seen = read(cuts.pieces(of: stream, upTo: 200), as: role)
    try same(seen.count, 3, "three frames that were written are three events")
    try same(seen[0], .binary(payload), "a message is read as it was written")
    try same(seen[1], .ping(Array(payload.prefix(125))), "a ping is read as it was written")
    guard case .close(1000, let reason) = seen[2] else {
      throw Finding(description: "a close that was written is \(seen[2])")
    }
    try hold(
      payload.text.unicodeScalars.starts(with: reason.unicodeScalars),
      "a reason is the beginning of what was given")
  }
}
