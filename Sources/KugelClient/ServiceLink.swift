import KugelService
import KugelServiceCore
import KugelWire

/// Where the service is that a session speaks with.
package enum ServicePlace {
  /// The service core in this process.
  case local(ServiceProfile, SynthesisWorker)
  /// A service elsewhere; its news reach the owner's thread, who hands them to `accept`.
  case remote(RemoteConnection)
}

/// A session's connection, wherever the service is, and what came over it that the session has not
/// heard yet. Used on one thread.
final class ServiceLink {
  private let connection: any SpeechConnection
  private let local: LocalConnection?
  private let remote: RemoteConnection?
  private let said = LinkQueue<LinkEvent>()

  /// - Parameters:
  ///   - endpoint: of a service in this process; `.stream` or `.multi`.
  ///   - news: called on the engine's thread; brings the news to the owner's, who hands them to
  ///     `receive`.
  init(
    _ place: ServicePlace, endpoint: Endpoint = .stream,
    news: @escaping @Sendable (EngineNews, _ job: Int, _ opening: Int) -> Void
  ) {
    let deliver: (LinkEvent) -> Void = { [said] event in said.append(event) }
    switch place {
    case .local(let profile, let worker):
      let made = LocalConnection(
        profile: profile, worker: worker, endpoint: endpoint, news: news, deliver: deliver)
      (connection, local, remote) = (made, made, nil)
    case .remote(let made):
      made.deliver = deliver
      (connection, local, remote) = (made, nil, made)
    }
  }

  var deadline: ContinuousClock.Instant? { connection.deadline }
  var connectTimes: ConnectTimes? { connection.connectTimes }

  func open() { connection.open() }
  func send(_ frame: ClientFrame) { connection.send(frame) }
  func hold(_ held: Bool) { connection.hold(held) }

  func tick(at now: ContinuousClock.Instant) {
    if let due = connection.deadline, now >= due { connection.tick(at: now) }
  }

  func receive(_ news: EngineNews, job: Int, opening: Int) {
    local?.receive(news, job: job, opening: opening)
  }

  func accept(_ event: LinkEvent, opening: Int) { remote?.accept(event, opening: opening) }

  /// What was said next; nil when the session has heard everything.
  func next() -> LinkEvent? { said.next() }

  /// Nothing more is wanted; what was said already is still to be heard.
  func close() { connection.close() }

  /// What was said is nobody's any more.
  func drop() {
    connection.close()
    said.clear()
  }

  /// The end: gives a service elsewhere a moment to hear of it.
  func leave() {
    if let remote { remote.leave() } else { connection.close() }
  }
}
