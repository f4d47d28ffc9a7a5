/// What can be heard of a sound without knowing what it says.
package enum SoundLevels {
  /// Below it nothing is heard: -50 dBFS.
  package static let silence: UInt16 = 104

  /// The longest run without an audible sample that has sound on both sides.
  ///
  /// - Returns: samples.
  package static func longestSilence(in samples: ArraySlice<Int16>) -> Int {
    guard let first = samples.firstIndex(where: isAudible),
      let last = samples.lastIndex(where: isAudible)
    else { return 0 }
    return unsafe samples[first...last].withUnsafeBufferPointer { unsafe longestSilence(in: $0) }
  }

  /// Looks back from where a longer silence would have to reach: most of a voice is passed over.
  ///
  /// - Parameter sound: begins and ends audibly.
  private static func longestSilence(in sound: UnsafeBufferPointer<Int16>) -> Int {
    var (longest, heard) = (0, 0)
    while heard + longest + 1 < sound.count {
      let reach = heard + longest + 1
      var place = reach
      while place > heard, unsafe !isAudible(sound[place]) { place -= 1 }
      guard place == heard else {
        heard = place
        continue
      }
      place = reach + 1
      while unsafe !isAudible(sound[place]) { place += 1 }
      (longest, heard) = (place - heard - 1, place)
    }
    return longest
  }

  private static func isAudible(_ sample: Int16) -> Bool {
    sample.magnitude >= silence
  }

  /// Samples up to the last one that can be heard.
  package static func audibleLength(of samples: ArraySlice<Int16>) -> Int {
    samples.lastIndex(where: isAudible).map { $0 + 1 - samples.startIndex } ?? 0
  }

  /// Whether the sound goes on until its last 10 ms as loud as a voice, so that something may be missing.
  package static func endsLoud(_ samples: ArraySlice<Int16>, rate: Int) -> Bool {
    let length = max(1, rate / 100)
    guard samples.count >= length else { return false }
    let sum = samples.suffix(length).reduce(0.0) { $0 + Double($1) * Double($1) }
    // -36 dBFS.
    return sum / Double(length) > 520 * 520
  }
}
