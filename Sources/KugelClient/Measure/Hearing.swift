import KugelAudio
import KugelWire

/// Plays one turn, and finds out when it is heard.
struct Hearing {
  /// While it is not known when a sample will be heard.
  private static let look = Duration.milliseconds(20)

  private let speakers: OutputSet
  /// The turn's first sample.
  private let start: Int
  /// The first audible sample, and when it came in.
  private var audible: (sample: Int, arrival: ContinuousClock.Instant)?
  private var isHeard = false
  /// Whether all that was given has been heard, as `listen` last found.
  private(set) var isOver = true

  init(_ speakers: OutputSet) {
    self.speakers = speakers
    start = speakers.offered
  }

  /// - Parameter silence: seconds before the turn's first audible sample, once that has come.
  mutating func play(_ frame: AudioFrame, silence: Double?, at now: ContinuousClock.Instant) {
    guard !frame.samples.isEmpty, frame.rate > 0 else { return }
    isOver = false
    speakers.play(frame.samples, rate: frame.rate)
    if audible == nil, let silence {
      audible = (start + Int((silence * Double(frame.rate)).rounded()), now)
    }
  }

  /// - Returns: when the first audible sample left the device; once, when that has happened.
  mutating func listen(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    // A device that failed plays nothing more.
    let last = speakers.isPlaying && !isOver ? speakers.offered - 1 : nil
    isOver = last.map { hasLeft($0, by: now) != nil } ?? true
    guard !isHeard, let audible, let heard = hasLeft(audible.sample, by: now) else { return nil }
    isHeard = true
    // A device without a pace plays everything at once.
    return max(heard, audible.arrival)
  }

  /// When to listen again.
  func deadline(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    guard !isOver else { return nil }
    let next = isHeard ? nil : audible?.sample
    let due = speakers.instant(ofSample: next ?? speakers.offered - 1)
    return due.map { max($0, now) } ?? now + Self.look
  }

  private func hasLeft(
    _ sample: Int, by now: ContinuousClock.Instant
  ) -> ContinuousClock.Instant? {
    speakers.instant(ofSample: sample).flatMap { $0 <= now ? $0 : nil }
  }
}
