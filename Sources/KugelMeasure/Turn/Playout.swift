/// How frames would have been heard: a player that waits for a cushion, then for whatever is late.
///
/// The first frame is played `cushion` after it came. A frame that is not there when the one before it has
/// been played is late; the player waits for it, and what follows moves back with it.
package struct Playout: Equatable, Sendable {
  /// Milliseconds.
  package static let cushions = [0.0, 120, 500]

  package struct Frame: Equatable, Sendable {
    /// When it came, milliseconds.
    package var arrival: Double
    /// How long it plays, milliseconds.
    package var length: Double

    package init(arrival: Double, length: Double) {
      self.arrival = arrival
      self.length = length
    }
  }

  /// When each frame begins to be heard.
  package let starts: [Double]
  package let late: Int

  /// - Parameter frames: none without samples.
  package init(_ frames: [Frame], cushion: Double) {
    var starts: [Double] = []
    var late = 0
    var due = (frames.first?.arrival ?? 0) + cushion
    for frame in frames {
      // Lengths are sums of fractions; a nanosecond is no lateness.
      if frame.arrival > due + 1e-6 {
        late += 1
        due = frame.arrival
      }
      starts.append(due)
      due += frame.length
    }
    self.starts = starts
    self.late = late
  }
}

/// Finds the first sample that can be heard.
package enum Audibility {
  /// -50 dBFS of 32768: anything larger is audible.
  package static let threshold = 103

  package static func firstAudible(in samples: [Int16]) -> Int? {
    samples.firstIndex { Int($0.magnitude) > threshold }
  }
}
