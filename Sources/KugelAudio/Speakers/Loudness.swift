import Glibc

/// Fades and volume, applied in place. Without either the samples stay bit by bit.
struct Loudness {
  /// Milliseconds of a fade.
  static let fadeMilliseconds = 5

  private let fadeFrames: Int
  private var faded: Int
  private var gain: Float = 1
  private var decibels = 0.0
  private var target: Float = 1

  init(rate: Int, decibels: Double) {
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

  /// Rises over the length of a fade after `beginFade`; a new volume is reached as smoothly.
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
      samples[index] = scaled(samples[index], by: factor)
    }
  }

  /// Falls to nothing over the length of a fade.
  mutating func fadeOut(_ samples: inout [Int16], count: Int) {
    for index in 0..<count {
      let left = max(0, fadeFrames - 1 - index)
      samples[index] = scaled(samples[index], by: gain * Float(left) / Float(fadeFrames))
    }
  }

  private func scaled(_ sample: Int16, by factor: Float) -> Int16 {
    Int16(max(-32_768, min(32_767, (Float(sample) * factor).rounded())))
  }
}
