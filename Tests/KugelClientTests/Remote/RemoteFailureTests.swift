import KugelClient
import KugelConnections
import KugelSession
import KugelTransport
import KugelWire
import Testing

/// Every way in which a connection can fail, as the user of it sees it.
@Suite struct RemoteFailureTests {
  private static let error = #"{"error":"why","error_code":"NAME","code":NUMBER}"#

  private func reason(_ outcome: SpeechOutcome) -> ServiceFailure? {
    if case .service(let failure) = outcome.failure { return failure }
    if case .service(let failure) = outcome.turns.firstFailure { return failure }
    return nil
  }

  @Test(
    arguments: [
      (400, .invalidRequest), (401, .refused), (402, .noCredit), (403, .refused),
      (404, .noSuchPath), (413, .invalidRequest), (429, .rateLimited(retryAfter: 9)),
      (500, .internalError), (503, .unavailable(retryAfter: 9)), (301, .protocolViolation),
      (200, .protocolViolation),
    ] as [(Int, ServiceFailure.Kind)])
  func `an upgrade that is refused says why`(status: Int, kind: ServiceFailure.Kind) throws {
    let answer = HTTPResponse(
      status: status, headers: ["retry-after": "9", "x-request-id": "r7"],
      body: Array("no".utf8))
    var bench = try RemoteBench(.refuse(answer))
    bench.policy.retries = 0
    let failure = try #require(reason(try bench.run("One.")))
    #expect(failure.kind == kind)
    #expect(failure.requestID == "r7")
    #expect(bench.samples == [])
    #expect(bench.service.upgrades.withLock { $0.count } == 1)
  }

  @Test func `the body of a refusal explains it`() throws {
    let body = Self.error.replacing("NAME", with: "UNAUTHORIZED").replacing("NUMBER", with: "401")
    let bench = try RemoteBench(.refuse(.json(403, body)))
    let failure = try #require(reason(try bench.run("One.")))
    #expect(failure.cause == "the service refused the key (401 UNAUTHORIZED): why")
  }

  @Test(
    arguments: [
      (1000, .endedEarly), (1001, .endedEarly), (1002, .protocolViolation),
      (1011, .internalError), (1012, .restarting(retryAfter: 1)), (4000, .internalError),
      (4001, .refused), (4003, .noCredit), (4029, .rateLimited(retryAfter: nil)),
      (4500, .unavailable(retryAfter: nil)), (4999, .abnormalClose),
    ] as [(UInt16, ServiceFailure.Kind)])
  func `a close before any sound has its kind`(code: UInt16, kind: ServiceFailure.Kind) throws {
    var bench = try RemoteBench(.serve { peer, _ in peer.socket.close(code: code, reason: "why") })
    bench.policy.retries = 0
    let failure = try #require(reason(try bench.run("One.")))
    #expect(failure.kind == kind)
    #expect(failure.number == Int(code))
  }

  @Test(
    arguments: [
      ("UNAUTHORIZED", 401, .refused), ("INSUFFICIENT_CREDITS", 402, .noCredit),
      ("RATE_LIMITED", 429, .rateLimited(retryAfter: nil)),
      ("VALIDATION_ERROR", 400, .invalidRequest), ("MISSING_VOICE_ID", 400, .invalidRequest),
      ("NOT_FOUND", 404, .notFound), ("MODEL_UNAVAILABLE", 503, .unavailable(retryAfter: nil)),
      ("INTERNAL_ERROR", 500, .internalError), ("EMPTY_AUDIO", 500, .emptyAudio),
    ] as [(String, Int, ServiceFailure.Kind)])
  func `an error frame ends the turn, and what came of it stays`(
    name: String, code: Int, kind: ServiceFailure.Kind
  ) throws {
    let bench = try RemoteBench(
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.speak("One.")
        peer.say(.error(ServiceError("why", name: name, code: code, requestID: "r9")))
      })
    let failure = try #require(reason(try bench.run("One. Two.")))
    #expect(failure.kind == kind && failure.requestID == "r9")
    #expect(bench.samples == ScriptedService.sound("One."))
  }

  @Test(arguments: ["no json", "[1]", #"{"audio":"@@"}"#, #"{"audio":"AAAA","sr":"x"}"#])
  func `what breaks the protocol ends the run, and what came stays`(message: String) throws {
    let bench = try RemoteBench(
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.speak("One.")
        peer.socket.send(text: message)
      })
    let failure = try #require(reason(try bench.run("One. Two.")))
    #expect(failure.kind == .protocolViolation)
    #expect(bench.samples == ScriptedService.sound("One."))
  }

  @Test(arguments: [Endpoint.stream, .tts])
  func `binary data where messages are due is no sound that may be missing`(
    endpoint: Endpoint
  ) throws {
    var bench = try RemoteBench(
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.speak("One.")
        peer.socket.send(binary: [1, 2, 3])
        peer.end()
      })
    bench.endpoint = endpoint
    let failure = try #require(reason(try bench.run("One. Two.")))
    #expect(failure.kind == .protocolViolation)
    #expect(failure.cause.contains("3 bytes of binary data"))
    #expect(bench.samples == ScriptedService.sound("One."))
    #expect(bench.lines.withLock { $0 }.contains(.ignored("3 bytes of binary data")))
  }

  @Test func `nobody at the address is tried again and then told`() throws {
    var bench = try RemoteBench(ScriptedService.obliging)
    bench.service.listener.close()
    bench.policy.retries = 1
    let ear = Ear()
    var run = bench.runSetup
    run.listeners = [ear]
    let outcome = try bench.run(TextFlow(known: "One."), over: bench.connection(), in: run)
    let failure = try #require(reason(outcome))
    #expect(ear.all.count { if case .retrying = $0.what { true } else { false } } == 1)
    #expect(failure.kind == .unavailable(retryAfter: nil))
    #expect(failure.cause.contains("nothing listens at http://127.0.0.1"))
  }

  @Test func `a server without TLS is not trusted, and not tried again`() throws {
    let bench = try RemoteBench(ScriptedService.obliging)
    let address = try EndpointAddress(
      url: "https://127.0.0.1:\(bench.service.listener.port)")
    do throws(ServiceFailure) {
      _ = try RemoteService(address: address, agent: "kugel/test").voices()
      Issue.record("it was trusted")
    } catch {
      #expect(error.kind == .unavailable(retryAfter: nil))
      #expect(error.replayDelay == nil)
      #expect(error.nextStep?.contains("http:// does without") == true)
    }
  }

  @Test func `silence is bounded at each stage`() throws {
    for (script, stage, heard) in [
      (.greet { _ in }, .first, ""),
      (
        .serve { peer, frame in if frame.flush { peer.speak("One.") } }, .stall, "One."
      ),
    ] as [(ScriptedService.Script, SessionFailure.Stage, String)] {
      var bench = try RemoteBench(script)
      bench.policy.firstTimeout = .milliseconds(50)
      bench.policy.stallTimeout = .milliseconds(50)
      let failure = try bench.run("One. Two.").turns.firstFailure
      #expect(failure == .timedOut(stage, after: .milliseconds(50)))
      #expect(bench.samples == ScriptedService.sound(heard))
    }
  }
}
