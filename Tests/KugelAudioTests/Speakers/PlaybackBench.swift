@testable import KugelAudio

/// A pump, its device and its feeder in virtual time.
final class PlaybackBench {
  let device: SimulatedDevice
  let playback: PlaybackControl
  let ring: SampleRing
  var feed = PlaybackPump.Feed()
  private(set) var now: ContinuousClock.Instant
  private(set) var end: PlaybackPump.Next?
  /// How often the pump ran.
  private(set) var steps = 0
  private(set) var pump: PlaybackPump!
  let start: ContinuousClock.Instant

  init(
    _ device: SimulatedDevice = SimulatedDevice(), settings: PlaybackSettings = PlaybackSettings(),
    volume: Double = 0, substitute: SimulatedDevice? = nil
  ) {
    self.device = device
    ring = SampleRing(capacity: 1 << 18, channels: device.channels)
    playback = PlaybackControl(settings: settings, volume: volume)
    start = .now
    now = start
    let box = Box()
    pump = PlaybackPump(
      device: device, ring: ring, playback: playback, feed: { box.bench!.feed },
      substitute: substitute.map { other in { .success(other) } })
    box.bench = self
  }

  private final class Box { weak var bench: PlaybackBench? }

  func offer(_ samples: [Int16]) {
    _ = ring.write(samples[...])
    feed.turnIsComplete = false
  }

  /// Lets time pass; the pump runs whenever it asked to. `news` is what happened at the beginning.
  func run(_ time: Duration, also other: SimulatedDevice? = nil) {
    let until = now + time
    while end == nil {
      let next = pump.step(at: now)
      steps += 1
      switch next {
      case .ended, .failed:
        end = next
        return
      case .wait(let wait) where now + wait < until, .waitOut(let wait) where now + wait < until:
        pass(wait, other)
      case .wait, .waitOut, .rest: return pass(until - now, other)
      }
    }
  }

  /// Lets time pass in which the program does not run.
  func stall(_ time: Duration) { pass(time, nil) }

  private func pass(_ time: Duration, _ other: SimulatedDevice?) {
    device.advance(time)
    other?.advance(time)
    now += time
  }

  var heardSeconds: Double { playback.clock.heardSeconds(at: now) }
}

extension [Int16] {
  /// Without the silence around it.
  var sounding: [Int16] {
    guard let first = firstIndex(where: { $0 != 0 }), let last = lastIndex(where: { $0 != 0 })
    else { return [] }
    return Array(self[first...last])
  }

  /// As the player begins a sound.
  func fadedIn(rate: Int = 24_000) -> [Int16] {
    var copy = self
    var loudness = Loudness(rate: rate, decibels: 0)
    loudness.beginFade()
    loudness.apply(to: &copy, count: count)
    return copy
  }
}

/// Never silent, repeats nowhere within reach.
func hum(_ count: Int) -> [Int16] { noise(count).map { $0 == 0 ? 1 : $0 } }
