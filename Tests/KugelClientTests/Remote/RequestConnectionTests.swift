import KugelClient
import KugelConnections
import KugelSession
import KugelSystem
import KugelTransport
import KugelWire
import Testing

/// A service of single requests whose every answer is written down in the test.
private struct RequestBench {
  typealias Answer = @Sendable (_ body: String, _ number: Int, HTTPResponder) -> Void

  let bench: RemoteBench
  let service: ScriptedService
  /// Bodies of the requests, in the order in which they came.
  let asked = Monitor<[String]>([])
  let keys = Monitor<[String?]>([])

  init(
    _ answer: @escaping Answer = { body, _, responder in
      responder.respond(RequestBench.sound(of: RequestBench.input(body)))
    }
  ) throws {
    let (asked, keys) = (asked, keys)
    service = try ScriptedService([ScriptedService.obliging]) { request, responder in
      let body = String(decoding: request.body, as: UTF8.self)
      keys.change { $0.append(request.head.headers["authorization"]) }
      let number = asked.change { bodies in
        bodies.append(body)
        return bodies.count - 1
      }
      answer(body, number, responder)
    }
    bench = try RemoteBench(ScriptedService.obliging)
  }

  /// The text of a request.
  static func input(_ body: String) -> String {
    let parts = body.split(separator: "\"", omittingEmptySubsequences: false)
    guard let place = parts.firstIndex(of: "input"), place + 2 < parts.count else { return "" }
    return String(parts[place + 2])
  }

  static func bytes(_ text: String) -> [UInt8] {
    ScriptedService.sound(text).flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
  }

  static func sound(of text: String) -> HTTPResponse {
    HTTPResponse(status: 200, headers: ["content-type": "audio/pcm"], body: bytes(text))
  }

  static func refusal(
    _ status: Int, _ message: String, headers: HTTPHeaders = [:]
  ) -> HTTPResponse {
    .json(status, #"{"error":{"message":"\#(message)"}}"#, headers: headers)
  }

  var inputs: [String] { asked.withLock { $0.map(Self.input) } }
  var samples: [Int16] { bench.samples }

  func connection(_ path: String = "", key: String? = nil) throws -> any SpeechConnection {
    let kind = try #require(ProtocolRegistry.all.first { $0.requests != nil })
    let remote = RemoteService(
      kind, address: try service.address(path), key: try key.map { try APIKey($0) },
      agent: "kugel/test")
    return remote.connection(news: bench.inbox.news())
  }

  func run(
    _ text: String, key: String? = nil, _ adapt: (inout TurnSettings) -> Void = { _ in },
    retries: Int = 3
  ) throws -> [TurnReport] {
    var changed = bench
    changed.settings.voice = .handle("alloy")
    changed.policy.retries = retries
    adapt(&changed.settings)
    _ = try changed.run(
      TextFlow(known: text), over: try connection(key: key), in: changed.runSetup)
    return bench.reports.withLock { $0 }
  }
}

@Suite struct RequestConnectionTests {
  private let text = "One is here. Two is here. Three is here."
  private let sentences = ["One is here.", "Two is here.", "Three is here."]

  @Test func `each sentence is a request, and the sound is that of the text`() throws {
    let bench = try RequestBench()
    #expect(try bench.run(text, key: "sk-1").map(\.ending) == [.complete])
    #expect(bench.inputs == sentences)
    #expect(bench.samples == ScriptedService.sound(text))
    #expect(bench.keys.withLock { Set($0) } == ["Bearer sk-1"])
  }

  @Test func `two are under way, and the second one's sound waits for the first one's`() throws {
    let first = Monitor<HTTPResponder?>(nil)
    let bench = try RequestBench { body, number, responder in
      let sound = RequestBench.sound(of: RequestBench.input(body))
      switch number {
      case 0: first.change { $0 = responder }
      case 1:
        // The first is answered only now that the second was asked.
        responder.respond(sound)
        first.withLock { $0 }?.respond(RequestBench.sound(of: "One is here."))
      default: responder.respond(sound)
      }
    }
    #expect(try bench.run(text).map(\.ending) == [.complete])
    #expect(bench.samples == ScriptedService.sound(text))
    #expect(bench.inputs.count == 3)
  }

