/// Several cases of one report beside one another, the best first.
package enum SideBySide {
  private static let shown: [Metric] = [.firstSound, .firstByte, .realTimeFactor]

  /// - Returns: nil for fewer than two cases.
  package static func text(_ cases: [BenchCase]) -> String? {
    guard cases.count > 1 else { return nil }
    // What listeners feel first; where nothing was heard, what comes nearest.
    let leading = shown.first { metric in cases.contains { $0.median(of: metric) != nil } }
    guard let leading else { return nil }
    let ordered = cases.enumerated().sorted { one, other in
      let (mine, theirs) = (one.element.median(of: leading), other.element.median(of: leading))
      return (mine ?? .infinity, one.offset) < (theirs ?? .infinity, other.offset)
    }.map(\.element)
    let others = shown.filter { metric in
      metric != leading && cases.contains { $0.median(of: metric) != nil }
    }
    // One below the other: beside one another they would not fit a terminal.
    return ([leading] + others).map { metric in
      let title = metric == leading ? "side by side, by \(metric.title)" : metric.title
      let best = ordered.min {
        $0.median(of: metric) ?? .infinity < $1.median(of: metric) ?? .infinity
      }
      let heads = [title, "p50", "p95", "to the best", "95 % interval"]
      return Columned.text([heads] + ordered.flatMap { rows($0, best ?? ordered[0], metric) })
    }.joined(separator: "\n")
  }

  /// Characters of a name beside which figures have room.
  private static let widestName = 28

  private static func rows(
    _ measured: BenchCase, _ best: BenchCase, _ metric: Metric
  ) -> [[String]] {
    let name = measured.conditions.name
    let figures = figures(measured, best, metric)
    guard name.count > widestName else { return [[name] + figures] }
    return [[name], [""] + figures]
  }

  private static func figures(
    _ measured: BenchCase, _ best: BenchCase, _ metric: Metric
  ) -> [String] {
    let summary = measured.metrics.first { $0.metric == metric }
    let shown = { (value: Double?) in
      value.map { Figures.value($0, metric.unit) + (metric.unit == .milliseconds ? " ms" : "") }
        ?? "–"
    }
    let figures = [shown(summary?.p50), shown(summary?.p95)]
    guard let mine = summary?.p50, let least = best.median(of: metric), least > 0 else {
      return figures + ["–", "–"]
    }
    guard measured != best else { return figures + ["1.00", "–"] }
    let interval = Bootstrap(groups: best.groups(of: metric)).ratio(
      50, to: Bootstrap(groups: measured.groups(of: metric)))
    return figures + [
      Figures.fixed(mine / least, 2),
      interval.map { "\(Figures.fixed($0.low, 2)) to \(Figures.fixed($0.high, 2))" } ?? "–",
    ]
  }
}

/// The first column to the left, the others to the right. A row of one cell is as wide as it is.
private enum Columned {
  static func text(_ rows: [[String]]) -> String {
    let widths = (0..<(rows.first?.count ?? 0)).map { column in
      rows.filter { $0.count > 1 }.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let gap = String(repeating: " ", count: max(0, widths[column] - cell.count))
        return column == 0 ? cell + gap : gap + cell
      }.joined(separator: "  ").trimmedEnd + "\n"
    }.joined()
  }
}

extension BenchCase {
  fileprivate func median(of metric: Metric) -> Double? {
    metrics.first { $0.metric == metric }?.p50
  }
}
