import KugelSession
import KugelWire
import Testing

@testable import KugelCLI
@testable import KugelJobs

/// Which exit code and which advice each failure of a service leads to.
@Suite struct FailureExitTests {
  private static let upgrades: [(Int, Code)] = [
    (400, .usage), (401, .refused), (402, .outOfCredit), (403, .refused), (404, .usage),
    (408, .unavailable), (413, .usage), (422, .usage), (429, .tryAgain), (500, .unavailable),
    (502, .unavailable), (503, .unavailable), (504, .unavailable), (301, .protocolError),
    (200, .protocolError),
  ]

  @Test(arguments: upgrades)
  func `a refused upgrade`(status: Int, code: Code) {
    check(.http(status: status), code)
  }

  @Test(
    arguments: [
      (nil, .tryAgain), (1000, .tryAgain), (1001, .tryAgain), (1006, .tryAgain),
      (1002, .protocolError), (1008, .protocolError), (1009, .protocolError),
      (1011, .unavailable), (1012, .unavailable), (1013, .unavailable), (4000, .unavailable),
      (4001, .refused), (4003, .outOfCredit), (4029, .tryAgain), (4500, .unavailable),
    ] as [(UInt16?, Code)])
  func `a close`(close: UInt16?, code: Code) {
    check(.closed(code: close), code)
  }

  @Test(
    arguments: [
      ("VALIDATION_ERROR", 400, .usage), ("MISSING_VOICE_ID", 400, .usage),
      ("UNAUTHORIZED", 401, .refused), ("INSUFFICIENT_CREDITS", 402, .outOfCredit),
      ("UNAUTHORIZED", 403, .refused), ("NOT_FOUND", 404, .usage),
      ("VALIDATION_ERROR", 413, .usage), ("RATE_LIMITED", 429, .tryAgain),
      ("TOO_MANY_CONTEXTS", 429, .tryAgain), ("INTERNAL_ERROR", 500, .unavailable),
      ("INTERNAL_ERROR", 503, .unavailable), ("MODEL_UNAVAILABLE", 503, .unavailable),
      ("EMPTY_AUDIO", 500, .unavailable),
    ] as [(String, Int, Code)])
  func `an error frame`(name: String, number: Int, code: Code) {
    check(ServiceFailure(ServiceError("why", name: name, code: number)), code)
  }

  @Test func `what is not found at the upgrade is an address of no such service`() {
    check(.http(status: 404, atUpgrade: true), .usage)
  }

  @Test func `what happens before anything is said`() {
    check(.unreachable("nobody there", mayPass: true), .unavailable)
    check(.protocolViolation("nonsense"), .protocolError)
    check(.broken("it broke"), .tryAgain)
    check(.invalid("too long"), .usage)
  }

  @Test(arguments: SessionFailure.Stage.allCases)
  func `a time-out`(stage: SessionFailure.Stage) {
    let error = UserError(.timedOut(stage, after: .seconds(5)))
    #expect(error.status == .tryAgain)
    #expect(error.text.contains("--timeout \(stage.rawValue)="))
  }

  private func check(_ failure: ServiceFailure, _ code: Code) {
    let error = UserError(failure)
    #expect(error.status == code, "\(failure.cause)")
    #expect(!error.message.isEmpty && error.hint?.hasSuffix(".") == true)
    // What is advised must exist.
    #expect(!error.text.contains("doctor"))
  }
}
