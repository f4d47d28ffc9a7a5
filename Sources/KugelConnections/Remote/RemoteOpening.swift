import KugelSystem
import KugelTransport
import KugelWire
import Synchronization

/// One socket of a `RemoteConnection`: decodes on the transport's thread, and stops reading while the
/// owner is behind or wants nothing.
final class RemoteOpening: Sendable {
  private struct State {
    var socket: WebSocketConnection?
    /// Samples handed over and not yet taken by the owner.
    var backlog = 0
    var isBehind = false
    var isHeld = false
    var isPaused = false
    var isOver = false
    var connectTimes: ConnectTimes?
  }

  /// Ten seconds at the usual rate, 480 kB: some pieces as they are read.
  private static let mostBacklog = 240_000

  private let address: EndpointAddress
  private let state = Mutex(State())
  /// For the transport's thread alone: who is told of a frame need not wait until the next is decoded.
  private let decoder: Mutex<ServiceDecoder>
  /// Likewise: what came in one piece, and is told together.
  private let gathered: Mutex<GatheredFrames>
  /// Readable once the socket has ended; without descriptors nobody waits for that.
  private let ended = try? Inbox<Void>()
  private let trace: (@Sendable (WireLine) -> Void)?
  private let news: @Sendable (ConnectionNews.Content) -> Void

  init(
    address: EndpointAddress, decoder: ServiceDecoder, joinsSound: Bool,
    trace: (@Sendable (WireLine) -> Void)?,
    news: @escaping @Sendable (ConnectionNews.Content) -> Void
  ) {
    self.address = address
    self.decoder = Mutex(decoder)
    gathered = Mutex(GatheredFrames(joins: joinsSound))
    self.trace = trace
    self.news = news
  }

  func start(_ request: WebSocketRequest, on loop: EventLoop) {
    let socket = WebSocketConnection(
      request, on: loop, caughtUp: { self.tellGathered() }, handler: { self.hear($0) })
    state.withLock { state in
      state.socket = state.isOver ? nil : socket
      if state.isPaused { socket.pauseReceiving() }
    }
  }

  // MARK: On the owner's thread

  /// nil until it is open.
  var connectTimes: ConnectTimes? { state.withLock { $0.connectTimes } }

  func send(_ message: [UInt8]) {
    if let trace { trace(.sent(message)) }
    state.withLock { $0.socket }?.send(text: message)
  }

  func hold(_ held: Bool) {
    state.withLock { state in
      state.isHeld = held
      Self.adjust(&state)
    }
  }

  /// The owner has taken frames of so many samples.
  func taken(_ samples: Int) {
    state.withLock { state in
      state.backlog -= samples
      if state.backlog < Self.mostBacklog / 2 { state.isBehind = false }
      Self.adjust(&state)
    }
  }

  /// Ends the connection; nothing more is told.
  func close() {
    let socket = state.withLock { state in
      state.isOver = true
      defer { state.socket = nil }
      return state.socket
    }
    socket?.close()
  }

  /// Waits for the closing handshake, but not long.
  func leave(patience: Duration) {
    if let ended { _ = Poller.wait(for: [ended.descriptor], until: .now + patience) }
  }

  // MARK: On the transport's thread

  private func hear(_ event: SocketEvent) {
    switch event {
    case .opened(_, let took):
      state.withLock { $0.connectTimes = ConnectTimes(took) }
      tell(.opened)
    case .text(let message): receive(message)
    case .binary(let message):
      let what = "\(message.count) bytes of binary data"
      trace?(.ignored(what))
      // It may be sound; whoever passes it over has a shorter file and does not know.
      violate("\(what), and its messages are text")
    case .pinged: tell(.keptAlive)
    case .drained: break
    case .closed(let code, let reason):
      end(.closed(code: code, reason: reason))
    case .failed(let error):
      end(ServiceFailure(error, reaching: address))
    }
  }

  private func receive(_ message: [UInt8]) {
    let decoding = decode(message)
    if let trace { trace(.received(message, decoding)) }
    switch decoding {
    case .frame(let frame): take(CollectionOfOne(frame))
    case .frames(let frames): take(frames)
    case .greeting(let session): tell(.greeted(session: session))
    case .unknown: break
    case .malformed(let what): violate(what)
    }
  }

  /// - Parameter what: fits after "the service sent".
  private func violate(_ what: String) {
    let socket = state.withLock { $0.socket }
    socket?.close(code: 1002)
    end(.protocolViolation(what))
  }

  private func decode(_ message: [UInt8]) -> ServiceDecoding {
    decoder.withLock { decoder in
      let decoding = decoder.decode(message)
      switch decoding {
      case .frame(let frame): Self.note(frame, &decoder)
      case .frames(let frames): for frame in frames { Self.note(frame, &decoder) }
      case .greeting, .unknown, .malformed: break
      }
      return decoding
    }
  }

  private static func note(_ frame: ServiceFrame, _ decoder: inout ServiceDecoder) {
    if frame.message.endsAudio { decoder.endAudio(of: frame.context) }
  }

  private func take(_ frames: some Collection<ServiceFrame>) {
    state.withLock { state in
      state.backlog += frames.reduce(0) { $0 + $1.samples }
      if state.backlog > Self.mostBacklog { state.isBehind = true }
      Self.adjust(&state)
    }
    gathered.withLock { gathered in
      for frame in frames { gathered.add(frame) }
    }
  }

  private func tellGathered() {
    let frames = gathered.withLock { $0.take() }
    if !frames.isEmpty, !state.withLock({ $0.isOver }) { news(.frames(frames)) }
  }

  private func tell(_ event: LinkEvent) {
    tellGathered()
    if !state.withLock({ $0.isOver }) { news(.service(event)) }
  }

  private func end(_ failure: ServiceFailure) {
    tellGathered()
    let wasOver = state.withLock { state in
      defer { state.isOver = true }
      state.socket = nil
      return state.isOver
    }
    ended?.post(())
    if !wasOver { news(.service(.lost(failure))) }
  }

  /// Under the lock, so that the last word is the socket's too: from the transport's thread only while news are told, when
  /// a socket that goes on tells nothing from within.
  private static func adjust(_ state: inout State) {
    let pauses = state.isHeld || state.isBehind
    guard pauses != state.isPaused else { return }
    state.isPaused = pauses
    if pauses { state.socket?.pauseReceiving() } else { state.socket?.resumeReceiving() }
  }
}

extension ServiceFrame {
  /// Samples of sound in it.
  var samples: Int { if case .audio(let audio) = message { audio.samples.count } else { 0 } }
}

extension ServiceMessage {
  /// Whether a half sample that waits has lost its other half.
  fileprivate var endsAudio: Bool {
    switch self {
    case .final, .sessionClosed, .interrupted, .contextClosed, .error: true
    case .generationStarted, .audio, .wordTimes, .chunkComplete, .warning, .settingsUpdated,
      .contextCreated, .contextTimeout:
      false
    }
  }
}
