/// When each part of making a connection was over.
///
/// The parts follow each other, so that together they are the whole: what a first address cost that did
/// not answer is in the time of TCP.
struct ConnectStamps {
  private typealias Instant = ContinuousClock.Instant

  private let begun = ContinuousClock.now
  private var named: Instant?
  private var reached: Instant?
  private var asked: Instant?

  /// The name has addresses; not called where there was none to look up.
  mutating func nameIsKnown() { named = .now }
  /// TCP stands.
  mutating func serverIsReached() { reached = .now }
  /// The request is about to be sent; with TLS, its handshake is over.
  mutating func requestIsReady() { asked = .now }

  /// - Parameter isSecure: whether there is a TLS handshake between TCP and the request.
  func times(answeredAt now: ContinuousClock.Instant, isSecure: Bool) -> ConnectTimings {
    func milliseconds(_ start: Instant?, _ end: Instant?) -> Double? {
      guard let start, let end else { return nil }
      return (end - start) / .milliseconds(1)
    }
    return ConnectTimings(
      name: milliseconds(begun, named), tcp: milliseconds(named ?? begun, reached),
      tls: isSecure ? milliseconds(reached, asked) : nil,
      upgrade: milliseconds(isSecure ? asked : reached, now))
  }
}
