/// Everything one run of `kugel bench` found out: what `--json` writes and `--compare` reads.
///
/// Schema: Tests/Schemas/bench.schema.json. Fields are only added.
package struct BenchReport: Codable, Equatable, Sendable {
  package struct Environment: Codable, Equatable, Sendable {
    package var kugel: String
    /// RFC 3339, UTC.
    package var began: String
    package var machine: String
    package var cores: Int
    package var system: String

    package init(kugel: String, began: String, machine: String, cores: Int, system: String) {
      self.kugel = kugel
      self.began = began
      self.machine = machine
      self.cores = cores
      self.system = system
    }
  }

  /// How the figures were computed, so that others can.
  package struct Method: Codable, Equatable, Sendable {
    package var percentile = "nearest rank"
    package var interval = "bootstrap by turns, percentile method"
    package var level = Bootstrap.level
    package var resamples = Bootstrap.resamples
    package var seed = Bootstrap.seed
    package var audibleAbove = -50.0

    package init() {}
  }

  package struct Planned: Codable, Equatable, Sendable {
    package var warm: Int
    package var warmup: Int
    package var cold: Int
    package var bargeIn: Int

    package init(warm: Int, warmup: Int, cold: Int, bargeIn: Int) {
      self.warm = warm
      self.warmup = warmup
      self.cold = cold
      self.bargeIn = bargeIn
    }
  }

  package static let currentSchema = 1

  package var schema = BenchReport.currentSchema
  package var environment: Environment
  package var method = Method()
  package var planned: Planned
  /// Ended before all was measured.
  package var interrupted = false
  /// Milliseconds that the machine slept meanwhile.
  package var slept = 0.0
  package var cases: [BenchCase]
  package var warnings: [BenchWarning] = []
  package var comparison: BenchComparison?

  package init(environment: Environment, planned: Planned, cases: [BenchCase]) {
    self.environment = environment
    self.planned = planned
    self.cases = cases
  }

  package mutating func addIntervals() {
    for index in cases.indices { cases[index].addIntervals() }
  }

  /// Turns were spoken to their end, and no sound came of any.
  package var isSilent: Bool {
    cases.allSatisfy { $0.turns.allSatisfy { $0.failure == nil && $0.audioSeconds == 0 } }
  }
  package var failures: Int { cases.map(\.failedTurns).reduce(0, +) }
}

/// One engine with one strategy.
package struct BenchCase: Codable, Equatable, Sendable {
  package var conditions: BenchConditions
  package var turns: [TurnSample]
  /// Derived from `turns`; written for whoever reads the file, and computed again when it is read.
  package var metrics: [MetricSummary] = []
  package var lateFrames: [LateFrames] = []
  package var failures: [FailureCount] = []

  package init(conditions: BenchConditions, turns: [TurnSample]) {
    self.conditions = conditions
    self.turns = turns
    summarise()
  }

  package mutating func summarise() {
    metrics = Metric.allCases.compactMap { MetricSummary($0, of: groups(of: $0)) }
    lateFrames = LateFrames.of(turns(in: .warm))
    failures = FailureCount.of(turns)
  }

  /// Adds to each metric how far its percentiles may be from the truth.
  package mutating func addIntervals() {
    for index in metrics.indices {
      metrics[index].addIntervals(from: groups(of: metrics[index].metric))
    }
  }

  package func turns(in phase: TurnPhase) -> [TurnSample] { turns.filter { $0.phase == phase } }

  package func completed(in phase: TurnPhase) -> [TurnSample] {
    turns.filter { $0.phase == phase && $0.failure == nil }
  }

  /// The values of a metric, by turn; turns that gave none are left out.
  package func groups(of metric: Metric) -> [[Double]] {
    turns(in: metric.phase).map { $0.values(of: metric) }.filter { !$0.isEmpty }
  }

  package var failedTurns: Int { failures.map(\.count).reduce(0, +) }

  /// Hz, of the first audio; 0 without any.
  package var sampleRate: Int { turns.lazy.map(\.sampleRate).first { $0 > 0 } ?? 0 }
}

package struct FailureCount: Codable, Equatable, Sendable {
  package var cause: String
  package var count: Int

  /// The most frequent first.
  static func of(_ turns: [TurnSample]) -> [FailureCount] {
    var counts: [FailureCount] = []
    for cause in turns.compactMap(\.failure) {
      if let index = counts.firstIndex(where: { $0.cause == cause }) {
        counts[index].count += 1
      } else {
        counts.append(FailureCount(cause: cause, count: 1))
      }
    }
    return counts.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
  }
}
