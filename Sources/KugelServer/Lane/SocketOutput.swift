import KugelServiceCore
import KugelTransport
import KugelWire

/// The WebSocket of one client, and the faults on the way to it. Lives on the loop's thread.
final class SocketOutput: LaneOutput {
  private let socket: ServerWebSocket
  private var writer: SocketWriter
  /// Stamped on errors.
  private let requestID: String
  private let loop: EventLoop
  private let onEnd: @Sendable (_ isGone: Bool) -> Void
  private var line: FaultLine?
  private var transmitted = 0
  private lazy var alarm = LoopAlarm(self, on: loop) { $0.deliver(at: .now) }

  /// - Parameters:
  ///   - line: nil for a way without faults.
  ///   - onEnd: called when a fault or `abandon` has ended the connection; the socket either is gone
  ///     or will tell its end.
  init(
    _ socket: ServerWebSocket, writer: SocketWriter, requestID: String, line: FaultLine?,
    loop: EventLoop, onEnd: @escaping @Sendable (_ isGone: Bool) -> Void
  ) {
    self.socket = socket
    self.writer = writer
    self.requestID = requestID
    self.line = line
    self.loop = loop
    self.onEnd = onEnd
  }

  var pendingBytes: Int { socket.pendingBytes + (line?.queuedBytes ?? 0) }
  var sentBytes: Int { transmitted + (line?.queuedBytes ?? 0) }

  func send(_ frame: ServiceFrame, encoding: AudioEncoding) {
    var frame = frame
    if case .error(var error) = frame.message {
      error.requestID = error.requestID ?? requestID
      frame.message = .error(error)
    }
    guard line != nil else {
      for message in writer.messages(frame, encoding: encoding) { transmit(message) }
      return
    }
    let now = ContinuousClock.now
    line?.pass(frame, encoding: encoding, at: now)
    deliver(at: now)
  }

  func cut(_ context: String) {
    line?.cut(context)
    deliver(at: .now)
  }

  func close(code: UInt16, reason: String) {
    guard line != nil else { return socket.close(code: code, reason: reason) }
    line?.passClose(code: code, reason: reason, at: .now)
    deliver(at: .now)
  }

  func abandon() {
    socket.abort()
    tellEnd(isGone: true)
  }

  /// Base64 takes four signs for three bytes.
  func bytesPerSecond(rate: Int, encoding: AudioEncoding) -> Double {
    Double(rate * (encoding == .pcm16 ? 2 : 1)) * 4 / 3
  }

  /// Ends the connection without a word once the system has what was sent before.
  private func breakOff() {
    guard socket.pendingBytes > 0 else { return abandon() }
    let bound = LoopBound(self, of: loop)
    loop.schedule(at: .now + .milliseconds(1)) { bound.use { $0.breakOff() } }
  }

  /// Later, because whoever is told may be the caller.
  private func tellEnd(isGone: Bool) {
    let onEnd = onEnd
    loop.post { onEnd(isGone) }
  }

  /// Does what is due on the line, and comes back for the rest.
  private func deliver(at now: ContinuousClock.Instant) {
    for step in line?.due(at: now) ?? [] {
      switch step {
      case .send(let message): transmit(message)
      case .breakOff: breakOff()
      case .close(let code, let reason):
        socket.close(code: code, reason: reason)
        tellEnd(isGone: false)
      }
    }
    alarm.set(line?.deadline)
  }

  private func transmit(_ message: [UInt8]) {
    let before = socket.pendingBytes
    socket.send(text: message)
    transmitted += socket.pendingBytes - before
  }
}
