import KugelText
import KugelWire
import Testing

@testable import KugelMeasure

@Suite struct SideBySideTests {
  @Test func `ratios and their interval come from the values`() {
    let fast = Bootstrap(groups: (0..<30).map { [100 + Double($0 % 3)] })
    let slow = Bootstrap(groups: (0..<30).map { [200 + Double($0 % 3)] })
    let ratio = fast.ratio(50, to: slow)
    #expect(ratio.map { $0.low > 1.9 && $0.high < 2.1 } == true)
    #expect(fast.ratio(50, to: Bootstrap(groups: [])) == nil)
  }

  @Test func `headings are folded where a terminal ends`() {
    let parts = ["kugel bench"] + (1...12).map { "part number \($0)" }
    let lines = ReportTable.folded(parts).split(separator: "\n")
    #expect(lines.count > 1 && lines.allSatisfy { $0.count <= 80 })
    #expect(
      lines.joined(separator: " · ").replacing("  ", with: "") == parts.joined(separator: " · "))
    #expect(ReportTable.folded(["one", String(repeating: "x", count: 90)]).hasPrefix("one\n  xxx"))
  }

  @Test(arguments: [
    (Metric.realTimeFactor, 0.0007, 0.0008, BenchComparison.Verdict.alike),
    (.realTimeFactor, 0.1, 0.2, .slower), (.realTimeFactor, 0.2, 0.1, .faster),
    (.firstSound, 100, 100.5, .alike), (.firstSound, 100, 103, .slower),
  ])
  func `a difference that nobody notices is none`(
    metric: Metric, before: Double, now: Double, verdict: BenchComparison.Verdict
  ) {
    let change = now - before
    let row = BenchComparison.Row(
      name: "x", metric: metric, percentile: .p50, before: before, now: now,
      interval: Interval(low: change * 0.9, high: change * 1.1).sorted)
    #expect(row.verdict == verdict)
  }
}

extension Interval {
  fileprivate var sorted: Interval { Interval(low: min(low, high), high: max(low, high)) }
}
