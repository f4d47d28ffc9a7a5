import KugelSession
import KugelWire

/// A session core as its driver sees it: one voice speaks by a `SpeechSession`, many by a
/// `MultiSession`.
package protocol SessionMachine {
  associatedtype Event: SessionEvent
  associatedtype Action: SessionAction

  /// When `tick` is due; nil when nothing is waited for.
  var deadline: ContinuousClock.Instant? { get }
  mutating func receive(_ event: Event, at now: ContinuousClock.Instant) -> [Action]
}

/// What every session is told of its connection and of time.
package protocol SessionEvent {
  static var start: Self { get }
  static var opened: Self { get }
  static func lost(_ failure: ServiceFailure) -> Self
  static func held(_ held: Bool) -> Self
  static var tick: Self { get }
  /// - Returns: nil for a message that is none for such a session.
  static func heard(_ frame: ServiceFrame) -> Self?
}

package protocol SessionAction {
  /// What it asks of the connection; nil: of somebody else.
  var wish: ConnectionWish? { get }
}

/// What a session asks of its connection.
package enum ConnectionWish {
  case connect
  case disconnect
  case send(ClientFrame)
}

extension SpeechSession: SessionMachine {}

extension SpeechSession.Event: SessionEvent {
  package static func heard(_ frame: ServiceFrame) -> SpeechSession.Event? {
    frame.context == nil ? .received(frame.message) : nil
  }
}

extension SpeechSession.Action: SessionAction {
  package var wish: ConnectionWish? {
    switch self {
    case .connect: .connect
    case .disconnect: .disconnect
    case .send(let frame): .send(frame)
    case .turnBegan, .segment, .play, .words, .settingsUpdated, .settingsRefused, .retrying,
      .resumed, .turnEnded, .unreachable, .finished:
      nil
    }
  }
}

extension MultiSession: SessionMachine {}

extension MultiSession.Event: SessionEvent {
  package static func heard(_ frame: ServiceFrame) -> MultiSession.Event? { .received(frame) }
}

extension MultiSession.Action: SessionAction {
  package var wish: ConnectionWish? {
    switch self {
    case .connect: .connect
    case .disconnect: .disconnect
    case .send(let frame): .send(frame)
    case .turnBegan, .segment, .play, .words, .turnEnded, .resumed, .contextClosed,
      .settingsUpdated, .settingsRefused, .retrying, .unreachable, .finished:
      nil
    }
  }
}
