import Synchronization

/// What the speakers have made heard, for any thread. Written by one.
///
/// The device is asked now and then; in between the clock runs on, no further than what was written.
package final class PlaybackClock: Sendable {
  /// One look at the device.
  struct Reading: Equatable {
    /// Frames of the source heard by then.
    var heard = 0
    /// Hushes that are over: what was given before the last of them is dropped.
    var hushes = 0
    /// Frames of the source that had been heard when it was over.
    var start = 0
    /// Frames of silence to be heard before the source goes on.
    var silence = 0
    /// Frames of the source that follow in the device without a break.
    var sound = 0
    /// Hz; 0 before there is a device.
    var rate = 0
    /// Nanoseconds since the clock was made.
    var time = 0
  }

  private let origin = ContinuousClock.now
  /// Odd while a reading is being written.
  private let version = Atomic(0)
  private let heard = Atomic(0)
  private let hushes = Atomic(0)
  private let start = Atomic(0)
  private let silence = Atomic(0)
  private let sound = Atomic(0)
  private let rate = Atomic(0)
  private let time = Atomic(0)

  package init() {}

  func publish(_ reading: Reading) {
    let last = version.load(ordering: .relaxed)
    version.store(last &+ 1, ordering: .sequentiallyConsistent)
    heard.store(reading.heard, ordering: .sequentiallyConsistent)
    hushes.store(reading.hushes, ordering: .sequentiallyConsistent)
    start.store(reading.start, ordering: .sequentiallyConsistent)
    silence.store(reading.silence, ordering: .sequentiallyConsistent)
    sound.store(reading.sound, ordering: .sequentiallyConsistent)
    rate.store(reading.rate, ordering: .sequentiallyConsistent)
    time.store(reading.time, ordering: .sequentiallyConsistent)
    version.store(last &+ 2, ordering: .sequentiallyConsistent)
  }

  /// Since the clock was made.
  func time(of instant: ContinuousClock.Instant) -> Duration { instant - origin }

  static func nanoseconds(_ time: Duration) -> Int {
    let (seconds, attoseconds) = time.components
    return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
  }

  /// Seconds of sound heard by `now`, of all that was given to be played. Silence that was put in
  /// between does not count, nor does what was dropped unheard.
  package func heardSeconds(at now: ContinuousClock.Instant = .now) -> Double {
    let reading = read()
    guard reading.rate > 0 else { return 0 }
    return heardFrames(reading, at: now) / Double(reading.rate)
  }

  /// Samples of `rate` Hz heard of what was given after so many hushes; 0 until the last of them is over.
  ///
  /// What was heard before a hush is not asked of the device again: it had been a guess, and another
  /// guess would differ from it.
  package func heardSamples(
    rate: Int, after hushes: Int, at now: ContinuousClock.Instant = .now
  ) -> Int {
    let reading = read()
    guard reading.rate > 0, reading.hushes >= hushes else { return 0 }
    let frames = heardFrames(reading, at: now) - Double(reading.start)
    return Int(frames / Double(reading.rate) * Double(rate) + 1e-6)
  }

  private func heardFrames(_ reading: Reading, at now: ContinuousClock.Instant) -> Double {
    let elapsed = max(0, Self.nanoseconds(time(of: now)) - reading.time)
    let passed = Double(elapsed) / 1e9 * Double(reading.rate) - Double(reading.silence)
    return Double(reading.heard) + min(max(0, passed), Double(reading.sound))
  }

  /// When the sample after so many seconds of sound leaves the device, or left it.
  ///
  /// - Parameter hushes: how many there were before the sound that is counted.
  /// - Returns: nil while it has not been given to the device, or silence of unknown length lies before it.
  package func instant(
    ofSeconds seconds: Double, after hushes: Int = 0
  ) -> ContinuousClock.Instant? {
    let reading = read()
    guard reading.rate > 0, reading.hushes >= hushes else { return nil }
    // Counted as elsewhere; what is left of a frame is rounding.
    let ahead = seconds * Double(reading.rate) - Double(reading.heard - reading.start)
    let frames: Double
    if ahead < -1e-6 {
      frames = ahead
    } else if ahead < Double(reading.sound) - 1e-6 {
      frames = Double(reading.silence) + max(0, ahead)
    } else {
      return nil
    }
    return origin + .nanoseconds(reading.time) + .seconds(frames / Double(reading.rate))
  }

  private func read() -> Reading {
    while true {
      let before = version.load(ordering: .sequentiallyConsistent)
      let reading = Reading(
        heard: heard.load(ordering: .sequentiallyConsistent),
        hushes: hushes.load(ordering: .sequentiallyConsistent),
        start: start.load(ordering: .sequentiallyConsistent),
        silence: silence.load(ordering: .sequentiallyConsistent),
        sound: sound.load(ordering: .sequentiallyConsistent),
        rate: rate.load(ordering: .sequentiallyConsistent),
        time: time.load(ordering: .sequentiallyConsistent))
      if before.isMultiple(of: 2), version.load(ordering: .sequentiallyConsistent) == before {
        return reading
      }
    }
  }
}
