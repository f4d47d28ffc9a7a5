import KugelConversation
import KugelReading
import KugelSession
import KugelStreams
import KugelText

/// What drives a run of one voice: text that flows in, or a conversation. Used on the run's thread.
package protocol SpeechInput: AnyObject {
  /// Something to wait for in `poll`; negative when there is nothing to read for now.
  var descriptor: CInt { get }
  /// When `tick` is due; nil when nothing is waited for.
  var deadline: ContinuousClock.Instant? { get }

  /// - Parameter run: what happens in it.
  func begin(in run: HappeningStream, at now: ContinuousClock.Instant) -> [SpeechInputEvent]
  /// The descriptor can be read.
  func ready(at now: ContinuousClock.Instant) -> [SpeechInputEvent]
  func tick(at now: ContinuousClock.Instant) -> [SpeechInputEvent]

  // The rest is for an input that looks at what becomes of what it says.

  /// What it would do next, now that all it did before is done; nil when nothing.
  func next(at now: ContinuousClock.Instant) -> [SpeechInputEvent]?
  /// What happened in the session; its actions are performed after this returns.
  func hear(_ happenings: [Happening], at now: ContinuousClock.Instant) -> [SpeechInputEvent]
  /// Where the sound is was looked at, and what came of that.
  func looked(_ happenings: [Happening], at now: ContinuousClock.Instant) -> [SpeechInputEvent]
  /// The sound was cut, and what came of that.
  func silenced(_ happenings: [Happening], at now: ContinuousClock.Instant) -> [SpeechInputEvent]
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
  /// Whether it looks at what was heard of the texts.
  var readsTexts: Bool { get }
  /// Whether a turn that failed ends the run.
  var endsWithFailure: Bool { get }
  /// Whether what is read may be about text that was read before, as a cancel is.
  var takesCommands: Bool { get }
}

extension SpeechInput {
  package func next(at now: ContinuousClock.Instant) -> [SpeechInputEvent]? { nil }
  package func hear(
    _ happenings: [Happening], at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] { [] }
  package func looked(
    _ happenings: [Happening], at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] { [] }
  package func silenced(
    _ happenings: [Happening], at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] { [] }
  package var readsTexts: Bool { false }
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
  package var takesCommands: Bool { false }
}

package enum SpeechInputEvent: Equatable, Sendable {
  case session(SpeechSession.Event)
  /// Input that is read aloud: it is of the turn under way, or begins one.
  case written(String)
  /// What is said of it, in the order of its places.
  case said(SourcedText)
  /// Input that is no text, as between turns.
  case skipped(String)
  /// Where in the input the text stands that follows; counts from 1.
  case line(Int)
  /// Something that programs are told of.
  case note(SpeechEvent.Body, turn: Int?, line: Int?)
  /// Bytes to be copied on as they came.
  case copy([UInt8])
  /// Something of the input that people and programs are told of.
  case warning(String)
  case unreadable(String, code: CInt)
  /// What was named is no text.
  case binary(String, BinaryInputError)
  /// Whoever writes the text has failed, or was cut; what came is spoken.
  case answerFailed(StreamFailure)
  /// Silence now; `silenced` follows.
  case silence
  case pause(Bool)
  /// A sentence back, or on, in what was received.
  case go(back: Bool)
  case volume(decibels: Double)
  /// Record what is heard from here on; nil ends the recording. `recording` follows.
  case record(String?)
  /// Ask the service for its voices; `listed` follows.
  case listVoices
  /// End, as the signal would.
  case leave(CInt)
}
