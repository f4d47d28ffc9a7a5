/// How far a percentile may be from the truth, found by drawing the measured values again.
///
/// Values come in groups that are drawn as a whole: the frames of one turn depend on each other, and
/// drawn one by one they would pretend to say more than they do. A turn with one value is a group of one.
///
/// Source: Efron and Tibshirani 1993, chapter 13, percentile interval.
package struct Bootstrap: Sendable {
  package static let level = 0.95
  package static let resamples = 2000
  package static let seed: UInt64 = 20_240_517

  private let values: [Double]
  /// The group of each value.
  private let sources: [Int]
  private let groups: Int
  private let rounds: Int

  /// - Parameter groups: the values of each turn; empty groups count as turns.
  package init(groups: [[Double]]) {
    self.groups = groups.count
    let sorted = groups.enumerated()
      .flatMap { index, group in group.map { (value: $0, group: index) } }
      .sorted { $0.value < $1.value }
    values = sorted.map(\.value)
    sources = sorted.map(\.group)
    // Long runs have hundreds of thousands of frames; their intervals are narrow anyhow.
    rounds = min(Self.resamples, max(200, 100_000_000 / max(values.count, 1)))
  }

  /// For each percentile one value for each time the groups were drawn again; empty without values.
  package func percentiles(
    _ percents: [Double], using generator: inout SplitMix
  ) -> [[Double]] {
    var draws = [[Double]](repeating: [], count: percents.count)
    guard !values.isEmpty else { return draws }
    var drawn = [Int](repeating: 0, count: groups)
    for _ in 0..<rounds {
      for group in drawn.indices { drawn[group] = 0 }
      for _ in 0..<groups { drawn[generator.index(below: groups)] += 1 }
      for (index, percent) in percents.enumerated() {
        draws[index].append(weightedPercentile(percent, weights: drawn))
      }
    }
    return draws
  }

  /// The middle 95 % of the draws of each percentile.
  package func intervals(_ percents: [Double]) -> [Interval?] {
    var generator = SplitMix(seed: Self.seed)
    return percentiles(percents, using: &generator).map(Interval.init(middleOf:))
  }

  /// How much each percentile of `other` is above that of this one.
  package func differences(_ percents: [Double], to other: Bootstrap) -> [Interval?] {
    var generator = SplitMix(seed: Self.seed)
    let before = percentiles(percents, using: &generator)
    let after = other.percentiles(percents, using: &generator)
    return zip(before, after).map { before, after in
      Interval(middleOf: zip(before, after).map { $1 - $0 })
    }
  }

  /// How many times a percentile of this one that of `other` is.
  package func ratio(_ percent: Double, to other: Bootstrap) -> Interval? {
    var generator = SplitMix(seed: Self.seed)
    let mine = percentiles([percent], using: &generator)[0]
    let theirs = other.percentiles([percent], using: &generator)[0]
    return Interval(middleOf: zip(mine, theirs).filter { $0.0 > 0 }.map { $1 / $0 })
  }

  private func weightedPercentile(_ percent: Double, weights: [Int]) -> Double {
    var total = 0
    for group in sources { total += weights[group] }
    var left = NearestRank.rank(percent, of: max(total, 1))
    for (index, group) in sources.enumerated() {
      left -= weights[group]
      if left <= 0 { return values[index] }
    }
    return values[values.count - 1]
  }
}

/// Two bounds, both within.
package struct Interval: Codable, Equatable, Sendable {
  package var low: Double
  package var high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// The middle 95 % of the draws; nil without any.
  init?(middleOf draws: [Double]) {
    let sorted = draws.sorted()
    guard let low = NearestRank.percentile(2.5, ofSorted: sorted),
      let high = NearestRank.percentile(97.5, ofSorted: sorted)
    else { return nil }
    self.init(low: low, high: high)
  }
}