  @Test func `who does not know samples is asked for a file, once and for all`() throws {
    let bench = try RequestBench { body, _, responder in
      if body.contains(#""pcm""#) {
        return responder.respond(RequestBench.refusal(400, "response_format: pcm is unknown"))
      }
      let sound = RequestBench.bytes(RequestBench.input(body))
      let head: [UInt8] =
        Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WAVEfmt ".utf8) + [16, 0, 0, 0, 1, 0, 1, 0]
        + [0xC0, 0x5D, 0, 0, 0x80, 0xBB, 0, 0, 2, 0, 16, 0] + Array("data".utf8) + [0, 0, 0, 0]
      responder.respond(
        HTTPResponse(status: 200, headers: ["content-type": "audio/wav"], body: head + sound))
    }
    #expect(try bench.run(text).map(\.ending) == [.complete])
    #expect(bench.samples == ScriptedService.sound(text))
    let refused = bench.asked.withLock { $0.filter { $0.contains(#""pcm""#) }.count }
    #expect((1...2).contains(refused))
  }

  @Test func `sound in pieces within samples is whole`() throws {
    let bench = try RequestBench { body, _, responder in
      responder.begin(200, headers: ["content-type": "audio/pcm"])
      for byte in RequestBench.bytes(RequestBench.input(body)) { responder.write([byte]) }
      responder.finish()
    }
    #expect(try bench.run(text).map(\.ending) == [.complete])
    #expect(bench.samples == ScriptedService.sound(text))
  }

  @Test func `a rate that the answer names is converted`() throws {
    let bench = try RequestBench { body, _, responder in
      responder.respond(
        HTTPResponse(
          status: 200, headers: ["content-type": "audio/pcm;rate=12000"],
          body: RequestBench.bytes(RequestBench.input(body))))
    }
    let reports = try bench.run("One is here.")
    #expect(reports.map(\.ending) == [.complete])
    #expect(bench.samples.count == 2 * ScriptedService.sound("One is here.").count)
  }

  @Test func `a wish to wait is granted, and the text said once`() throws {
    let bench = try RequestBench { body, number, responder in
      responder.respond(
        number == 0
          ? RequestBench.refusal(429, "slower", headers: ["retry-after": "0"])
          : RequestBench.sound(of: RequestBench.input(body)))
    }
    #expect(try bench.run(text).map(\.ending) == [.complete])
    #expect(bench.samples == ScriptedService.sound(text))
  }

  @Test func `a connection that breaks within a sentence is made up for`() throws {
    let bench = try RequestBench { body, number, responder in
      let sound = RequestBench.bytes(RequestBench.input(body))
      guard number == 0 else {
        return responder.respond(RequestBench.sound(of: RequestBench.input(body)))
      }
      responder.begin(200, headers: ["content-type": "audio/pcm"])
      responder.write(Array(sound.prefix(31)))
      responder.abort()
    }
    #expect(try bench.run(text).map(\.ending) == [.complete])
    #expect(bench.samples == ScriptedService.sound(text))
  }

  @Test func `a refusal ends the turn in the service's words`() throws {
    let bench = try RequestBench { _, _, responder in
      responder.respond(RequestBench.refusal(404, "no such voice"))
    }
    let reports = try bench.run("One is here.")
    guard case .failed(.service(let failure))? = reports.first?.ending else {
      Issue.record("\(reports)")
      return
    }
    #expect(failure.kind == .notFound && failure.cause.contains("no such voice"))
  }

  @Test func `text in place of sound breaks the protocol`() throws {
    let bench = try RequestBench { _, _, responder in
      responder.respond(.text(200, "<html>welcome to the portal</html>"))
    }
    guard case .failed(.service(let failure))? = try bench.run("One.").first?.ending else {
      Issue.record("it was spoken")
      return
    }
    #expect(failure.kind == .protocolViolation)
  }

  @Test func `pauses are silence, and paces requests of their own`() throws {
    let bench = try RequestBench()
    _ = try bench.run(
      #"One <break time="300ms"/> two <prosody rate="1.2">three</prosody>."#)
    #expect(bench.inputs.map { $0.filter { !$0.isWhitespace } } == ["One", "two", "three"])
    #expect(bench.samples.contains(0))
    #expect(bench.asked.withLock { $0[2].contains(#""speed":1.2"#) })
  }

  @Test func `words get times, marked as estimated`() throws {
    let bench = try RequestBench()
    let ear = Ear()
    var changed = bench.bench
    changed.settings.voice = .handle("alloy")
    changed.settings.wordTimestamps = true
    var setup = changed.runSetup
    setup.listeners = [ear]
    _ = try changed.run(TextFlow(known: "One is here."), over: try bench.connection(), in: setup)
    let words = ear.all.flatMap { happening -> [Happening.Word] in
      if case .words(let words) = happening.what { words } else { [] }
    }
    #expect(words.map(\.text) == ["One", "is", "here."])
    #expect(words.allSatisfy { $0.score == 0 })
  }

  @Test func `voices that nobody lists are the usual ones`() throws {
    let bench = try RequestBench { _, _, responder in
      responder.respond(RequestBench.refusal(404, "no such path"))
    }
    let kind = try #require(ProtocolRegistry.all.first { $0.requests != nil })
    let remote = RemoteService(kind, address: try bench.service.address(), agent: "kugel/test")
    #expect(try remote.voices().compactMap(\.handle).prefix(2) == ["alloy", "ash"])
    #expect(throws: ServiceFailure.self) { try remote.models() }
  }

  @Test func `models are listed by their ids`() throws {
    let bench = try RequestBench { _, _, responder in
      responder.respond(.json(200, #"{"object":"list","data":[{"id":"a"},{"id":"b"}]}"#))
    }
    let kind = try #require(ProtocolRegistry.all.first { $0.requests != nil })
    let remote = RemoteService(kind, address: try bench.service.address("/v1"), agent: "kugel/test")
    #expect(try remote.models() == ["a", "b"])
  }
}
