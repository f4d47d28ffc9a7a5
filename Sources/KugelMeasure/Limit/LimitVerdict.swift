/// How a report stands to a limit.
package enum LimitVerdict: Equatable, Sendable {
  case kept
  /// With the figures that broke it, each a sentence without its stop.
  case broken([String])
  /// Too little was measured to tell; no CI should take that for success.
  case unknown([String])
}

extension BenchLimit {
  package func verdict(on report: BenchReport) -> LimitVerdict {
    var broken: [String] = []
    var unknown: [String] = []
    for measured in report.cases {
      switch verdict(on: measured) {
      case .kept: break
      case .broken(let reasons): broken += reasons.map { "\($0) (\(measured.conditions.name))" }
      case .unknown(let reasons): unknown += reasons.map { "\($0) (\(measured.conditions.name))" }
      }
    }
    if !broken.isEmpty { return .broken(broken) }
    return unknown.isEmpty ? .kept : .unknown(unknown)
  }

  private func verdict(on measured: BenchCase) -> LimitVerdict {
    var unknown: [String] = []
    for terms in alternatives {
      let results = terms.map { ($0, $0.quantity.value(in: measured)) }
      let known = results.compactMap { term, value in value.map { (term, $0) } }
      guard known.allSatisfy({ $0.relation.holds($1, $0.bound) }) else { continue }
      if known.count == results.count {
        return .broken(known.map { $0.quantity.sentence($1) })
      }
      unknown += results.filter { $1 == nil }.map { term, _ in
        "\(term.quantity.name) is not known: \(term.quantity.reason(in: measured))"
      }
    }
    return unknown.isEmpty ? .kept : .unknown(unknown)
  }
}

extension BenchLimit.Quantity {
  package var name: String {
    switch self {
    case .metric(let metric, let statistic): "\(metric.rawValue).\(statistic.rawValue)"
    case .lateFrames(let cushion): "late_frames.\(Figures.shortest(cushion))"
    case .errors: "errors"
    }
  }

  func value(in measured: BenchCase) -> Double? {
    switch self {
    case .errors: return Double(measured.failedTurns)
    case .lateFrames(let cushion):
      return measured.lateFrames.first { $0.cushion == cushion }?.percent
    case .metric(let metric, let statistic):
      let summary = measured.metrics.first { $0.metric == metric }
      return switch statistic {
      case .p50: summary?.p50
      case .p95: summary?.p95
      case .p99: summary?.p99
      case .min: summary?.min
      case .max: summary?.max
      case .n: Double(summary?.n ?? 0)
      }
    }
  }

  func sentence(_ value: Double) -> String {
    let shown =
      switch self {
      case .errors, .metric(_, .n): Figures.shortest(value)
      case .lateFrames: Figures.percent(value)
      case .metric(let metric, _):
        metric.unit == .milliseconds ? Figures.time(value) : Figures.value(value, metric.unit)
      }
    return "\(name) is \(shown)"
  }

  func reason(in measured: BenchCase) -> String {
    guard case .metric(let metric, let statistic) = self,
      let summary = measured.metrics.first(where: { $0.metric == metric }),
      let percentile = ShownPercentile(rawValue: statistic.rawValue)
    else { return "nothing was measured" }
    return "\(summary.n) values of \(summary.turns) turns are too few, it takes "
      + "\(percentile.leastValues) of \(percentile.leastTurns)"
  }
}
