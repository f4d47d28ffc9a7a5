import KugelWire

/// Calls, where they are the usual way, and sockets where it turns out that the service has nothing else.
final class CallsOrSockets: SpeechConnection {
  private let service: RemoteService
  private let sockets: () -> RemoteConnection
  private var isReplaced = false
  /// Of the turns: they are in the address of a socket.
  private var settings: TurnSettings?
  private var current: any SpeechConnection { didSet { listen() } }
  var deliver: (LinkEvent) -> Void = { _ in }

  init(
    _ calls: RequestConnection, else sockets: @escaping () -> RemoteConnection,
    of service: RemoteService
  ) {
    current = calls
    self.sockets = sockets
    self.service = service
    listen()
  }

  private func listen() { current.deliver = { [unowned self] event in take(event) } }

  private func take(_ event: LinkEvent) {
    if case .lost(let failure) = event, !isReplaced, [404, 405, 501].contains(failure.number) {
      isReplaced = true
      service.way.hasNoCalls = true
      service.remark("\(service.address.host) has no calls for a whole text: it goes over a socket")
      current = sockets()
      current.prepare(for: settings)
      // The session says the turn once more, of which nothing was heard.
      return deliver(.lost(.broken("there are sockets only")))
    }
    deliver(event)
  }

  var deadline: ContinuousClock.Instant? { current.deadline }
  var connectTimes: ConnectTimes? { current.connectTimes }

  func prepare(for settings: TurnSettings?) {
    self.settings = settings
    current.prepare(for: settings)
  }
  func open() { current.open() }
  func send(_ frame: ClientFrame) { current.send(frame) }
  func receive(_ news: ConnectionNews) { current.receive(news) }
  func hold(_ held: Bool) { current.hold(held) }
  func close() { current.close() }
  func rest() { current.rest() }
  func leave() { current.leave() }
  func tick(at now: ContinuousClock.Instant) { current.tick(at: now) }
}
