/// Percentiles that are always values that were measured: nothing is interpolated.
///
/// Nearest rank: of n values in order, the percentile p is the one at rank ceil(p / 100 * n), counted from 1.
package enum NearestRank {
  /// - Parameter percent: 0 < percent <= 100.
  /// - Returns: nil without values.
  package static func percentile(_ percent: Double, ofSorted values: [Double]) -> Double? {
    values.isEmpty ? nil : values[rank(percent, of: values.count) - 1]
  }

  package static func percentile(_ percent: Double, of values: [Double]) -> Double? {
    percentile(percent, ofSorted: values.sorted())
  }

  /// The rank, 1 to `count`.
  package static func rank(_ percent: Double, of count: Int) -> Int {
    // 95 / 100 * 20 is a little more than 19 in binary; the product with 100 is exact for whole percents.
    let exact = (percent * Double(count) / 100).rounded(.up)
    return min(max(Int(exact), 1), count)
  }
}

/// The percentiles that are shown, each only from so many values on.
package enum ShownPercentile: String, CaseIterable, Codable, Sendable {
  case p50, p95, p99

  package var percent: Double {
    switch self {
    case .p50: 50
    case .p95: 95
    case .p99: 99
    }
  }

  /// Fewer values say nothing about it: one shot is none, and of 19 the largest stands for the worst
  /// twentieth by chance only.
  package var leastValues: Int {
    switch self {
    case .p50: 2
    case .p95: 20
    case .p99: 100
    }
  }

  /// Turns without which it is not shown, however many values each of them gave.
  package var leastTurns: Int { self == .p50 ? 2 : 20 }
}
