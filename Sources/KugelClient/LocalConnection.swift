import KugelService
import KugelServiceCore
import KugelWire

/// The service in this process: the core that `kugel serve` puts behind a socket, joined by values.
package final class LocalConnection: SpeechConnection {
  private let profile: ServiceProfile
  private let endpoint: Endpoint
  private let worker: SynthesisWorker
  private let news: @Sendable (EngineNews, _ job: Int, _ opening: Int) -> Void
  private let deliver: (LinkEvent) -> Void
  private var driver: ServiceDriver?
  /// Tells the news of one opening from those of another.
  private var opening = 0

  /// - Parameters:
  ///   - endpoint: `.stream` or `.multi`.
  ///   - news: called on the engine's thread; brings the news to the owner's thread, which hands them
  ///     to `receive`.
  ///   - deliver: called on the owner's thread, also from within `open` and `send`.
  package init(
    profile: ServiceProfile, worker: SynthesisWorker, endpoint: Endpoint = .stream,
    news: @escaping @Sendable (EngineNews, _ job: Int, _ opening: Int) -> Void,
    deliver: @escaping (LinkEvent) -> Void
  ) {
    self.profile = profile
    self.worker = worker
    self.endpoint = endpoint
    self.news = news
    self.deliver = deliver
  }

  package var deadline: ContinuousClock.Instant? { driver?.deadline }

  package func open() {
    opening += 1
    let core: any ServiceCore =
      endpoint == .multi ? MultiService(profile: profile) : StreamService(profile: profile)
    driver = ServiceDriver(
      core: core, worker: worker,
      news: { [news, opening] piece, job in news(piece, job, opening) },
      send: { [deliver] frame in deliver(LinkEvent(frame)) },
      close: { [deliver] code, reason in
        deliver(.lost(.closed(code: code, reason: reason)))
      })
    deliver(.opened)
  }

  package func send(_ frame: ClientFrame) { driver?.receive(.frame(frame)) }

  package func receive(_ news: EngineNews, job: Int, opening: Int) {
    guard opening == self.opening else { return }
    driver?.receive(.engine(news, job: job))
  }

  package func hold(_ held: Bool) { driver?.hold(held) }

  package func close() {
    driver?.receive(.disconnected)
    driver = nil
  }

  package func tick(at now: ContinuousClock.Instant) { driver?.receive(.tick, at: now) }
}
