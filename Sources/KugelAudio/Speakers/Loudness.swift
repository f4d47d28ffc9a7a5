import Glibc

/// Fades and volume, applied in place. Without either the samples stay bit by bit.
struct Loudness {
  /// Milliseconds of a fade.
  static let fadeMilliseconds = 5

  private let channels: Int
  private let fadeFrames: Int
  private var faded: Int
  private var gain: Float = 1
  private var decibels = 0.0
  private var target: Float = 1

  /// - Parameter channels: interleaved in the samples.
  init(rate: Int, decibels: Double, channels: Int = 1) {
    self.channels = channels
    fadeFrames = max(1, rate * Self.fadeMilliseconds / 1000)
    faded = fadeFrames
    setVolume(decibels)
    gain = target
  }

  mutating func beginFade() { faded = 0 }

  mutating func setVolume(_ decibels: Double) {
    guard decibels != self.decibels else { return }
    self.decibels = decibels
    target = decibels == 0 ? 1 : Float(pow(10, decibels / 20))
  }

  /// Whether samples at this volume stay as they are.
  func isNeutral(at decibels: Double) -> Bool {
    decibels == 0 && self.decibels == 0 && faded >= fadeFrames && gain == 1
  }

  /// Rises over the length of a fade after `beginFade`; a new volume is reached as smoothly.
  ///
  /// - Parameter count: frames, from the first on.
  mutating func apply(to samples: inout [Int16], count: Int) {
    if faded >= fadeFrames && gain == target && target == 1 { return }
    let step = 1 / Float(fadeFrames)
    for index in 0..<count {
      if gain != target {
        gain = gain < target ? min(target, gain + step) : max(target, gain - step)
      }
      var factor = gain
      if faded < fadeFrames {
        factor *= Float(faded) / Float(fadeFrames)
        faded += 1
      }
      scale(&samples, frame: index, by: factor)
    }
  }

  /// Falls to nothing over the length of a fade.
  mutating func fadeOut(_ samples: inout [Int16], count: Int) {
    for index in 0..<count {
      let left = max(0, fadeFrames - 1 - index)
      scale(&samples, frame: index, by: gain * Float(left) / Float(fadeFrames))
    }
  }

  private func scale(_ samples: inout [Int16], frame: Int, by factor: Float) {
    for index in (frame * channels)..<((frame + 1) * channels) {
      samples[index] = scaled(samples[index], by: factor)
    }
  }

  private func scaled(_ sample: Int16, by factor: Float) -> Int16 {
    Int16(max(-32_768, min(32_767, (Float(sample) * factor).rounded())))
  }
}
