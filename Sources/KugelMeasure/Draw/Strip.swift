/// What a strip shows of first sound in one case: whiskers, box, median, p95. Milliseconds.
struct Strip: Equatable, Sendable {
  var name: String
  var min: Double
  var max: Double
  var p25: Double
  var p50: Double
  var p75: Double
  var p95: Double?
  /// In the order of the turns.
  var values: [Double]

  /// - Returns: nil where there are too few values to draw.
  init?(_ measured: BenchCase) {
    guard let summary = measured.metrics.first(where: { $0.metric == .firstSound }),
      let p25 = summary.p25, let p50 = summary.p50, let p75 = summary.p75
    else { return nil }
    name = measured.conditions.name
    min = summary.min
    max = summary.max
    self.p25 = p25
    self.p50 = p50
    self.p75 = p75
    p95 = summary.p95
    values = measured.groups(of: .firstSound).flatMap(\.self)
  }
}

/// A scale from 0 to a round number.
struct Scale: Equatable, Sendable {
  var end: Double
  var ticks: [Double]

  /// - Parameter longest: the largest value to be shown.
  init(longest: Double) {
    let target = Swift.max(longest, 1e-6) / 5
    var step = 1e-6
    let factors = [2.0, 2.5, 2.0]
    var index = 0
    while step < target {
      step *= factors[index % 3]
      index += 1
    }
    let count = Swift.max(1, Int((longest / step - 1e-9).rounded(.up)))
    end = Double(count) * step
    ticks = (0...count).map { Double($0) * step }
  }

  /// - Returns: 0 to 1.
  func position(_ value: Double) -> Double { Swift.min(Swift.max(value / end, 0), 1) }
}

/// How many values fall into each of equal parts of a scale.
struct Histogram: Equatable, Sendable {
  var counts: [Int]

  init(_ values: [Double], bins: Int, scale: Scale) {
    counts = [Int](repeating: 0, count: bins)
    for value in values {
      counts[Swift.min(Int(scale.position(value) * Double(bins)), bins - 1)] += 1
    }
  }
}
