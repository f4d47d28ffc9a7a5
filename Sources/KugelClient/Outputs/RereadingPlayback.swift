import KugelAudio
import KugelFloor
import KugelQueue

/// Speakers in whose sound one can go back and on: what was received is kept, and given again.
package final class RereadingPlayback: Playback {
  /// So much before the end of all sound it is settled that it ends.
  private static let lastCall = Duration.milliseconds(250)
  /// So often it is looked whether it plays at all.
  private static let lossCall = Duration.milliseconds(500)

  private let device: any Playback
  private let memory: SoundMemory
  private let channels: Int
  /// Told how far the sound is from what the speakers have played in all, seconds.
  private let shifted: (Double) -> Void
  private var place: Rereading
  /// Hz; 0 before the first sample.
  private var rate = 0
  private var turnHasEnded = false
  /// Nothing more will come, and the speakers are told as soon as nobody can go back.
  private var isFinishing = false
  /// When to look whether that is now.
  private var lookAt: ContinuousClock.Instant?
  private var isOver = false
  private var isPaused = false

  /// - Parameters:
  ///   - device: plays; nobody else steers it.
  ///   - channels: interleaved in what is offered.
  package init(
    _ device: any Playback, memory: SoundMemory, channels: Int = 1,
    shifted: @escaping (Double) -> Void = { _ in }
  ) {
    self.device = device
    self.memory = memory
    self.channels = channels
    self.shifted = shifted
    place = Rereading(
      rate: 24_000, channels: channels, capacity: SoundMemory.usualCapacity)
  }

  package func offer(_ samples: [Int16], rate: Int) {
    device.offer(samples, rate: rate)
    turnHasEnded = false
    if rate != self.rate {
      // What had another rate cannot be given again.
      if self.rate != 0 { beginItem() }
      self.rate = rate
      place.rate = rate
    }
    place.receive(samples.count)
    memory.append(samples)
  }

  package func endTurn() {
    turnHasEnded = true
    device.endTurn()
  }

  package var position: Int { place.furthest(played: device.position) }
  package var isBehind: Bool { place.isBehind(played: device.position) }

  /// Seconds that were heard of the item, and that are still to be.
  package var progress: (heard: Double, left: Double) {
    let here = place.position(played: device.position)
    let second = Double(max(rate, 1) * channels)
    return (Double(here - place.start) / second, Double(place.received - here) / second)
  }

  // MARK: Going back and on

  package func beginItem() {
    place.begin()
    memory.begin()
  }

  package func markSentence(at seconds: Double) { place.mark(seconds: seconds) }

  package func keepItem(text: String?, source: String?) {
    guard rate > 0 else { return }
    var title = LastSound.Title(rate: rate, channels: channels)
    (title.text, title.source) = (text, source)
    title.marks = place.marks.filter(place.kept.contains).map { $0 - place.start }
    memory.keep(title)
  }

  package func go(_ step: Rereading.Step) -> Bool {
    guard device.state == .running, !isOver, rate > 0 else { return false }
    let position = place.position(played: device.position)
    guard let target = place.target(step, from: position) else { return false }
    // The end of what was received is where new sound goes on, kept or not.
    var next = memory.read(from: target - place.start, count: rate * channels)
    guard !next.isEmpty || target == place.received else { return false }
    _ = device.silence()
    let played = device.position
    place.go(to: target, from: position, played: played)
    shifted(Double(target - position) / Double(rate * channels))
    var end = target
    while !next.isEmpty {
      device.offer(next, rate: rate)
      end += next.count
      next = memory.read(from: end - place.start, count: rate * channels)
    }
    if turnHasEnded { device.endTurn() }
    lookAtEnd(at: .now)
    return true
  }

  package func silence() -> Int {
    let heard = position
    _ = device.silence()
    place.drop(played: device.position)
    return heard
  }

  // MARK: The end

  package func finish() {
    isFinishing = true
    lookAtEnd(at: .now)
  }

  private func lookAtEnd(at now: ContinuousClock.Instant) {
    guard isFinishing else { return }
    if left <= Self.lastCall || device.state != .running || device.hasStopped {
      return finishNow()
    }
    // A device that is lost learns of it when it is to end.
    lookAt =
      now
      + (isPaused ? Self.lossCall : min(Self.lossCall, max(.milliseconds(1), left - Self.lastCall)))
  }

  private func finishNow() {
    (isFinishing, isOver) = (false, true)
    device.finish()
  }

  private var left: Duration { .seconds(progress.left) }

  package func cut() {
    isFinishing = false
    device.cut()
  }

  package var deadline: ContinuousClock.Instant? {
    earliest(isFinishing ? lookAt : nil, device.deadline)
  }

  package func tick(at now: ContinuousClock.Instant) {
    device.tick(at: now)
    if let due = lookAt, now >= due { lookAtEnd(at: now) }
  }

  // MARK: As the speakers do

  package func textIsComplete(_ complete: Bool) { device.textIsComplete(complete) }
  package var gaps: Int { device.gaps }
  package var cushion: Duration { device.cushion }
  package var queuedSeconds: Double { device.queuedSeconds }
  package var state: SinkRunner.State { device.state }
  package var hasStopped: Bool { device.hasStopped }
  package func setVolume(decibels: Double) { device.setVolume(decibels: decibels) }
  package func pause(_ paused: Bool) {
    isPaused = paused
    device.pause(paused)
    lookAtEnd(at: .now)
  }
  package func waitForSilence(atMost patience: Duration) {
    device.waitForSilence(atMost: patience)
  }
  package func instant(ofSample sample: Int) -> ContinuousClock.Instant? {
    device.instant(ofSample: place.played(of: sample))
  }
}
