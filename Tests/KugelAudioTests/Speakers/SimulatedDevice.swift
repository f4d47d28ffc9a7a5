import Glibc

@testable import KugelAudio

/// A device that records what is played and fails on demand.
final class SimulatedDevice: PlaybackDevice {
  let rate: Int
  let channels: Int
  let periodFrames: Int

  /// Interleaved.
  private(set) var heard: [Int16] = []
  /// What was asked of it besides writes.
  private(set) var calls: [String] = []
  /// Answers to the next writes, before it takes samples again.
  var refusals: [CInt] = []
  /// Called with each write that is taken.
  var onWrite: () -> Void = {}

  init(rate: Int = 24_000, channels: Int = 1) {
    self.rate = rate
    self.channels = channels
    periodFrames = rate / 50
  }

  func write(_ samples: ArraySlice<Int16>) -> Int {
    if !refusals.isEmpty { return Int(refusals.removeFirst()) }
    heard += samples
    onWrite()
    return samples.count / channels
  }

  func delay() -> Int? { nil }

  func prepare() -> CInt {
    calls.append("prepare")
    return 0
  }

  func resume() -> CInt {
    calls.append("resume")
    return -ENOSYS
  }

  func drain() -> CInt {
    calls.append("drain")
    return 0
  }

  func drop() { calls.append("drop") }

  func explain(_ code: CInt) -> String { "code \(code)" }
}
