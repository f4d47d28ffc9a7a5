/// Puts the sound of many lines on one time line, sample by sample.
///
/// Where one line sounds alone, the mix is that line's samples; where several do, their sum, softly
/// limited. What was emitted is forgotten, so memory holds only what may still change.
///
/// Positions are frames from the start of the mix.
package struct Mixer: Sendable {
  private var sums: [SampleWindow]
  /// How many lines sound at each place.
  private var coverage = SampleWindow()
  private var stems: [SampleWindow] = []
  private let keepsStems: Bool
  /// Frames emitted so far; nothing can be added before.
  package private(set) var position = 0
  /// Behind the last frame that anything was added to.
  package private(set) var end = 0

  /// - Parameters:
  ///   - channels: 1, or 2 for left and right.
  ///   - keepsStems: whether each track is emitted by itself, too.
  package init(channels: Int = 1, keepsStems: Bool = false) {
    sums = [SampleWindow](repeating: SampleWindow(), count: max(1, min(channels, 2)))
    self.keepsStems = keepsStems
  }

  package var channels: Int { sums.count }
  /// Tracks that anything was added to, and those before them.
  package var tracks: Int { stems.count }
  /// Samples held for later, of all windows; what memory is made of.
  package var heldSamples: Int {
    (sums + stems + [coverage]).reduce(0) { $0 + $1.count }
  }

  /// - Parameters:
  ///   - samples: mono.
  ///   - start: not before `position`; what is before it is dropped.
  ///   - track: from 0; which stem it belongs to.
  ///   - pan: -1 is left, 0 the middle, 1 right.
  package mutating func add(
    _ samples: [Int32], at start: Int, track: Int, pan: Double = 0
  ) {
    guard !samples.isEmpty else { return }
    end = max(end, start + samples.count)
    if sums.count == 1 || pan == 0 {
      for channel in sums.indices { sums[channel].add(samples, at: start) }
    } else {
      // The nearer side stays as it is.
      for (channel, gain) in [min(1, 1 - pan), min(1, 1 + pan)].enumerated() {
        sums[channel].add(samples.map { Gain.scaled($0, by: gain) }, at: start)
      }
    }
    coverage.add(1, count: samples.count, at: start)
    guard keepsStems else { return }
    while stems.count <= track { stems.append(SampleWindow(from: position)) }
    stems[track].add(samples, at: start)
  }

  /// Takes everything before `horizon` out of the mix; nothing may come there any more.
  package mutating func emit(upTo horizon: Int) -> MixedAudio {
    let count = max(0, horizon - position)
    let covers = coverage.take(count)
    var mixed = sums.indices.map { sums[$0].take(count) }
    for channel in mixed.indices {
      for index in covers.indices where covers[index] > 1 {
        mixed[channel][index] = Limiter.soft(mixed[channel][index])
      }
    }
    let start = position
    position += count
    return MixedAudio(
      start: start, samples: Self.interleaved(mixed),
      stems: stems.indices.map { track in
        stems[track].take(count).map { Int16(clamping: $0) }
      })
  }

  private static func interleaved(_ channels: [[Int32]]) -> [Int16] {
    if channels.count == 1 { return channels[0].map { Int16(clamping: $0) } }
    var samples: [Int16] = []
    samples.reserveCapacity(channels[0].count * channels.count)
    for index in channels[0].indices {
      for channel in channels { samples.append(Int16(clamping: channel[index])) }
    }
    return samples
  }
}

/// A piece of the finished mix.
package struct MixedAudio: Equatable, Sendable {
  /// Frames from the start of the mix.
  package var start: Int
  /// Interleaved where there are several channels.
  package var samples: [Int16]
  /// One for each track that has sounded, all equally long; a track that is new here was silent before.
  package var stems: [[Int16]]
}

/// Changes of loudness.
enum Gain {
  /// - Parameter decibels: 0 leaves the samples as they are; what is made louder is limited softly.
  static func apply(_ decibels: Double, to samples: [Int16]) -> [Int32] {
    guard decibels != 0 else { return samples.map(Int32.init) }
    let factor = power(decibels)
    let shaped = samples.map { scaled(Int32($0), by: factor) }
    return decibels > 0 ? shaped.map(Limiter.soft) : shaped
  }

  static func scaled(_ sample: Int32, by factor: Double) -> Int32 {
    Int32((Double(sample) * factor).rounded())
  }

  /// 10 to the power of `decibels`/20.
  private static func power(_ decibels: Double) -> Double {
    exponential(decibels * 0.11512925464970229)
  }

  /// By halving the argument until the series is exact; the pure part has no mathematics library.
  private static func exponential(_ x: Double) -> Double {
    let halvings = 10
    let small = x / 1024
    var (sum, term) = (1.0, 1.0)
    for n in 1...8 {
      term *= small / Double(n)
      sum += term
    }
    for _ in 0..<halvings { sum *= sum }
    return sum
  }
}

/// Keeps sums within 16 bits without a hard edge.
enum Limiter {
  static let threshold: Int32 = 26_214  // four fifths of full scale

  /// What is below the threshold stays; above it the curve bends towards full scale.
  static func soft(_ sample: Int32) -> Int32 {
    guard sample.magnitude > threshold.magnitude else { return sample }
    let room = Double(Int32(Int16.max) - threshold)
    let over = (Double(sample.magnitude) - Double(threshold)) / room
    let bent = Double(threshold) + room * (over / (1 + over))
    let limited = Int32(bent.rounded())
    return sample < 0 ? -limited : limited
  }
}

/// Samples of a stretch of the time line that moves forward.
struct SampleWindow: Sendable {
  private var values: [Int32] = []
  /// Values before this index are taken already.
  private var head = 0
  /// Where the first value stands that is not taken.
  private var start: Int

  init(from start: Int = 0) { self.start = start }

  var count: Int { values.count - head }

  mutating func add(_ samples: [Int32], at position: Int) {
    let skipped = max(0, start - position)
    guard skipped < samples.count else { return }
    let index = reach(position + skipped, count: samples.count - skipped)
    for offset in 0..<(samples.count - skipped) {
      values[index + offset] &+= samples[skipped + offset]
    }
  }

  mutating func add(_ value: Int32, count: Int, at position: Int) {
    let skipped = max(0, start - position)
    guard skipped < count else { return }
    let index = reach(position + skipped, count: count - skipped)
    for offset in 0..<(count - skipped) { values[index + offset] &+= value }
  }

  /// The next values; zeros where nothing was added.
  mutating func take(_ count: Int) -> [Int32] {
    let there = min(count, self.count)
    var taken = Array(values[head..<(head + there)])
    if there < count { taken += [Int32](repeating: 0, count: count - there) }
    head += there
    start += count
    if head == values.count {
      values.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 1 << 16, head > values.count / 2 {
      values.removeFirst(head)
      head = 0
    }
    return taken
  }

  /// - Returns: the index of `position`, with room for `count` values behind it.
  private mutating func reach(_ position: Int, count: Int) -> Int {
    let index = head + position - start
    let missing = index + count - values.count
    if missing > 0 { values += [Int32](repeating: 0, count: missing) }
    return index
  }
}
