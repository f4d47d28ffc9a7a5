import KugelServiceCore
import KugelTransport
import KugelWire

/// The body of one response, filled with audio as it is made. Lives on the loop's thread.
///
/// Source: protocol notes, section 3.4; OpenAI notes, section 3.
final class ResponseOutput: LaneOutput {
  private enum Phase { case waiting, speaking, over }

  private let responder: HTTPResponder
  private let head: APIResponse
  private let form: SpokenForm
  private var body: SpokenBody
  private let requestID: String
  /// Called with the status once the answer is complete or can no longer become so.
  private let onEnd: (_ status: Int) -> Void
  private var phase = Phase.waiting
  private(set) var sentBytes = 0

  init(
    _ responder: HTTPResponder, head: APIResponse, form: SpokenForm, requestID: String,
    onEnd: @escaping (_ status: Int) -> Void
  ) {
    self.responder = responder
    self.head = head
    self.form = form
    body = SpokenBody(form)
    self.requestID = requestID
    self.onEnd = onEnd
  }

  var pendingBytes: Int { responder.pendingBytes }

  func send(_ frame: ServiceFrame, encoding: AudioEncoding) {
    switch (frame.message, phase) {
    case (_, .over): break
    case (.audio(let audio), _):
      begin()
      do { write(try body.bytes(of: audio, encoding)) } catch { breakOff(status: 500) }
    case (.final, _):
      begin()
      do { write(try body.finish()) } catch { return breakOff(status: 500) }
      responder.finish()
      end(status: head.status)
    case (.error(let error), .waiting): refuse(error)
    case (.error(let error), .speaking):
      guard let last = body.failure(error) else { return breakOff(status: error.code) }
      write(last)
      responder.finish()
      end(status: error.code)
    default: break
    }
  }

  private func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    let before = responder.pendingBytes
    responder.write(bytes)
    sentBytes += responder.pendingBytes - before
  }

  /// Requests have no contexts.
  func cut(_ context: String) {}

  func close(code: UInt16, reason: String) {
    switch phase {
    case .waiting: refuse(ServiceError.modelUnavailable.retrying(after: 1))
    case .speaking: breakOff(status: 503)
    case .over: break
    }
  }

  func abandon() { breakOff(status: 408) }

  func bytesPerSecond(rate: Int, encoding: AudioEncoding) -> Double {
    body.bytesPerSecond(rate: rate, encoding)
  }

  private func begin() {
    guard phase == .waiting else { return }
    phase = .speaking
    responder.begin(head.status, headers: head.fields(requestID: requestID))
  }

  private func refuse(_ error: ServiceError) {
    responder.respond(HTTPResponse(form.response(to: error), requestID: requestID))
    end(status: error.code)
  }

  /// The client must notice that the audio is not whole.
  private func breakOff(status: Int) {
    responder.abort()
    end(status: status)
  }

  private func end(status: Int) {
    guard phase != .over else { return }
    phase = .over
    onEnd(status)
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
