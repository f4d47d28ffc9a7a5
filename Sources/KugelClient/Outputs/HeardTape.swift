/// Holds sound back until it has been heard, so that a recording holds nothing else. Pure.
struct HeardTape {
  private var waiting: [(samples: [Int16], rate: Int)] = []
  /// Samples let go or dropped so far.
  private var passed = 0

  mutating func append(_ samples: [Int16], rate: Int) { waiting.append((samples, rate)) }

  /// What has been heard since the last call.
  ///
  /// - Parameter position: samples heard of all that were appended.
  mutating func advance(to position: Int) -> [(samples: [Int16], rate: Int)] {
    var heard: [(samples: [Int16], rate: Int)] = []
    while let first = waiting.first, passed < position {
      let count = min(first.samples.count, position - passed)
      passed += count
      if count == first.samples.count {
        heard.append(first)
        waiting.removeFirst()
      } else {
        heard.append((Array(first.samples.prefix(count)), first.rate))
        waiting[0].samples.removeFirst(count)
      }
    }
    return heard
  }

  /// Forgets what has not been heard.
  mutating func drop() {
    passed += waiting.reduce(0) { $0 + $1.samples.count }
    waiting = []
  }
}
