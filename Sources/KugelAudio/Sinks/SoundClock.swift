/// Tells how far the sound is, to whoever shows that; for any thread.
package protocol SoundClock: Sendable {
  /// Seconds of sound heard by `now`, of all that was given.
  func heardSeconds(at now: ContinuousClock.Instant) -> Double
}

extension PlaybackClock: SoundClock {}
extension PlaybackControl: SoundClock {}

extension PaceControl: SoundClock {
  package func heardSeconds(at now: ContinuousClock.Instant) -> Double { seconds }
}
