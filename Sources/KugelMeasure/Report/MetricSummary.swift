/// One line of the table: what the values of a metric have in common.
package struct MetricSummary: Codable, Equatable, Sendable {
  package var metric: Metric
  package var scope: Metric.Scope
  package var unit: Metric.Unit
  package var n: Int
  /// Turns that the values come from.
  package var turns: Int
  package var min: Double
  package var max: Double
  package var p25: Double?
  /// nil with too few values; see `ShownPercentile`.
  package var p50: Double?
  package var p75: Double?
  package var p95: Double?
  package var p99: Double?
  package var p50Interval: Interval?
  package var p95Interval: Interval?

  /// - Parameter groups: the values of each turn, none empty.
  /// - Returns: nil without values.
  package init?(_ metric: Metric, of groups: [[Double]]) {
    let values = groups.joined().sorted()
    guard let first = values.first, let last = values.last else { return nil }
    self.metric = metric
    scope = metric.scope
    unit = metric.unit
    n = values.count
    turns = groups.count
    min = first
    max = last
    func shown(_ percentile: ShownPercentile) -> Double? {
      guard values.count >= percentile.leastValues, groups.count >= percentile.leastTurns else {
        return nil
      }
      return NearestRank.percentile(percentile.percent, ofSorted: values)
    }
    p50 = shown(.p50)
    p95 = shown(.p95)
    p99 = shown(.p99)
    guard p50 != nil else { return }
    p25 = NearestRank.percentile(25, ofSorted: values)
    p75 = NearestRank.percentile(75, ofSorted: values)
  }

  /// How far p50 and p95 may be from the truth; takes a while for many values.
  mutating func addIntervals(from groups: [[Double]]) {
    guard p50 != nil else { return }
    let intervals = Bootstrap(groups: groups).intervals(p95 == nil ? [50] : [50, 95])
    p50Interval = intervals[0]
    if p95 != nil { p95Interval = intervals[1] }
  }

  package func value(of percentile: ShownPercentile) -> Double? {
    switch percentile {
    case .p50: p50
    case .p95: p95
    case .p99: p99
    }
  }
}

/// How many frames a player with a cushion would have waited for.
package struct LateFrames: Codable, Equatable, Sendable {
  /// Milliseconds.
  package var cushion: Double
  package var late: Int
  package var frames: Int

  package var percent: Double { frames == 0 ? 0 : Double(late) * 100 / Double(frames) }

  static func of(_ turns: [TurnSample]) -> [LateFrames] {
    let heard = turns.filter { $0.failure == nil && $0.lateFrames.count == Playout.cushions.count }
    guard !heard.isEmpty else { return [] }
    return Playout.cushions.enumerated().map { index, cushion in
      LateFrames(
        cushion: cushion, late: heard.map { $0.lateFrames[index] }.reduce(0, +),
        frames: heard.map(\.frames).reduce(0, +))
    }
  }
}
