import KugelWire

/// A way to a speech service: over a socket, or to the one in this process. Used on one thread.
package protocol SpeechConnection: AnyObject {
  /// When `tick` is due; nil when nothing is waited for.
  var deadline: ContinuousClock.Instant? { get }

  /// Begins to connect; `.opened` or `.lost` follows.
  func open()
  func send(_ frame: ClientFrame)
  /// Stops or resumes taking what the service sends.
  func hold(_ held: Bool)
  /// Ends the connection; nothing follows.
  func close()
  func tick(at now: ContinuousClock.Instant)
  /// Of what the last connecting consisted, where that is seen.
  var connectTimes: ConnectTimes? { get }
}

extension SpeechConnection {
  package var connectTimes: ConnectTimes? { nil }
}

/// What a connection tells its owner, on the owner's thread.
package enum LinkEvent: Equatable, Sendable {
  case opened
  case received(ServiceMessage)
  /// A message for one context.
  case context(String, ServiceMessage)
  /// Nothing was said for a while, and the connection was kept alive.
  case keptAlive
  case lost(ServiceFailure)
}

extension LinkEvent {
  init(_ frame: ServiceFrame) {
    self =
      if let context = frame.context { .context(context, frame.message) } else {
        .received(frame.message)
      }
  }
}
