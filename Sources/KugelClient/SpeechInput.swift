import KugelCore

/// What drives a run: text that flows in, or a conversation. Used on the run's thread.
package protocol SpeechInput: AnyObject {
  /// Something to wait for in `poll`; negative when there is nothing to read for now.
  var descriptor: CInt { get }
  /// When `tick` is due; nil when nothing is waited for.
  var deadline: ContinuousClock.Instant? { get }

  func begin(at now: ContinuousClock.Instant) -> [SpeechInputEvent]
  /// The descriptor can be read.
  func ready(at now: ContinuousClock.Instant) -> [SpeechInputEvent]
  func tick(at now: ContinuousClock.Instant) -> [SpeechInputEvent]
}

package enum SpeechInputEvent: Equatable, Sendable {
  case session(SpeechSession.Event)
  /// Bytes to be copied on as they came.
  case copy([UInt8])
  /// The text is not UTF-8 from this byte on; told once.
  case invalidText(offset: Int)
  case unreadable(code: CInt)
}
