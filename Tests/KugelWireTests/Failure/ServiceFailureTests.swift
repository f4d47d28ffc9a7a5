import KugelWire
import Testing

struct ServiceFailureTests {
  private typealias Kind = ServiceFailure.Kind

  @Test(
    arguments: [
      (400, .invalidRequest), (401, .refused), (402, .noCredit), (403, .refused),
      (404, .noSuchPath),
      (413, .invalidRequest), (422, .invalidRequest), (429, .rateLimited(retryAfter: 7)),
      (500, .internalError), (502, .unavailable(retryAfter: 7)), (503, .unavailable(retryAfter: 7)),
      (504, .unavailable(retryAfter: 7)), (418, .invalidRequest), (200, .protocolViolation),
      (301, .protocolViolation),
    ] as [(Int, ServiceFailure.Kind)])
  func `each HTTP status has its kind, its number and a next step`(
    status: Int, kind: ServiceFailure.Kind
  ) {
    let failure = ServiceFailure.http(status: status, retryAfter: 7, requestID: "r1")
    #expect(failure.kind == kind)
    #expect(failure.cause.contains("\(status)"))
    #expect(failure.nextStep != nil)
    #expect(failure.requestID == "r1")
  }

  @Test func `the body of an HTTP answer explains it`() {
    let body = #"{"error":"Invalid API key","error_code":"UNAUTHORIZED","code":401}"#
    let failure = ServiceFailure.http(status: 403, body: Array(body.utf8))
    #expect(failure.kind == .refused)
    #expect(failure.cause == "the service refused the key (401 UNAUTHORIZED): Invalid API key")
    let detail = ServiceFailure.http(status: 422, body: Array(#"{"detail":[{"msg":"bad"}]}"#.utf8))
    #expect(detail.cause == "the service does not take the request (422): bad")
    #expect(
      ServiceFailure.http(status: 502, body: Array("<html>".utf8)).kind
        == .unavailable(retryAfter: nil))
    let slow = ServiceFailure.http(
      status: 429, body: Array(#"{"error":"slow","retry_after":4}"#.utf8))
    #expect(slow.kind == .rateLimited(retryAfter: 4))
    #expect(slow.replayDelay == 4)
  }

  @Test(
    arguments: [
      ("UNAUTHORIZED", 403, .refused), ("INSUFFICIENT_CREDITS", 402, .noCredit),
      ("RATE_LIMITED", 429, .rateLimited(retryAfter: nil)),
      ("TOO_MANY_CONTEXTS", 429, .rateLimited(retryAfter: nil)),
      ("VALIDATION_ERROR", 413, .invalidRequest), ("MISSING_VOICE_ID", 400, .invalidRequest),
      ("MODEL_UNAVAILABLE", 503, .unavailable(retryAfter: nil)), ("NOT_FOUND", 404, .notFound),
      ("EMPTY_AUDIO", 500, .emptyAudio), ("INTERNAL_ERROR", 500, .internalError),
      ("", 401, .refused), ("NEW_NAME", 402, .noCredit), ("NEW_NAME", 0, .internalError),
    ] as [(String, Int, ServiceFailure.Kind)])
  func `an error's name or number decides`(name: String, code: Int, kind: ServiceFailure.Kind) {
    let failure = ServiceFailure(ServiceError("why", name: name, code: code, requestID: "r"))
    #expect(failure.kind == kind)
    #expect(failure.cause.hasSuffix(": why"))
    #expect(failure.requestID == "r")
  }

  @Test(
    arguments: [
      (nil, .abnormalClose), (1006, .abnormalClose), (1000, .endedEarly), (1001, .endedEarly),
      (1002, .protocolViolation), (1009, .protocolViolation), (1011, .internalError),
      (1012, .restarting(retryAfter: 1)), (1013, .restarting(retryAfter: 1)),
      (4000, .internalError),
      (4001, .refused), (4003, .noCredit), (4029, .rateLimited(retryAfter: nil)),
      (4500, .unavailable(retryAfter: nil)), (4999, .abnormalClose),
    ] as [(UInt16?, ServiceFailure.Kind)])
  func `each close code has its kind`(code: UInt16?, kind: ServiceFailure.Kind) {
    let failure = ServiceFailure.closed(code: code, reason: "why")
    #expect(failure.kind == kind)
    if let code { #expect(failure.cause.contains("\(code), why")) }
  }

  @Test func `a turn is sent again only where that can help`() {
    #expect(ServiceFailure.closed(code: 1012).replayDelay == 1)
    #expect(ServiceFailure.closed(code: nil).replayDelay == 0)
    #expect(ServiceFailure.closed(code: 4029).replayDelay == nil)
    for code: UInt16 in [4001, 4003, 1002] {
      #expect(ServiceFailure.closed(code: code).replayDelay == nil)
    }
    #expect(ServiceFailure(.invalidJSON).replayDelay == nil)
  }

  @Test func `a service's words cannot write to the terminal as they like`() {
    let failure = ServiceFailure(
      ServiceError(
        "a\u{1B}[2J\nb\u{202E}" + String(repeating: "x", count: 5000), name: "N\u{7}", code: 500))
    #expect(failure.cause.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    #expect(failure.cause.count < 400)
  }

  @Test func `the service core's errors come back as their kinds`() {
    #expect(ServiceFailure(.unauthorized()).kind == .refused)
    #expect(ServiceFailure(.forbidden).kind == .refused)
    #expect(ServiceFailure(.insufficientCredits).kind == .noCredit)
    #expect(ServiceFailure(.notFound("Voice")).kind == .notFound)
    #expect(
      ServiceFailure(.validation("Request exceeds the maximum character limit", code: 413)).kind
        == .invalidRequest)
    #expect(ServiceFailure(.rateLimited).kind == .rateLimited(retryAfter: nil))
    #expect(ServiceFailure(.generationFailed).kind == .internalError)
    #expect(ServiceFailure(.modelUnavailable).kind == .unavailable(retryAfter: nil))
  }

  @Test func `Retry-After is read as seconds or as a date`() {
    #expect(RetryAfter.seconds("120", now: 0) == 120)
    #expect(RetryAfter.seconds(" 0 ", now: 0) == 0)
    #expect(RetryAfter.seconds("Sun, 06 Nov 1994 08:49:37 GMT", now: 784_111_770) == 7)
    #expect(RetryAfter.seconds("Sun, 06 Nov 1994 08:49:37 GMT", now: 800_000_000) == 0)
    #expect(RetryAfter.seconds("Thu, 29 Feb 2024 00:00:00 GMT", now: 1_709_164_790) == 10)
    for bad in ["", "soon", "-1", "1.5", "Sun, 06 Nov 1994", "Sun, 06 Foo 1994 08:49:37 GMT"] {
      #expect(RetryAfter.seconds(bad, now: 0) == nil, "\(bad)")
    }
  }
}
