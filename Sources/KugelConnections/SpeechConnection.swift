import KugelWire

/// A way to a speech service: over a socket, or to the one in this process. Used on one thread.
package protocol SpeechConnection: AnyObject {
  /// Hears what the service says, also from within `open`, `send`, `receive` and `tick`.
  var deliver: (LinkEvent) -> Void { get set }
  /// When `tick` is due; nil when nothing is waited for.
  var deadline: ContinuousClock.Instant? { get }
  /// Of what the last connecting consisted, where that is seen.
  var connectTimes: ConnectTimes? { get }

  /// Begins to connect before `open`, where that saves time.
  ///
  /// - Parameter settings: of the turns, where they are known already.
  func prepare(for settings: TurnSettings?)
  /// Begins to connect; `.opened` or `.lost` follows.
  func open()
  func send(_ frame: ClientFrame)
  /// Takes news that another thread had; those of an earlier opening are nobody's.
  func receive(_ news: ConnectionNews)
  /// Stops or resumes taking what the service sends.
  func hold(_ held: Bool)
  /// Ends the connection; nothing follows.
  func close()
  /// Nothing more is wanted of the service.
  func rest()
  /// Ends it for good: a service elsewhere is given a moment to hear of it.
  func leave()
  func tick(at now: ContinuousClock.Instant)
}

extension SpeechConnection {
  package var connectTimes: ConnectTimes? { nil }
  package func prepare(for settings: TurnSettings?) {}
  package func rest() {}
  package func leave() { close() }
}
