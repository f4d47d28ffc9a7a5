/// What changed from an older report to this one, as far as it can be told.
package struct BenchComparison: Codable, Equatable, Sendable {
  package enum Verdict: String, Codable, Sendable {
    case faster, slower
    case noEvidence = "no evidence"
    /// They differ, by less than anybody notices.
    case alike
  }

  package struct Row: Codable, Equatable, Sendable {
    package var name: String
    package var metric: Metric
    package var percentile: ShownPercentile
    package var before: Double
    package var now: Double
    /// Of `now - before`.
    package var interval: Interval

    package var difference: Double { now - before }

    /// Every metric is better when it is smaller.
    package var verdict: Verdict {
      guard interval.high < 0 || interval.low > 0 else { return .noEvidence }
      if abs(difference) < metric.unit.leastDifference { return .alike }
      return difference < 0 ? .faster : .slower
    }

    private enum CodingKeys: String, CodingKey {
      case name, metric, percentile, before, now, interval, verdict
    }

    init(
      name: String, metric: Metric, percentile: ShownPercentile, before: Double, now: Double,
      interval: Interval
    ) {
      self.name = name
      self.metric = metric
      self.percentile = percentile
      self.before = before
      self.now = now
      self.interval = interval
    }

    package init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      name = try fields.decode(String.self, forKey: .name)
      metric = try fields.decode(Metric.self, forKey: .metric)
      percentile = try fields.decode(ShownPercentile.self, forKey: .percentile)
      before = try fields.decode(Double.self, forKey: .before)
      now = try fields.decode(Double.self, forKey: .now)
      interval = try fields.decode(Interval.self, forKey: .interval)
    }

    package func encode(to encoder: any Encoder) throws {
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(name, forKey: .name)
      try fields.encode(metric, forKey: .metric)
      try fields.encode(percentile, forKey: .percentile)
      try fields.encode(before, forKey: .before)
      try fields.encode(now, forKey: .now)
      try fields.encode(interval, forKey: .interval)
      try fields.encode(verdict, forKey: .verdict)
    }
  }

  /// When the older one was made, and with which version.
  package var older: BenchReport.Environment
  /// What is unlike and was compared all the same.
  package var differences: [String]
  package var rows: [Row]

  /// Two results that say nothing about each other.
  package struct Refusal: Error, Equatable {
    /// Each a line.
    package var differences: [String]
  }

  /// - Parameter unlike: compare even what was not measured under the same conditions.
  /// - Throws: when the conditions differ, or no case of one is in the other.
  package init(
    of report: BenchReport, with older: BenchReport, unlike: Bool
  ) throws(Refusal) {
    let pairs = try Self.pairs(report.cases, older.cases, unlike: unlike)
    let differences = pairs.flatMap { pair in
      pair.now.conditions.differences(from: pair.before.conditions)
        .map { "\(pair.now.conditions.name): \($0)" }
    }
    guard differences.isEmpty || unlike else { throw Refusal(differences: differences) }
    self.older = older.environment
    self.differences = differences
    rows = pairs.flatMap { Self.rows($0.now, $0.before) }
  }

  private static func pairs(
    _ now: [BenchCase], _ before: [BenchCase], unlike: Bool
  ) throws(Refusal) -> [(now: BenchCase, before: BenchCase)] {
    let pairs = now.compactMap { measured in
      let like = before.filter {
        $0.conditions.engine == measured.conditions.engine
          && $0.conditions.strategy == measured.conditions.strategy
      }
      // One engine may be there several times.
      let same = like.first { $0.conditions.label == measured.conditions.label } ?? like.first
      return same.map { (now: measured, before: $0) }
    }
    if !pairs.isEmpty { return pairs }
    if unlike, let first = now.first, let other = before.first { return [(first, other)] }
    let names = { (cases: [BenchCase]) in
      cases.map { $0.conditions.name }.joined(separator: "; ")
    }
    throw Refusal(differences: ["cases: \(names(before)) then, \(names(now)) now"])
  }

  private static func rows(_ now: BenchCase, _ before: BenchCase) -> [Row] {
    now.metrics.flatMap { summary -> [Row] in
      guard let older = before.metrics.first(where: { $0.metric == summary.metric }) else {
        return []
      }
      let percentiles = [ShownPercentile.p50, .p95].filter {
        summary.value(of: $0) != nil && older.value(of: $0) != nil
      }
      let intervals = Bootstrap(groups: before.groups(of: summary.metric)).differences(
        percentiles.map(\.percent), to: Bootstrap(groups: now.groups(of: summary.metric)))
      return zip(percentiles, intervals).compactMap { percentile, interval in
        guard let value = summary.value(of: percentile), let past = older.value(of: percentile),
          let interval
        else { return nil }
        return Row(
          name: now.conditions.name, metric: summary.metric, percentile: percentile, before: past,
          now: value, interval: interval)
      }
    }
  }
}
