import Testing

@testable import KugelMeasure

@Suite struct NearestRankTests {
  /// The worked examples of the article "Percentile" in the English Wikipedia, section "The nearest-rank
  /// method".
  @Test(arguments: [
    ([15.0, 20, 35, 40, 50], [5.0: 15.0, 30: 20, 40: 20, 50: 35, 100: 50]),
    ([3, 6, 7, 8, 8, 10, 13, 15, 16, 20], [25: 7, 50: 8, 75: 15, 100: 20]),
    ([3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20], [25: 7, 50: 9, 75: 15, 100: 20]),
  ])
  func `published examples come out`(values: [Double], expected: [Double: Double]) {
    for (percent, value) in expected {
      #expect(NearestRank.percentile(percent, of: values.reversed()) == value, "\(percent)")
    }
  }

  @Test func `a rank never falls between because of binary fractions`() {
    for count in 1...2000 {
      for percent in 1...100 {
        let rank = (percent * count + 99) / 100
        #expect(NearestRank.rank(Double(percent), of: count) == rank, "\(percent) of \(count)")
      }
    }
  }

  @Test func `of nothing there is no percentile`() {
    #expect(NearestRank.percentile(50, of: []) == nil)
  }

  @Test(arguments: [
    (1, false, false, false), (2, true, false, false), (19, true, false, false),
    (20, true, true, false), (99, true, true, false), (100, true, true, true),
  ])
  func `a percentile is shown from so many turns on`(
    turns: Int, p50: Bool, p95: Bool, p99: Bool
  ) throws {
    let groups = (0..<turns).map { [Double($0)] }
    var summary = try #require(MetricSummary(.firstByte, of: groups))
    summary.addIntervals(from: groups)
    #expect((summary.p50 != nil) == p50)
    #expect((summary.p95 != nil) == p95)
    #expect((summary.p99 != nil) == p99)
    #expect((summary.p50Interval != nil) == p50)
    #expect((summary.p95Interval != nil) == p95)
  }

  @Test func `many values of few turns are few all the same`() throws {
    let gaps = [[Double]](repeating: (0..<30).map(Double.init), count: 19)
    #expect(try #require(MetricSummary(.frameGap, of: gaps)).p95 == nil)
    let more = try #require(MetricSummary(.frameGap, of: gaps + [[1]]))
    #expect(more.p95 == 28)
    #expect(more.p99 == 29)
  }
}
