import KugelSession
import KugelText

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

  // The rest is for an input that looks at what becomes of what it says.

  /// What it would do next, now that all it did before is done; nil when nothing.
  func next(at now: ContinuousClock.Instant) -> [SpeechInputEvent]?
  /// What an event did in the session; the actions are performed after this returns.
  func observe(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action], connected: Bool,
    at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent]
  /// So many of all samples have been heard.
  func played(_ position: Int, at now: ContinuousClock.Instant) -> [SpeechInputEvent]
  /// The sound was cut, when so many samples had been heard.
  func silenced(at position: Int, now: ContinuousClock.Instant) -> [SpeechInputEvent]
  /// The speakers had nothing to play in the middle of a turn.
  func ranDry(at now: ContinuousClock.Instant) -> [SpeechInputEvent]
  /// The answer to `.record`: why it could not be done, or nil.
  func recording(_ path: String?, error: String?, at now: ContinuousClock.Instant)
    -> [SpeechInputEvent]
  /// The answer to `.listVoices`.
  func listed(_ voices: Result<[Voice], ConversationProblem>, at now: ContinuousClock.Instant)
    -> [SpeechInputEvent]
  /// nil: not its business; the run does what is usual.
  func signal(_ signal: RunSignal, at now: ContinuousClock.Instant) -> [SpeechInputEvent]?
  /// The process is about to be stopped, and has been continued.
  func suspend()
  func resume()
  /// Whether a turn that failed ends the run.
  var endsWithFailure: Bool { get }
}

extension SpeechInput {
  package func next(at now: ContinuousClock.Instant) -> [SpeechInputEvent]? { nil }
  package func observe(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action], connected: Bool,
    at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] { [] }
  package func played(_ position: Int, at now: ContinuousClock.Instant) -> [SpeechInputEvent] { [] }
  package func silenced(at position: Int, now: ContinuousClock.Instant) -> [SpeechInputEvent] { [] }
  package func ranDry(at now: ContinuousClock.Instant) -> [SpeechInputEvent] { [] }
  package func recording(
    _ path: String?, error: String?, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] { [] }
  package func listed(
    _ voices: Result<[Voice], ConversationProblem>, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] { [] }
  package func signal(
    _ signal: RunSignal, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent]? { nil }
  package func suspend() {}
  package func resume() {}
  package var endsWithFailure: Bool { true }
}

package enum SpeechInputEvent: Equatable, Sendable {
  case session(SpeechSession.Event)
  /// Input that is no text, as between turns.
  case skipped(String)
  /// Where in the input the text stands that follows; counts from 1.
  case line(Int)
  /// Something that programs are told of.
  case note(SpeechEvent.Body, turn: Int?, line: Int?)
  /// Bytes to be copied on as they came.
  case copy([UInt8])
  /// The named text is not UTF-8 from this byte on; told once.
  case invalidText(in: String, offset: Int)
  case unreadable(String, code: CInt)
  /// Silence now; `silenced` follows.
  case silence
  case pause(Bool)
  case volume(decibels: Double)
  /// Record what is heard from here on; nil ends the recording. `recording` follows.
  case record(String?)
  /// Ask the service for its voices; `listed` follows.
  case listVoices
  /// End, as the signal would.
  case leave(CInt)
}

/// A signal that means something to a run.
package enum RunSignal: Equatable, Sendable {
  /// Ctrl-C.
  case interrupt
  /// Hold the sound, or let it go on.
  case togglePause
}
