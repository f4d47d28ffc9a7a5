import KugelAudio
import KugelSession
import KugelTranslation
import KugelTransport
import KugelWire

/// A service behind a WebSocket. Its news come on the transport's thread, decoded; `receive` takes them
/// on the owner's.
package final class RemoteConnection: SpeechConnection {
  private let service: RemoteService
  /// How it is spoken with.
  private var kind: ServiceProtocol
  private var codec: any SocketCodec
  private let endpoint: Endpoint
  private let defaultRate: Int
  private let confirmsCancel: Bool
  private let loop: EventLoop
  private let trace: (@Sendable (WireLine) -> Void)?
  private let news: @Sendable (ConnectionNews) -> Void
  package var deliver: (LinkEvent) -> Void = { _ in }

  private var socket: RemoteOpening?
  private var opening = 0
  /// Being opened ahead of `open`.
  private var isPrepared = false
  private var isHeld = false
  /// Where the service has other words for turns than a session.
  private var translation: TurnTranslation?
  /// Of the next socket, as far as its address says how turns are spoken.
  private var settings: TurnSettings
  /// Whether the socket is replaced by another, which the session need not know.
  private var isReplacing = false
  /// The socket was there.
  private var wasOpened = false
  /// Speaks in place of it, where it turned out that requests are the only way.
  private var substitute: (any SpeechConnection)?

  /// - Parameters:
  ///   - service: one whose turns travel over a socket.
  ///   - endpoint: `.tts` sends each turn as one request, `.stream` and `.multi` text as it comes.
  ///   - settings: of the turns, where they are known already; else `prepare` brings them.
  ///   - defaultRate: Hz of audio that does not say.
  ///   - confirmsCancel: whether a cancel is answered only once the service has done with the turn,
  ///     where the protocol has no answer of its own.
  ///   - trace: called on either thread.
  ///   - news: called on the transport's thread; brings the news to the owner's, which hands them to
  ///     `receive`.
  package init(
    _ service: RemoteService, endpoint: Endpoint = .stream, settings: TurnSettings = TurnSettings(),
    defaultRate: Int = 24_000, confirmsCancel: Bool = false, loop: EventLoop = EventLoop(),
    trace: (@Sendable (WireLine) -> Void)? = nil,
    news: @escaping @Sendable (ConnectionNews) -> Void
  ) {
    let kind = service.way.found ?? service.kind
    guard let codec = kind.socket else { preconditionFailure("\(kind.name) has no sockets") }
    self.kind = kind
    self.codec = codec
    self.service = service
    self.endpoint = endpoint
    self.settings = settings
    self.defaultRate = defaultRate
    self.confirmsCancel = confirmsCancel
    self.loop = loop
    self.trace = trace
    self.news = news
  }

  package var deadline: ContinuousClock.Instant? {
    substitute.map(\.deadline) ?? translation?.deadline
  }
  package var connectTimes: ConnectTimes? { socket?.connectTimes }

  package func tick(at now: ContinuousClock.Instant) {
    if let substitute { return substitute.tick(at: now) }
    apply(translation?.tick(at: now))
  }

  /// Begins to connect before `open`, which then takes that connection.
  package func prepare(for settings: TurnSettings? = nil) {
    guard !isPrepared && socket == nil && substitute == nil else { return }
    if let settings { self.settings = settings }
    connect()
    isPrepared = true
  }

  package func open() {
    if let substitute { return substitute.open() }
    if !isPrepared { connect() }
    isPrepared = false
  }

  private func connect() {
    isReplacing = false
    translation = TurnTranslation(
      kind.capabilities, endpoint: endpoint, settings: settings, confirmsCancel: confirmsCancel)
    dial()
  }

  private func dial() {
    socket?.close()
    opening += 1
    wasOpened = false
    let made = RemoteOpening(
      address: service.address,
      decoder: ServiceDecoder(
        codec, settings: settings, defaultRate: defaultRate, files: StreamDecoder.init(rate:)),
      joinsSound: service.isPatient, trace: trace,
      news: { [news, opening] content in
        news(ConnectionNews(content, opening: opening, at: .now))
      })
    socket = made
    if isHeld { made.hold(true) }
    var request = WebSocketRequest(
      service.showing(settings.hints.credential).request(
        codec.target(of: endpoint, at: service.address, settings: settings), opensSocket: true))
    request.pingInterval = service.keepAlive
    made.start(request, on: loop)
  }

  package func send(_ frame: ClientFrame) {
    if let substitute { return substitute.send(frame) }
    guard translation != nil else { return write(frame) }
    apply(translation?.send(frame, at: .now))
  }

  private func write(_ frame: ClientFrame) {
    if let message = codec.encode(frame, at: endpoint) { socket?.send(message) }
  }

  private func apply(_ output: TurnTranslation.Output?) {
    guard let output else { return }
    if output.hangsUp { hangUp() }
    if let wanted = output.reopen {
      settings = wanted
      let way = kind.way(for: wanted, at: endpoint)
      // It may have been tried.
      let hasCalls = !(service.way.hasNoCalls && way.reason == .wholeText)
      if way.kind.requests != nil, hasCalls {
        speak(in: way.kind, because: way.reason?.sentence)
        return deliver(.lost(Self.otherWay))
      }
      isReplacing = true
      dial()
    }
    for frame in output.frames { write(frame) }
    for message in output.messages { deliver(.received(ServiceFrame(message))) }
  }

  package func receive(_ news: ConnectionNews) {
    if let substitute { return substitute.receive(news) }
    guard news.opening == opening, let socket else { return }
    switch news.content {
    case .engine, .request: break
    case .service(let event): take(event)
    case .frames(let frames):
      socket.taken(frames.reduce(0) { $0 + $1.samples })
      // What one of them led to may be that the rest is nobody's.
      for frame in frames where self.socket === socket { take(frame) }
    }
  }

  private func take(_ event: LinkEvent) {
    switch event {
    case .opened where isReplacing:
      (isReplacing, wasOpened) = (false, true)
      apply(translation?.opened(at: .now))
    case .lost(let failure):
      let next = kind.alternative(after: failure)
      if let socket = next?.socket, let next, service.way.found == nil {
        // Nothing was said over the socket that there was not.
        (kind, codec) = (next, socket)
        connect()
      } else if let next, next.requests != nil {
        speak(in: next, because: ServiceProtocol.RequestReason.model(settings.model ?? "").sentence)
        if isReplacing { deliver(.lost(Self.otherWay)) } else { substitute?.open() }
      } else if !(wasOpened && translation?.lost() ?? false) {
        deliver(event)
      }
    case .opened:
      wasOpened = true
      service.way.found = kind
      deliver(event)
    case .received(let frame): take(frame)
    case .keptAlive, .greeted: deliver(event)
    }
  }

  /// The session says the turn once more, of which nothing was heard.
  private static let otherWay = ServiceFailure.broken("the next turn needs another connection")

  /// From now on all goes in requests.
  private func speak(in next: ServiceProtocol, because reason: String?) {
    guard let codec = next.requests else { return }
    hangUp()
    isPrepared = false
    var service = service
    service.kind = next
    let made = RequestConnection(
      service, codec, endpoint: endpoint, loop: loop, trace: trace, news: news)
    made.deliver = { [unowned self] event in deliver(event) }
    if let reason { service.remark(reason) }
    if isHeld { made.hold(true) }
    substitute = made
  }

  /// Nothing more is taken of the socket; another will be opened in its place.
  private func hangUp() {
    opening += 1
    socket?.close()
    socket = nil
  }

  private func take(_ frame: ServiceFrame) {
    guard translation != nil else { return deliver(.received(frame)) }
    apply(translation?.receive(frame.message, context: frame.context, at: .now))
  }

  package func hold(_ held: Bool) {
    isHeld = held
    substitute?.hold(held)
    socket?.hold(held)
  }

  package func close() {
    // News that are still on their way are of no opening any more.
    opening += 1
    isPrepared = false
    substitute?.close()
    socket?.close()
    closing = socket ?? closing
    socket = nil
  }

  private var closing: RemoteOpening?

  package func leave() {
    close()
    closing?.leave(patience: .milliseconds(20))
    closing = nil
  }
}
