/// How long a voice takes for so much text, learned while it speaks.
///
/// A straight line through what it took so far, and how far from it sentences lie.
package struct PaceBand: Sendable {
  /// Sentences before what was learned counts.
  package static let apprenticeship = 24
  private static let memory = 600

  private var weights: [Double] = []
  private var seconds: [Double] = []
  private var next = 0
  private var line: (base: Double, slope: Double)
  /// Of what was taken to what was expected: the median distance from 1.
  private var spread = 0.15
  private var sinceFit = 0

  /// - Parameter speed: multiple of the normal pace that was asked for.
  package init(speed: Double) {
    line = (SpeechPace.pause / speed, SpeechPace.perWeight / speed)
  }

  package var isLearned: Bool { weights.count >= Self.apprenticeship }

  /// Seconds that so much text takes.
  package func expected(_ weight: Double) -> Double {
    max(0.02, line.base + weight * line.slope)
  }

  /// Shares of what is expected within which nothing is doubted, and the seconds that are always allowed.
  private var bounds: (low: Double, high: Double, slack: Double) {
    guard isLearned else { return (0.35, 3, 0.8) }
    return (min(0.7, max(0.5, 1 - 6 * spread)), max(1.6, min(2.5, 1 + 8 * spread)), 0.12)
  }

  /// - Parameter light: the weight as it is at least, however figures are read.
  /// - Returns: nil when the time is what this voice takes.
  package func doubt(weight: Double, light: Double, seconds: Double) -> DoubtKind? {
    let (low, high, slack) = bounds
    if seconds < expected(light) * low - slack { return .tooShort }
    if seconds > expected(weight) * high + 2 * slack { return .tooLong }
    return nil
  }

  /// Learns of a sentence that nothing is doubted about.
  package mutating func learn(weight: Double, seconds: Double) {
    if weights.count < Self.memory {
      weights.append(weight)
      self.seconds.append(seconds)
    } else {
      (weights[next], self.seconds[next]) = (weight, seconds)
      next = (next + 1) % Self.memory
    }
    sinceFit += 1
    if weights.count >= Self.apprenticeship, sinceFit >= max(8, weights.count / 8) {
      fit()
      sinceFit = 0
    }
  }

  /// Nothing more is learned soon.
  package mutating func settle() {
    if isLearned { fit() }
  }

  private mutating func fit() {
    let count = Double(weights.count)
    let (meanWeight, meanSeconds) = (weights.reduce(0, +) / count, seconds.reduce(0, +) / count)
    var (variance, covariance) = (0.0, 0.0)
    for (weight, second) in zip(weights, seconds) {
      variance += (weight - meanWeight) * (weight - meanWeight)
      covariance += (weight - meanWeight) * (second - meanSeconds)
    }
    // Sentences that are all equally long tell of no slope.
    if variance > count * 4 {
      let slope = max(0, covariance / variance)
      line = (max(0, meanSeconds - slope * meanWeight), slope)
    } else {
      let share = meanSeconds / max(0.02, expected(meanWeight))
      line = (line.base * share, line.slope * share)
    }
    let distances = zip(weights, seconds).map { abs($1 / expected($0) - 1) }.sorted()
    spread = distances[distances.count / 2]
  }
}
