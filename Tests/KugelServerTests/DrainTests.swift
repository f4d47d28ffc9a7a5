import KugelEngine
import KugelTransport
import TestSupport
import Testing

@testable import KugelServer

@Suite struct DrainTests {
  @Test func `a drain ends idle sockets at once and busy ones after their turn`() async throws {
    let server = try TestServer()
    let idle = server.open(.stream)
    let busy = server.open(.stream)
    for socket in [idle, busy] {
      // Its answer shows that the server knows the socket.
      socket.send(#"{"update_settings":{"speed":1.0}}"#)
      _ = await socket.next()
      _ = await socket.next()
    }
    busy.send(#"{"text":"Still speaking","voice_id":1}"#)
    busy.send(#"{"update_settings":{"speed":1.0}}"#)
    _ = await busy.next()
    server.server.drain()
    #expect(await idle.end() == .closed(code: 1012, reason: "service restart"))
    let ready = try await server.ask("GET", "/ready")
    #expect(ready.head.status == 503)
    #expect(try await server.ask("GET", "/health").head.status == 200)
    guard case .failed(.upgradeRefused(let refusal)) = await server.open(.tts).next() else {
      Issue.record("opened while draining")
      return
    }
    #expect(refusal.status == 503)
    busy.send(#"{"flush":true}"#)
    #expect(try await busy.turn().samples == tones("Still speaking"))
    #expect(await busy.end() == .closed(code: 1012, reason: "service restart"))
    server.server.waitUntilEnded()
  }

  @Test func `a turn that does not end is cut off in time`() async throws {
    let server = try TestServer { $0.drainTimeout = .milliseconds(50) }
    let socket = server.open(.stream)
    socket.send(#"{"text":"Never ending","voice_id":1}"#)
    socket.send(#"{"update_settings":{"speed":1.0}}"#)
    _ = await socket.next()
    _ = await socket.next()
    server.server.drain()
    #expect(await socket.end() == .closed(code: 1012, reason: "service restart"))
    server.server.waitUntilEnded()
  }

  @Test(.timeLimit(.minutes(1))) func `with nothing open a drain is the end`() async throws {
    let server = try TestServer()
    #expect(try await server.ask("GET", "/ready").head.status == 200)
    server.server.drain()
    try await onOwnThread { server.server.waitUntilEnded() }
    let answer = try? await server.ask("GET", "/health")
    #expect(answer == nil, "the port is free")
  }
}
