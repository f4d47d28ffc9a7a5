import Glibc
import KugelSystem

/// How long a first frame waits until a device that is open and warm takes the first sample of it.
package enum PlayerLatency {
  /// Plays a short turn again and again into ALSA's null device, which takes everything at once. Each time
  /// the clock starts with the samples in memory and stops when the device has taken them.
  ///
  /// - Parameter rounds: at least one.
  /// - Returns: one time for each round, in order.
  package static func measure(rounds: Int) throws(SinkError) -> [Duration] {
    let target = "null"
    let taken = Monitor<ContinuousClock.Instant?>(nil)
    let runner = SinkRunner(
      target: target,
      // A device that fails ends the wait too.
      onChange: { taken.change { $0 = $0 ?? .now } },
      makeSink: { () throws(SinkError) in
        try Player(target: target, playback: PlaybackControl()) { rate in
          do throws(ALSAError) {
            let device = try PCMHandle(opening: target, rate: rate)
            return .success(WatchedDevice(device) { taken.change { $0 = $0 ?? .now } })
          } catch {
            return .failure(.failed(target: target, cause: error.cause))
          }
        }
      })
    let frame = [Int16](repeating: 100, count: 480)
    var waits: [Duration] = []
    // The first opens the device.
    for _ in 0...rounds {
      // Every thread sleeps again by then, as between two turns.
      usleep(2000)
      taken.change { $0 = nil }
      let begin = ContinuousClock.now
      runner.offer(frame, rate: 24_000)
      waits.append(taken.wait { $0 } - begin)
      if case .failed(let error) = runner.state { throw error }
      runner.endTurn()
    }
    runner.finish()
    runner.join()
    return Array(waits.dropFirst())
  }
}

/// A device that tells when it has taken sound.
private final class WatchedDevice: PlaybackDevice {
  private let device: any PlaybackDevice
  private let onSound: () -> Void

  init(_ device: any PlaybackDevice, onSound: @escaping () -> Void) {
    self.device = device
    self.onSound = onSound
  }

  var rate: Int { device.rate }
  var bufferFrames: Int { device.bufferFrames }
  var startFrames: Int { device.startFrames }

  func write(_ samples: ArraySlice<Int16>) -> Int {
    let taken = device.write(samples)
    // A sound fades in: its first sample is silent.
    if taken > 0, samples.prefix(taken).contains(where: { $0 != 0 }) { onSound() }
    return taken
  }

  func room() -> Int { device.room() }
  func delay() -> Int? { device.delay() }
  func left() -> Int? { device.left() }
  func rewind(_ frames: Int) -> Int { device.rewind(frames) }
  var startsAnewUnheard: Bool { device.startsAnewUnheard }
  func prepare() -> CInt { device.prepare() }
  func resume() -> CInt { device.resume() }
  func drain() -> CInt { device.drain() }
  func drop() { device.drop() }
  func explain(_ code: CInt) -> String { device.explain(code) }
}
