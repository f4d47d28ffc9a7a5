import CWebSockets

/// What a socket is still to send.
@safe struct ServerOutlet {
  private var queue = OutgoingQueue()
  /// libwebsockets holds bytes that the socket did not take. It must not be asked to read then: it
  /// would neither read nor sleep.
  var isClogged = false

  var count: Int { queue.count }
  /// Whether all is with the system.
  var isIdle: Bool { queue.isEmpty && !isClogged }

  mutating func append(_ bytes: [UInt8]) { queue.append(bytes) }

  /// Sends a little.
  ///
  /// - Returns: how much; nil when the socket is broken.
  mutating func flush(to wsi: OpaquePointer) -> Int? {
    let before = queue.count
    guard before > 0 else { return 0 }
    var isBroken = false
    unsafe queue.take(atMost: 64 * 1024) { bytes in
      isBroken = unsafe lws_write(wsi, bytes.baseAddress, bytes.count, LWS_WRITE_HTTP) < 0
      return bytes.count
    }
    if isBroken { return nil }
    isClogged = unsafe lws_partial_buffered(wsi) != 0
    return before - queue.count
  }
}
