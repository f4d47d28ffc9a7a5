import FoundationEssentials
import KugelEngine
import KugelServiceCore
import KugelText
import KugelTransport
import KugelWire

@testable import KugelServer

/// A server with the tone engine at a free port, and a loop for its clients.
final class TestServer: Sendable {
  let server: SpeechServer
  let loop = EventLoop()

  init(
    engine: any SpeechEngine = ToneEngine(), faults: String = "",
    _ adapt: (inout ServeOptions) -> Void = { _ in },
    advise: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    var options = ServeOptions()
    options.listen.port = 0
    options.faults = try FaultPlan(faults)
    adapt(&options)
    server = try SpeechServer(options, engine: engine, advise: advise)
  }

  deinit {
    loop.stop()
    server.stop()
    server.waitUntilEnded()
  }

  func open(
    _ endpoint: Endpoint, query: String = "", headers: HTTPHeaders = [:]
  ) -> TestSocket {
    let request = ClientRequest(
      host: "127.0.0.1", port: server.port, path: endpoint.path + query, headers: headers)
    return TestSocket(WebSocketRequest(request), endpoint, on: loop)
  }

  func ask(
    _ method: String, _ path: String, _ body: String = "", headers: HTTPHeaders = [:],
    calling host: String? = nil
  ) async throws -> HTTPAnswer {
    var request = ClientRequest(host: "127.0.0.1", port: server.port, path: path, headers: headers)
    if let host {
      // As if the server were a proxy, because that is told whom it is taken for.
      request.host = host
      request.route = .through(Proxy(host: "127.0.0.1", port: server.port))
    }
    request.method = method
    request.body = Array(body.utf8)
    request.wantedHeaders = [
      "x-sample-rate", "x-audio-format", "x-kugelaudio-ai-generated", "allow",
    ]
    let result = await withCheckedContinuation { continuation in
      HTTPExchange.fetch(request, on: loop) { continuation.resume(returning: $0) }
    }
    return try result.get()
  }

  /// The value of one line of `/metrics`.
  func metric(_ name: String) async throws -> Double? {
    let text = String(decoding: try await ask("GET", "/metrics").body, as: UTF8.self)
    let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
    return line.flatMap { Double($0.dropFirst(name.count + 1)) }
  }
}

/// A client's socket; messages are read as a client reads them.
final class TestSocket: Sendable {
  private let events: AsyncStream<SocketEvent>
  let connection: WebSocketConnection
  private let endpoint: Endpoint

  init(_ request: WebSocketRequest, _ endpoint: Endpoint, on loop: EventLoop) {
    let (events, continuation) = AsyncStream.makeStream(of: SocketEvent.self)
    self.events = events
    self.endpoint = endpoint
    connection = WebSocketConnection(request, on: loop) { continuation.yield($0) }
  }

  func send(_ json: String) { connection.send(text: json) }

  func next() async -> SocketEvent? {
    for await event in events where event != .drained { return event }
    return nil
  }

  /// The next message, decoded; nil when the socket ends first.
  func message(_ decoder: inout AudioDecoder) async -> ServiceMessage? {
    await frame(&decoder)?.message
  }

  /// The same with the context that it concerns.
  func frame(_ decoder: inout AudioDecoder) async -> ServiceFrame? {
    while let event = await next() {
      switch event {
      case .text(let bytes):
        if case .frame(let frame) = KugelCodec.decodeServiceFrame(bytes, audio: &decoder) {
          return frame
        }
      case .closed, .failed: return nil
      case .opened, .binary, .drained, .pinged: continue
      }
    }
    return nil
  }

  /// All messages up to the one that ends a turn or request.
  func turn() async -> [ServiceMessage] {
    var decoder = AudioDecoder()
    var messages: [ServiceMessage] = []
    while let message = await message(&decoder) {
      messages.append(message)
      if message.endsTurn(at: endpoint) { break }
    }
    return messages
  }

  /// How the socket ends; messages before are dropped.
  func end() async -> SocketEvent? {
    while let event = await next() {
      switch event {
      case .closed, .failed: return event
      default: continue
      }
    }
    return nil
  }
}

extension ServiceMessage {
  func endsTurn(at endpoint: Endpoint) -> Bool {
    switch self {
    case .sessionClosed, .interrupted, .error: true
    case .final: endpoint == .tts
    default: false
    }
  }
}

extension [ServiceMessage] {
  var samples: [Int16] {
    flatMap { message -> [Int16] in
      if case .audio(let audio) = message { audio.samples } else { [] }
    }
  }

  var error: ServiceError? {
    lazy.compactMap { if case .error(let error) = $0 { error } else { nil } }.first
  }

  var usage: Usage? {
    lazy.compactMap { message in
      switch message {
      case .sessionClosed(_, let usage): usage
      case .final(let statistics): statistics.usage
      default: nil
      }
    }.first
  }
}

/// What the tone engine says of a text, in one piece.
func tones(_ text: String, voice: Int = 1, speed: Double = 1) throws -> [Int16] {
  var samples: [Int16] = []
  try ToneEngine().speak(Utterance(text: text, voice: voice, speed: speed)) { piece in
    if case .samples(let more) = piece { samples.append(contentsOf: more) }
    return true
  }
  return samples
}

/// A directory that is removed with its owner.
final class ScratchDirectory {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory.path + "/kugel-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

func writeText(_ text: String, to path: String) throws {
  try Data(text.utf8).write(to: URL(fileURLWithPath: path))
}
