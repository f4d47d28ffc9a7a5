import KugelCore
import KugelTransport

/// A service behind a WebSocket. Its news come on the transport's thread, decoded; `accept` takes them
/// on the owner's.
package final class RemoteConnection: SpeechConnection {
  private let service: RemoteService
  private let endpoint: Endpoint
  private let defaultRate: Int
  private let loop: EventLoop
  private let trace: (@Sendable (WireLine) -> Void)?
  private let news: @Sendable (LinkEvent, _ opening: Int) -> Void
  /// What the session is to be told besides what `accept` returns; called on the owner's thread.
  var deliver: (LinkEvent) -> Void = { _ in }

  private var socket: RemoteOpening?
  /// Tells the news of one opening from those of another.
  private var opening = 0
  /// Being opened ahead of `open`.
  private var isPrepared = false
  private var isHeld = false
  private var oneShot: OneShotTranslation?

  /// - Parameters:
  ///   - endpoint: `.tts` sends each turn as one request, `.stream` text as it comes.
  ///   - defaultRate: Hz of audio that does not say.
  ///   - trace: called on either thread.
  ///   - news: called on the transport's thread; brings the news to the owner's thread, which hands
  ///     them to `accept`.
  package init(
    _ service: RemoteService, endpoint: Endpoint = .stream, defaultRate: Int = 24_000,
    loop: EventLoop = EventLoop(), trace: (@Sendable (WireLine) -> Void)? = nil,
    news: @escaping @Sendable (LinkEvent, _ opening: Int) -> Void
  ) {
    self.service = service
    self.endpoint = endpoint
    self.defaultRate = defaultRate
    self.loop = loop
    self.trace = trace
    self.news = news
  }

  package var deadline: ContinuousClock.Instant? { nil }
  package var connectTimes: ConnectTimes? { socket?.connectTimes }
  package func tick(at now: ContinuousClock.Instant) {}

  /// Begins to connect before `open`, which then takes that connection.
  package func prepare() {
    guard !isPrepared && socket == nil else { return }
    connect()
    isPrepared = true
  }

  package func open() {
    if !isPrepared { connect() }
    isPrepared = false
  }

  private func connect() {
    socket?.close()
    opening += 1
    oneShot = endpoint == .tts ? OneShotTranslation() : nil
    let made = RemoteOpening(
      address: service.address, defaultRate: defaultRate, trace: trace,
      news: { [news, opening] event in news(event, opening) })
    socket = made
    if isHeld { made.hold(true) }
    var request = WebSocketRequest(service.request(service.address.target(of: endpoint)))
    request.pingInterval = service.keepAlive
    made.start(request, on: loop)
  }

  package func send(_ frame: ClientFrame) {
    guard oneShot != nil else { return write(frame) }
    apply(oneShot?.send(frame))
  }

  private func write(_ frame: ClientFrame) {
    guard let message = KugelCodec.encode(frame, at: endpoint) else { return }
    socket?.send(message)
  }

  private func apply(_ output: OneShotTranslation.Output?) {
    for frame in output?.frames ?? [] { write(frame) }
    for message in output?.messages ?? [] { deliver(.received(message)) }
  }

  /// Takes news that were posted; those of an earlier connection are nobody's.
  package func accept(_ event: LinkEvent, opening: Int) {
    guard opening == self.opening, let socket else { return }
    guard case .received(let message) = event else { return deliver(event) }
    if case .audio(let frame) = message { socket.taken(frame.samples.count) }
    if oneShot == nil { deliver(event) } else { apply(oneShot?.receive(message)) }
  }

  package func hold(_ held: Bool) {
    isHeld = held
    socket?.hold(held)
  }

  package func close() {
    // News that are still on their way are of no opening any more.
    opening += 1
    isPrepared = false
    socket?.close()
    closing = socket ?? closing
    socket = nil
  }

  private var closing: RemoteOpening?

  /// Gives the service a moment to hear that we leave.
  package func leave() {
    close()
    closing?.leave(patience: .milliseconds(20))
    closing = nil
  }
}
