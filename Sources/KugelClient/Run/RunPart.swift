import KugelConversation
import KugelSession
import KugelText

/// What a run does: speaks a text or holds a conversation, performs a script, measures. The run asks
/// when it is due and tells what came; on the run's thread.
package protocol RunPart: AnyObject {
  /// Something to wait for in `poll`; negative when there is nothing to read for now.
  var descriptor: CInt { get }
  /// When `tick` is due; nil when nothing is waited for.
  var deadline: ContinuousClock.Instant? { get }
  /// Nothing more will be given to the outputs.
  var hasSaidAll: Bool { get }
  /// Only the outputs still have to do.
  var isOver: Bool { get }
  /// Something is being said, or will be without another word.
  var isBusy: Bool { get }
  /// Whether it wants to know soon how far the sound is.
  var wantsPosition: Bool { get }
  /// Whether more text would be taken; nil where more than that decides what is done after a sound.
  var takesText: Bool? { get }
  /// Whether what is copied on is waited for after a signal, too.
  var waitsForCopy: Bool { get }

  func begin()
  /// Returns when all is done.
  func proceed(in run: Run)
  /// Everything that can be done without waiting.
  func work()
  /// The descriptor can be read.
  func ready(at now: ContinuousClock.Instant)
  func tick(at now: ContinuousClock.Instant)
  /// Outputs are full and no more sound should be made, or they have room again.
  func hold(_ held: Bool)
  /// What nobody said while nobody listened is held against nobody.
  func forgive()
  /// So many of all samples have been heard.
  func played(_ position: Int, at now: ContinuousClock.Instant)
  /// The sound was cut, when so many samples had been heard.
  func silenced(at position: Int, now: ContinuousClock.Instant)
  /// The speakers had nothing to play in the middle of a turn.
  func ranDry(cushion: Duration, at now: ContinuousClock.Instant)
  /// - Returns: whether it was the part's business; else the run does what is usual.
  func take(_ signal: RunSignal, at now: ContinuousClock.Instant) -> Bool
  /// Silence was made: the services are told, and nothing more is said.
  func cancel()
  /// The services had their time to answer.
  func giveUp()
  /// The end.
  func leave()

  // The rest is for a part that has to do with people or other processes.

  /// The process is about to be stopped, and has been continued.
  func suspend()
  func resume()
  func listed(_ voices: Result<[Voice], ConversationProblem>, at now: ContinuousClock.Instant)
}

extension RunPart {
  package var takesText: Bool? { nil }
  package var waitsForCopy: Bool { false }
  package func proceed(in run: Run) { run.pump { self.isOver && run.outputs.isEmpty } }
  package func suspend() {}
  package func resume() {}
  package func listed(
    _ voices: Result<[Voice], ConversationProblem>, at now: ContinuousClock.Instant
  ) {}
}

/// A signal that means something to a part of a run.
package enum RunSignal: Equatable, Sendable {
  /// Ctrl-C.
  case interrupt
  /// What is being said is over; what follows is said.
  case skip
  /// Hold the sound, or let it go on.
  case togglePause
}
