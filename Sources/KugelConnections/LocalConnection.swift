import KugelService
import KugelServiceCore
import KugelWire

/// The service in this process: the core that `kugel serve` puts behind a socket, joined by values.
package final class LocalConnection: SpeechConnection {
  private let profile: ServiceProfile
  private let endpoint: Endpoint
  private let worker: SynthesisWorker
  private let news: @Sendable (ConnectionNews) -> Void
  package var deliver: (LinkEvent) -> Void = { _ in }
  private var driver: ServiceDriver?
  private var opening = 0

  /// - Parameters:
  ///   - endpoint: `.stream` or `.multi`.
  ///   - news: called on the engine's thread; brings the news to the owner's, which hands them to
  ///     `receive`.
  package init(
    profile: ServiceProfile, worker: SynthesisWorker, endpoint: Endpoint = .stream,
    news: @escaping @Sendable (ConnectionNews) -> Void
  ) {
    self.profile = profile
    self.worker = worker
    self.endpoint = endpoint
    self.news = news
  }

  package var deadline: ContinuousClock.Instant? { driver?.deadline }

  package func open() {
    opening += 1
    let core: any ServiceCore =
      endpoint == .multi ? MultiService(profile: profile) : StreamService(profile: profile)
    let made = ServiceDriver(core: core)
    _ = made.start(with: worker, for: self) { [news, opening] piece, job in
      news(ConnectionNews(.engine(piece, job: job), opening: opening))
    }
    driver = made
    deliver(.opened)
  }

  package func send(_ frame: ClientFrame) { driver?.receive(.frame(frame)) }

  package func receive(_ news: ConnectionNews) {
    guard news.opening == opening, case .engine(let news, let job) = news.content else { return }
    driver?.receive(.engine(news, job: job))
  }

  package func hold(_ held: Bool) { driver?.hold(held) }

  package func close() {
    driver?.receive(.disconnected)
    driver = nil
  }

  /// Others speak with the same engine, and may go on.
  package var sharesEngine = false

  package func rest() { if !sharesEngine { worker.rest() } }

  package func tick(at now: ContinuousClock.Instant) { driver?.receive(.tick, at: now) }
}

// What the service says, to the session in the same process.
extension LocalConnection: ServiceOutput {
  package func tell(_ frame: ServiceFrame, at now: ContinuousClock.Instant) {
    deliver(.received(frame))
  }

  package func hangUp(code: UInt16, reason: String, at now: ContinuousClock.Instant) {
    deliver(.lost(.closed(code: code, reason: reason)))
  }
}
