import Glibc

/// Raises a sound and holds its peaks below a ceiling, those between samples too: it looks ahead and lowers
/// the sound before a peak comes, so that none is cut off.
///
/// Pure. Source: ITU-R BS.1770-4, annex 2, for the peaks between samples.
package struct PeakLimiter: Sendable {
  /// Samples on each side of a place between samples that it is made of.
  private static let half = 16
  private static let taps = 2 * half
  /// Samples that are looked at together.
  private static let block = 64

  private let factor: Float
  private let ceiling: Float
  /// Samples over which it goes down, 5 ms.
  private let attack: Int
  /// Share of what is missing that comes back with each sample; in 60 ms most of it.
  private let release: Float
  /// `taps` coefficients for each place between two samples.
  private let filter: [Float]
  private let phases: Int
  /// The most that a place between samples can be above the highest sample around it.
  private let overshoot: Float

  /// Scaled; begins `half` samples before the first of which the gain is not known.
  private var signal: [Float]
  /// Gains that the samples behind need, from the first that is not settled on.
  private var needed: [Float] = []
  /// What the last place between samples needed.
  private var lastNeed: Float = 1
  /// Those of `needed` that are the least from their place on; a queue.
  private var least: [(place: Int, gain: Float)] = []
  private var leastHead = 0
  private var seen = 0
  private var envelope: Float = 1
  /// The last gains, whose mean is used.
  private var recent: [Float]
  private var recentSum: Float
  private var recentPlace = 0
  /// Samples whose gain is known, before those that `signal` keeps behind its beginning.
  private var ready: [Float] = []
  /// Outputs that stand for what was put in front, and inputs that are still owed.
  private var toSkip: Int
  private var owed = 0

  /// - Parameters:
  ///   - factor: what samples are multiplied by.
  ///   - ceiling: of the result, 1 is full scale.
  ///   - rate: Hz.
  package init(factor: Double, ceiling: Double, rate: Int) {
    self.factor = Float(factor / 32_768)
    self.ceiling = Float(ceiling)
    attack = max(8, rate / 200)
    release = Float(1 - exp(-1 / (0.06 * Double(rate))))
    phases = rate < 48_000 ? 8 : 4
    filter = Self.filter(phases: phases)
    overshoot =
      stride(from: 0, to: filter.count, by: Self.taps).map { [filter] start in
        filter[start..<start + Self.taps].reduce(0) { $0 + abs($1) }
      }.max() ?? 1
    recent = [Float](repeating: 1, count: attack)
    recentSum = Float(attack)
    signal = [Float](repeating: 0, count: Self.half)
    toSkip = attack
    push([Float](repeating: 0, count: attack))
  }

  /// - Returns: the samples that no later ones can change.
  package mutating func process(_ samples: [Int16]) -> [Int16] {
    owed += samples.count
    push(samples.map { Float($0) * factor })
    return take()
  }

  /// - Returns: the last samples; in all there are as many as came.
  package mutating func finish() -> [Int16] {
    push([Float](repeating: 0, count: Self.half + attack + Self.block))
    return take()
  }

  private mutating func push(_ samples: [Float]) {
    signal += samples
    let room = signal.count - Self.taps
    guard room > 0 else { return }
    var gains = [Float](repeating: 1, count: room)
    unsafe signal.withUnsafeBufferPointer { signal in
      for start in stride(from: 0, to: room, by: Self.block) {
        let end = min(room, start + Self.block)
        var highest: Float = 0
        for index in start..<min(signal.count, end + Self.taps) {
          highest = max(highest, abs(unsafe signal[index]))
        }
        guard highest * overshoot > ceiling else { continue }
        for index in start..<end {
          let peak = unsafe peak(in: signal, at: index)
          if peak > ceiling { gains[index] = ceiling / peak }
        }
      }
    }
    for gain in gains {
      needed.append(min(lastNeed, gain))
      lastNeed = gain
    }
    ready += signal[Self.half..<Self.half + room]
    signal.removeFirst(room)
  }

  /// The highest of a sample and the places between it and the next.
  ///
  /// - Parameter index: of the first sample that is looked at.
  private func peak(in signal: UnsafeBufferPointer<Float>, at index: Int) -> Float {
    var highest = abs(unsafe signal[index + Self.half])
    for phase in 1..<phases {
      var sum: Float = 0
      for tap in 0..<Self.taps {
        sum += unsafe filter[(phase - 1) * Self.taps + tap] * signal[index + 1 + tap]
      }
      highest = max(highest, abs(sum))
    }
    return highest
  }

  private mutating func take() -> [Int16] {
    var output: [Int16] = []
    var done = 0
    // Each gain is the least that is needed from its sample on until the attack is over.
    for gain in needed {
      while least.count > leastHead, let last = least.last, last.gain >= gain { least.removeLast() }
      least.append((seen, gain))
      seen += 1
      let place = seen - attack
      guard place >= 0 else { continue }
      if least[leastHead].place < place { leastHead += 1 }
      envelope = min(least[leastHead].gain, envelope + (1 - envelope) * release)
      recentSum += envelope - recent[recentPlace]
      recent[recentPlace] = envelope
      recentPlace = (recentPlace + 1) % attack
      // What was rounded away does not add up.
      if recentPlace == 0 { recentSum = recent.reduce(0, +) }
      let sample = ready[done] * min(1, recentSum / Float(attack))
      done += 1
      if toSkip > 0 {
        toSkip -= 1
      } else if owed > 0 {
        owed -= 1
        output.append(Int16(max(-32_768, min(32_767, (sample * 32_768).rounded()))))
      }
    }
    needed.removeAll(keepingCapacity: true)
    ready.removeFirst(done)
    if leastHead > 4096 {
      least.removeFirst(leastHead)
      leastHead = 0
    }
    return output
  }

  /// Sincs under a Blackman window, one for each place between two samples.
  private static func filter(phases: Int) -> [Float] {
    var filter: [Float] = []
    for phase in 1..<phases {
      let offset = Double(phase) / Double(phases)
      let row = (0..<taps).map { tap -> Double in
        let x = Double(tap - half + 1) - offset
        let angle = Double.pi * x / Double(half)
        let window = 0.42 + 0.5 * cos(angle) + 0.08 * cos(2 * angle)
        return sin(.pi * x) / (.pi * x) * window
      }
      let sum = row.reduce(0, +)
      filter += row.map { Float($0 / sum) }
    }
    return filter
  }
}
