import KugelServiceCore
import KugelTransport
import KugelWire
import Synchronization

/// The body of one response, filled with audio as it is made.
///
/// Source: protocol notes, section 3.4.
final class ResponseOutput: LaneOutput {
  private enum Phase { case waiting, speaking, over }

  private struct State {
    var phase = Phase.waiting
    var sentBytes = 0
  }

  private let responder: HTTPResponder
  private let head: APIResponse
  private let requestID: String
  /// Called with the status once the answer is complete or can no longer become so.
  private let onEnd: @Sendable (_ status: Int) -> Void
  private let state = Mutex(State())

  init(
    _ responder: HTTPResponder, head: APIResponse, requestID: String,
    onEnd: @escaping @Sendable (_ status: Int) -> Void
  ) {
    self.responder = responder
    self.head = head
    self.requestID = requestID
    self.onEnd = onEnd
  }

  var pendingBytes: Int { responder.pendingBytes }
  var sentBytes: Int { state.withLock(\.sentBytes) }

  func send(_ frame: ServiceFrame, encoding: AudioEncoding) {
    state.withLock { state in
      switch (frame.message, state.phase) {
      case (_, .over): break
      case (.audio(let audio), _):
        begin(&state)
        let before = responder.pendingBytes
        responder.write(audio.bytes(encoding))
        state.sentBytes += responder.pendingBytes - before
      case (.final, _):
        begin(&state)
        responder.finish()
        end(&state, status: head.status)
      case (.error(let error), .waiting): refuse(error, &state)
      case (.error(let error), .speaking): breakOff(&state, status: error.code)
      default: break
      }
    }
  }

  /// Requests have no contexts.
  func cut(_ context: String) {}

  func close(code: UInt16, reason: String) {
    state.withLock { state in
      switch state.phase {
      case .waiting: refuse(ServiceError.modelUnavailable.retrying(after: 1), &state)
      case .speaking: breakOff(&state, status: 503)
      case .over: break
      }
    }
  }

  func abandon() {
    state.withLock { breakOff(&$0, status: 408) }
  }

  func bytesPerSecond(rate: Int, encoding: AudioEncoding) -> Double {
    Double(rate * (encoding == .pcm16 ? 2 : 1))
  }

  private func begin(_ state: inout State) {
    guard state.phase == .waiting else { return }
    state.phase = .speaking
    responder.begin(head.status, headers: head.fields(requestID: requestID))
  }

  private func refuse(_ error: ServiceError, _ state: inout State) {
    responder.respond(HTTPResponse(APIResponse(error), requestID: requestID))
    end(&state, status: error.code)
  }

  /// The client must notice that the audio is not whole.
  private func breakOff(_ state: inout State, status: Int) {
    responder.abort()
    end(&state, status: status)
  }

  private func end(_ state: inout State, status: Int) {
    guard state.phase != .over else { return }
    state.phase = .over
    onEnd(status)
  }
}

extension AudioFrame {
  /// As they travel outside of JSON.
  fileprivate func bytes(_ encoding: AudioEncoding) -> [UInt8] {
    switch encoding {
    case .pcm16:
      samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    case .mulaw: G711.encodeMuLaw(samples)
    case .alaw: G711.encodeALaw(samples)
    }
  }
}

extension APIResponse {
  func fields(requestID: String) -> HTTPHeaders {
    HTTPHeaders(
      (headers + [.init("x-request-id", requestID)]).map { .init(name: $0.name, value: $0.value) })
  }
}

extension HTTPResponse {
  init(_ answer: APIResponse, requestID: String) {
    self.init(
      status: answer.status, headers: answer.fields(requestID: requestID), body: answer.body)
  }
}
