import KugelAudio
import KugelQueue

/// The speakers, or what takes sound as slowly, as a run needs them: one stream of sound that can be
/// silenced, held and heard of.
/// Used on the run's thread.
package protocol Playback: AnyObject {
  func offer(_ samples: [Int16], rate: Int)
  /// No more sound follows in this turn: what waits to be played need not wait for it.
  func endTurn()
  /// Whether the text of the turn is known to its end; if it is, a gap is not the writer's doing.
  func textIsComplete(_ complete: Bool)
  /// Times the sound broke off within a turn.
  var gaps: Int { get }
  /// How much sound is gathered before it is played, as it was last learned.
  var cushion: Duration { get }
  /// Samples heard of all that were offered; those that were dropped count as passed.
  var position: Int { get }
  /// When a sample, counted from the first that was offered, leaves the device or left it; nil while that
  /// is not known.
  func instant(ofSample sample: Int) -> ContinuousClock.Instant?
  /// Seconds of sound not yet given to the device.
  var queuedSeconds: Double { get }
  var state: SinkRunner.State { get }
  /// Falls silent at once and drops what is queued; more may be offered.
  ///
  /// - Returns: samples that had been heard.
  func silence() -> Int
  func pause(_ paused: Bool)
  /// Returns when a pause is heard, or after so long.
  func waitForSilence(atMost patience: Duration)
  /// - Parameter decibels: 0 is the sound as it is.
  func setVolume(decibels: Double)
  /// Ends after what is queued; returns at once.
  func finish()
  /// Ends now.
  func cut()
  /// When `tick` is due; nil when nothing is waited for.
  var deadline: ContinuousClock.Instant? { get }
  func tick(at now: ContinuousClock.Instant)

  /// Seconds of sound that are kept of what was heard; nil where nothing is.
  var keptSeconds: Double? { get }
  /// It plays nothing any more, whether it has told so or is told that nothing follows first.
  var hasStopped: Bool { get }

  // The rest is for speakers in whose sound one can go back.

  /// Something is heard that was heard before.
  var isBehind: Bool { get }
  /// Seconds that were heard of what is being said, and that are still to be.
  var progress: (heard: Double, left: Double) { get }
  /// Something else is said from here on.
  func beginItem()
  /// A sentence begins so many seconds into all that is offered.
  func markSentence(at seconds: Double)
  /// What was said is over, and can be heard again.
  func keepItem(text: String?, source: String?)
  /// - Returns: whether there was somewhere to go.
  func go(_ step: Rereading.Step) -> Bool
}

extension Playback {
  package var keptSeconds: Double? { nil }
  package var hasStopped: Bool { false }
  package var isBehind: Bool { false }
  package var progress: (heard: Double, left: Double) { (0, 0) }
  package func beginItem() {}
  package func markSentence(at seconds: Double) {}
  package func keepItem(text: String?, source: String?) {}
  package func go(_ step: Rereading.Step) -> Bool { false }
}
