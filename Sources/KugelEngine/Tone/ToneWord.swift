/// The sound of one word, by the formulas of `ToneEngine`.
struct ToneWord {
  let count: Int
  private let seed: UInt32
  private let triangle: [Int16]

  init(_ word: Substring, voice: Int, speed: Double) {
    var seed: UInt32 = 2_166_136_261
    for byte in word.utf8 { seed = (seed ^ UInt32(byte)) &* 16_777_619 }
    if voice != ToneEngine.plainVoice {
      seed ^= UInt32(truncatingIfNeeded: voice) &* 2_654_435_761
    }
    let unhurried = 960 + 240 * min(word.unicodeScalars.count, 40)
    count = Int((Double(unhurried) / speed + 0.5).rounded(.down))
    let period = Int(40 + seed % 160)
    triangle = (0..<period).map { Int16(abs(2 * $0 - period) * 12_000 / period - 6_000) }
    self.seed = seed
  }

  /// Appends the samples of `range`, which lies within `0..<count`.
  func append(_ range: Range<Int>, to samples: inout [Int16]) {
    var sample = range.lowerBound
    while sample < range.upperBound {
      let phase = sample % triangle.count
      let run = min(triangle.count - phase, range.upperBound - sample)
      let first = seed &+ UInt32(truncatingIfNeeded: sample)
      for step in 0..<run {
        let dither = Self.dither(first &+ UInt32(truncatingIfNeeded: step))
        samples.append(triangle[phase &+ step] &+ dither)
      }
      sample += run
    }
  }

  private static func dither(_ value: UInt32) -> Int16 {
    var mixed = value
    mixed ^= mixed >> 16
    mixed = mixed &* 0x7feb_352d
    mixed ^= mixed >> 15
    mixed = mixed &* 0x846c_a68b
    mixed ^= mixed >> 16
    return Int16(truncatingIfNeeded: 2 * Int32(bitPattern: mixed >> 24) - 255)
  }
}
