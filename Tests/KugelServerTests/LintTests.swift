import KugelServer
import KugelSystem
import KugelWire
import Testing

@Suite struct LintTests {
  private func told(
    lints: Bool, over endpoint: Endpoint = .stream, _ messages: [String]
  ) async throws -> [String] {
    let told = Monitor<[String]>([])
    let server = try TestServer(
      { $0.lints = lints }, advise: { line in told.change { $0.append(line) } })
    let socket = server.open(endpoint)
    for message in messages { socket.send(message) }
    socket.send(#"{"close_socket":true}"#)
    _ = await socket.end()
    return told.withLock { $0 }
  }

  private let pieces = ["Hel", "lo wor", "ld an", "d more"].map {
    #"{"text":"\#($0)","voice_id":1,"flush":true}"#
  }

  @Test func `who has each piece spoken is told of, with the rule and the message`() async throws {
    let lines = try await told(lints: true, pieces)
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("/ws/tts/stream [") == true)
    #expect(lines.first?.contains("flush-in-sentence, line 3, “ld an”") == true)
  }

  @Test func `nothing is told unasked, or of who flushes once`() async throws {
    #expect(try await told(lints: false, pieces).isEmpty)
    let once = #"{"text":"Hello.","voice_id":1,"flush":true}"#
    #expect(try await told(lints: true, [once]).isEmpty)
  }
}
