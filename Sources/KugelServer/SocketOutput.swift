import KugelServiceCore
import KugelTransport
import KugelWire
import Synchronization

/// The WebSocket of one client, and the faults on the way to it.
final class SocketOutput: LaneOutput {
  private struct State {
    var line: FaultLine?
    var sentBytes = 0
    var timer: (due: ContinuousClock.Instant, timer: LoopTimer)?
  }

  private let socket: ServerWebSocket
  private let endpoint: Endpoint
  /// Stamped on errors.
  private let requestID: String
  private let loop: EventLoop
  private let onEnd: @Sendable (_ isGone: Bool) -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - line: nil for a way without faults.
  ///   - onEnd: called when a fault or `abandon` has ended the connection; the socket either is gone
  ///     or will tell its end.
  init(
    _ socket: ServerWebSocket, endpoint: Endpoint, requestID: String, line: FaultLine?,
    loop: EventLoop, onEnd: @escaping @Sendable (_ isGone: Bool) -> Void
  ) {
    self.socket = socket
    self.endpoint = endpoint
    self.requestID = requestID
    self.loop = loop
    self.onEnd = onEnd
    state = Mutex(State(line: line))
  }

  var pendingBytes: Int {
    socket.pendingBytes + state.withLock { $0.line?.queuedBytes ?? 0 }
  }

  var sentBytes: Int { state.withLock { $0.sentBytes + ($0.line?.queuedBytes ?? 0) } }

  func send(_ frame: ServiceFrame, encoding: AudioEncoding) {
    var frame = frame
    if case .error(var error) = frame.message {
      error.requestID = error.requestID ?? requestID
      frame.message = .error(error)
    }
    state.withLock { state in
      guard state.line != nil else {
        return transmit(KugelCodec.encode(frame, at: endpoint, encoding: encoding), &state)
      }
      let now = ContinuousClock.now
      state.line?.pass(frame, encoding: encoding, at: now)
      deliver(&state, at: now)
    }
  }

  func cut(_ context: String) {
    state.withLock { state in
      state.line?.cut(context)
      deliver(&state, at: .now)
    }
  }

  func close(code: UInt16, reason: String) {
    state.withLock { state in
      if state.line != nil {
        state.line?.passClose(code: code, reason: reason, at: .now)
        deliver(&state, at: .now)
      } else {
        socket.close(code: code, reason: reason)
      }
    }
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
    loop.schedule(at: .now + .milliseconds(1)) { [self] in breakOff() }
  }

  /// Later, because whoever is told may be the caller.
  private func tellEnd(isGone: Bool) {
    let onEnd = onEnd
    loop.post { onEnd(isGone) }
  }

  /// Does what is due on the line, and comes back for the rest.
  private func deliver(_ state: inout State, at now: ContinuousClock.Instant) {
    for step in state.line?.due(at: now) ?? [] {
      switch step {
      case .send(let message): transmit(message, &state)
      case .breakOff: breakOff()
      case .close(let code, let reason):
        socket.close(code: code, reason: reason)
        tellEnd(isGone: false)
      }
    }
    guard let deadline = state.line?.deadline else { return }
    // A cancel drops what was to be waited for.
    if let due = state.timer?.due, due <= deadline { return }
    state.timer?.timer.cancel()
    let timer = loop.schedule(at: deadline) { [weak self] in
      self?.state.withLock { state in
        state.timer = nil
        self?.deliver(&state, at: .now)
      }
    }
    state.timer = (deadline, timer)
  }

  private func transmit(_ message: [UInt8], _ state: inout State) {
    let before = socket.pendingBytes
    socket.send(text: message)
    state.sentBytes += socket.pendingBytes - before
  }
}
