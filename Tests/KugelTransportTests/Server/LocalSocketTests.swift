import FoundationEssentials
import Glibc
import KugelSystem
import Testing

@testable import KugelTransport

@Suite struct LocalSocketTests {
  private let scratch = ScratchDirectory()
  private var path: String { scratch.path + "/s" }

  private func loopback() throws -> Loopback {
    try Loopback({ [path] in $0.path = path }, request: { $1.respond(.text(200, $0.peer)) })
  }

  private func request() -> ClientRequest {
    var request = ClientRequest(host: "localhost", port: 80, path: "/")
    request.socketPath = path
    return request
  }

  @Test func `requests and sockets come through a path that is its user's alone`() async throws {
    let loopback = try loopback()
    let status = try FileStatus(ofLink: path)
    #expect(status.kind == .socket && status.mode & 0o777 == 0o600)
    let answer = try await loopback.fetch(request()).get()
    #expect(String(decoding: answer.body, as: UTF8.self) == "localhost")
    let (socket, events) = kugelOpen(WebSocketRequest(request()), on: loopback.loop)
    socket.send(text: Array("Hello.".utf8))
    while let event = await events.next() {
      guard case .text(let bytes) = event else { continue }
      #expect(String(decoding: bytes, as: UTF8.self) == "Hello.")
      break
    }
    socket.close()
    loopback.listener.close()
    #expect((try? FileStatus(ofLink: path)) == nil, "the path goes with the listener")
    #expect(await loopback.fetch(request()).failure != nil)
  }

  @Test func `what a dead process left is replaced, and nothing else`() async throws {
    let left = try LocalSocket.listen(at: path)
    do {
      _ = try LocalSocket.listen(at: path)
      Issue.record("two listen")
    } catch { #expect(error == .addressInUse) }
    close(left)
    let loopback = try loopback()
    #expect(try await loopback.fetch(request()).get().head.status == 200)
    loopback.listener.close()
    try SmallFile.replace(path, with: "a file", mode: 0o600)
    do {
      _ = try LocalSocket.listen(at: path)
      Issue.record("a file was replaced")
    } catch { #expect(error == .addressInUse) }
    #expect(try SmallFile.read(path) == Array("a file".utf8))
  }

  @Test func `paths that cannot be are told of`() {
    for path in [scratch.path + "/none/s", scratch.path + "/" + String(repeating: "x", count: 120)]
    {
      #expect(throws: ListenError.self) { try LocalSocket.listen(at: path) }
    }
    #expect(SocketAddress(path: "") == nil)
  }

  @Test func `one that was passed is served, and its path stays`() async throws {
    let passed = try PassedSocket(descriptor: try LocalSocket.listen(at: path))
    #expect(passed.path == path && passed.host == "localhost" && passed.port == 0)
    let loopback = try Loopback({ $0.passed = passed }, request: { $1.respond(.text(200, "")) })
    #expect(try await loopback.fetch(request()).get().head.status == 200)
    loopback.listener.close()
    #expect((try? FileStatus(ofLink: path)) != nil)
  }
}

/// A directory that is removed with its owner.
private final class ScratchDirectory: Sendable {
  let path = "/tmp/kugel-\(UInt64.random(in: .min ... .max))"

  init() {
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Result {
  fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
