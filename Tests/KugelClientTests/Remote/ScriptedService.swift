import KugelAudio
import KugelClient
import KugelConnections
import KugelSession
import KugelSystem
import KugelTransport
import KugelWire
import Testing

/// A service whose every answer is written down in the test, at a free port.
final class ScriptedService: Sendable {
  /// What becomes of one connection.
  enum Script: Sendable {
    case refuse(HTTPResponse)
    /// Called for each message of the client.
    case serve(@Sendable (Peer, ClientFrame) -> Void)
    /// Called once the socket is open.
    case greet(@Sendable (Peer) -> Void)
  }

  /// The service's end of one connection.
  final class Peer: Sendable {
    let socket: ServerWebSocket
    let endpoint: Endpoint
    /// Text of the turn under way.
    let text = Monitor("")

    init(_ socket: ServerWebSocket, at endpoint: Endpoint) {
      self.socket = socket
      self.endpoint = endpoint
    }

    func say(_ messages: ServiceMessage...) {
      for message in messages {
        socket.send(text: KugelCodec.encode(ServiceFrame(message), at: endpoint))
      }
    }

    /// One chunk: announced, heard, complete.
    func speak(_ text: String, chunk: Int = 0) {
      say(
        .generationStarted(chunk: chunk, text: text), .audio(ScriptedService.frame(text, chunk)),
        .chunkComplete(chunk: chunk, audioSeconds: 1, generationMilliseconds: 1))
    }

    func end() {
      say(.final(FinalStatistics(totals: TurnTotals(audioSeconds: 1))))
      if endpoint == .stream {
        say(.sessionClosed(TurnTotals(audioSeconds: 1, textChunks: 1), usage: nil))
      }
    }
  }

  let loop = EventLoop()
  let listener: Listener
  /// Heads of the upgrades, in order.
  let upgrades = Monitor<[RequestHead]>([])
  /// What the clients sent, by connection.
  let frames = Monitor<[[ClientFrame]]>([])

  /// - Parameter scripts: one for each connection in turn; the last serves all further ones.
  init(
    _ scripts: [Script],
    request: @escaping @Sendable (HTTPRequest, HTTPResponder) -> Void = { _, responder in
      responder.respond(.text(404, "not here"))
    }
  ) throws {
    let (upgrades, frames) = (upgrades, frames)
    listener = try Listener(
      ListenerOptions(), on: loop,
      upgrade: { upgrade in
        let number = upgrades.change { heads in
          heads.append(upgrade.head)
          return heads.count - 1
        }
        frames.change { $0.append([]) }
        let endpoint: Endpoint = upgrade.head.path.hasSuffix("/ws/tts") ? .tts : .stream
        switch scripts[min(number, scripts.count - 1)] {
        case .refuse(let response): return .refuse(response)
        case .greet(let greet):
          return .accept(serve: { socket in
            greet(Peer(socket, at: endpoint))
            return { _ in }
          })
        case .serve(let answer):
          return .accept(serve: { socket in
            let peer = Peer(socket, at: endpoint)
            return { event in
              guard case .text(let message) = event,
                let frame = try? KugelCodec.decodeClientFrame(message, at: endpoint)
              else { return }
              frames.change { $0[number].append(frame) }
              peer.text.change { $0 += frame.text ?? "" }
              answer(peer, frame)
            }
          })
        }
      }, request: request)
  }

  deinit { loop.stop() }

  func address(_ path: String = "") throws -> EndpointAddress {
    try EndpointAddress(url: "http://\(listener.address):\(listener.port)\(path)")
  }

  /// Ten samples for each character that is no white space, each as loud as its number: what was said
  /// can be read from it.
  static func sound(_ text: String) -> [Int16] {
    text.unicodeScalars.filter { !$0.properties.isWhitespace }
      .flatMap { [Int16](repeating: Int16($0.value), count: 10) }
  }

  static func frame(_ text: String, _ chunk: Int = 0) -> AudioFrame {
    AudioFrame(samples: sound(text), rate: 24_000, index: chunk, chunk: chunk)
  }

  /// Speaks each turn sentence by sentence once its text is complete.
  static let obliging = Script.serve { peer, frame in
    if frame.cancel { peer.say(.interrupted) }
    guard frame.flush else { return }
    let text = peer.text.change { text in
      defer { text = "" }
      return text
    }
    for (chunk, sentence) in sentences(of: text).enumerated() { peer.speak(sentence, chunk: chunk) }
    peer.end()
  }

  static func sentences(of text: String) -> [String] {
    text.split(separator: ".").map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty }
      .map { $0 + "." }
  }
}

/// A run over a scripted service, into memory.
struct RemoteBench {
  let service: ScriptedService
  let inbox: Inbox<RunEvent>
  let heard = Monitor<[Int16]>([])
  let lines = Monitor<[WireLine]>([])
  let reports = Monitor<[TurnReport]>([])
  var policy = SessionPolicy()
  var settings = TurnSettings()
  var endpoint = Endpoint.stream
  var key: APIKey?
  var path = ""

  init(_ scripts: ScriptedService.Script...) throws { try self.init(scripts) }

  init(_ scripts: [ScriptedService.Script]) throws {
    service = try ScriptedService(scripts)
    inbox = try Inbox()
    settings.voice = .id(7)
    // Patience that no test uses up, unless it says so.
    (policy.connectTimeout, policy.firstTimeout, policy.stallTimeout) = (nil, nil, nil)
  }

  var samples: [Int16] { heard.withLock { $0 } }

  func connection(keepAlive: Duration? = nil) throws -> RemoteConnection {
    var remote = RemoteService(
      address: try service.address(path), key: key, agent: "kugel/test")
    remote.patience = .seconds(600)
    if let keepAlive { remote.keepAlive = keepAlive }
    return RemoteConnection(
      remote, endpoint: endpoint,
      trace: { [lines] line in lines.change { $0.append(line) } },
      news: inbox.news())
  }

  func run(_ text: String) throws -> SpeechOutcome { try run(TextFlow(known: text)) }

  func run(_ input: any SpeechInput) throws -> SpeechOutcome {
    try run(input, over: try connection(), in: runSetup)
  }

  func run(
    _ input: any SpeechInput, over connection: any SpeechConnection, in run: RunSetup
  ) throws -> SpeechOutcome {
    var setup = SpeechSetup(settings: settings, connection: connection)
    setup.policy = policy
    setup.keepsTexts = true
    return try SpeechPart.perform(setup, input, in: run)
  }

  /// With one file in memory.
  var runSetup: RunSetup {
    let sink = SinkRunner(
      target: "memory", onChange: { [inbox] in inbox.post(.sinkChanged) },
      makeSink: { [heard] in CollectingSink(heard) })
    var setup = RunSetup(inbox: inbox, outputs: OutputSet([sink], capacity: 10))
    setup.listeners.append(ReportKeeper(reports))
    return setup
  }

  /// What each connection was sent.
  var sent: [[ClientFrame]] { service.frames.withLock { $0 } }
}

/// What was told of each turn at its end.
private final class ReportKeeper: RunListener {
  private let all: Monitor<[TurnReport]>

  init(_ all: Monitor<[TurnReport]>) { self.all = all }

  func hear(_ happening: Happening) {
    if case .turnEnded(_, let report) = happening.what { all.change { $0.append(report) } }
  }
}

extension SpeechOutcome {
  /// How many turns were complete, empty, cancelled and failed.
  var endings: [Int] { [turns.complete, turns.empty, turns.cancelled, turns.failed] }
}
