import KugelClient
import KugelConnections
import KugelTransport
import KugelWire
import Testing

@Suite struct VoiceListingTests {
  private func service(
    of count: Int, answering response: (@Sendable (HTTPRequest) -> HTTPResponse)? = nil
  ) throws -> ScriptedService {
    try ScriptedService([ScriptedService.obliging]) { request, responder in
      if let response { return responder.respond(response(request)) }
      let limit = request.head.query("limit").flatMap(Int.init) ?? 20
      let offset = request.head.query("offset").flatMap(Int.init) ?? 0
      let voices = (0..<count).dropFirst(offset).prefix(limit).map {
        #"{"id":\#($0),"name":"\#(request.head.query("language") ?? "any")"}"#
      }
      responder.respond(
        .json(
          200,
          #"{"voices":[\#(voices.joined(separator: ","))],"total":\#(count),"limit":\#(limit),"offset":\#(offset)}"#
        ))
    }
  }

  @Test func `every page is asked for, once`() throws {
    let service = try service(of: 250)
    let remote = RemoteService(address: try service.address(), agent: "kugel/test")
    #expect(try remote.voices().map(\.id) == Array(0..<250))
    #expect(try remote.voices(limit: 1).map(\.id) == [0])
    #expect(try remote.voices(language: "de", limit: 1).map(\.name) == ["de"])
  }

  @Test func `the key is in a header`() throws {
    let service = try service(of: 0) { request in
      request.head.headers["authorization"] == "Bearer ka_1" && request.head.query("api_key") == nil
        ? .json(200, #"{"voices":[],"total":0}"#) : HTTPResponse(status: 401)
    }
    let remote = RemoteService(
      address: try service.address(), key: try APIKey("ka_1"), agent: "kugel/test")
    #expect(try remote.voices() == [])
    do {
      _ = try RemoteService(address: try service.address(), agent: "kugel/test").voices()
      Issue.record("it was let in")
    } catch let error as ServiceFailure {
      #expect(error.kind == .refused)
    }
  }

  @Test func `something else than voices is a breach of the protocol`() throws {
    let service = try service(of: 0) { _ in .text(200, "hello") }
    let remote = RemoteService(address: try service.address(), agent: "kugel/test")
    #expect(throws: ServiceFailure.protocolViolation("something else than a list of voices")) {
      _ = try remote.voices()
    }
  }
}
