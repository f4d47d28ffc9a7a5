/// What can be heard of a sound without knowing what it says.
package enum SoundLevels {
  /// Below it nothing is heard: -50 dBFS.
  package static let silence: UInt16 = 104

  /// The longest run without an audible sample that has sound on both sides.
  ///
  /// - Returns: samples.
  package static func longestSilence(in samples: ArraySlice<Int16>) -> Int {
    var (longest, run, hasSound) = (0, 0, false)
    for sample in samples {
      if sample.magnitude >= silence {
        if hasSound { longest = max(longest, run) }
        (run, hasSound) = (0, true)
      } else {
        run += 1
      }
    }
    return longest
  }

  /// Samples up to the last one that can be heard.
  package static func audibleLength(of samples: ArraySlice<Int16>) -> Int {
    samples.lastIndex { $0.magnitude >= silence }.map { $0 + 1 - samples.startIndex } ?? 0
  }

  /// Whether the sound goes on until its last 10 ms as loud as a voice, so that something may be missing.
  package static func endsLoud(_ samples: [Int16], rate: Int) -> Bool {
    let length = max(1, rate / 100)
    guard samples.count >= length else { return false }
    let sum = samples.suffix(length).reduce(0.0) { $0 + Double($1) * Double($1) }
    // -36 dBFS.
    return sum / Double(length) > 520 * 520
  }
}
