/// The report as people read it in a terminal.
package enum ReportTable {
  package static func text(_ report: BenchReport) -> String {
    var blocks = report.cases.map { block($0, of: report) }
    if let table = SideBySide.text(report.cases) { blocks.append(table) }
    if let comparison = report.comparison { blocks.append(ComparisonTable.text(comparison)) }
    return blocks.joined(separator: "\n")
  }

  private static func block(_ measured: BenchCase, of report: BenchReport) -> String {
    let heading = ["kugel bench"] + measured.conditions.heading(sampleRate: measured.sampleRate)
    return folded(heading) + "\n" + counts(measured, of: report) + "\n\n"
      + Grid.text(rows(measured))
  }

  /// Parts beside one another, as many as fit a terminal of 80 columns.
  static func folded(_ parts: [String]) -> String {
    var lines: [String] = []
    for part in parts {
      if let last = lines.last, last.count + 3 + part.count <= 80 {
        lines[lines.count - 1] = last + " · " + part
      } else {
        lines.append(lines.isEmpty ? part : "  " + part)
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func counts(_ measured: BenchCase, of report: BenchReport) -> String {
    let done = { (phase: TurnPhase) in measured.completed(in: phase).count }
    var parts = ["\(done(.warm)) warm turns after \(done(.warmup)) warm-ups"]
    if report.planned.cold > 0 { parts.append("\(done(.cold)) cold connections") }
    if report.planned.bargeIn > 0 { parts.append("\(done(.bargeIn)) barge-ins") }
    let errors = measured.failedTurns
    parts.append(errors == 1 ? "1 error" : "\(errors) errors")
    let text = parts.joined(separator: ", ") + (report.interrupted ? "; interrupted" : "")
    return text + measured.failures.map { "\n  \($0.count) × \($0.cause)" }.joined()
  }

  private static func rows(_ measured: BenchCase) -> [[String]] {
    var rows = [["metric", "scope", "n", "p50", "p95", "p99", "min", "max"]]
    for summary in measured.metrics {
      if summary.metric == .firstSound, measured.lacksTimeAfterSentence {
        let metric = Metric.firstByteAfterSentence
        rows.append([metric.title, metric.scope.rawValue, "0", "–", "–", "–", "–", "–"])
      }
      let value = { (value: Double?) in value.map { Figures.value($0, summary.unit) } ?? "–" }
      // A unit that no later column repeats.
      let unit = summary.unit == .milliseconds ? " ms" : ""
      rows.append([
        summary.metric.title, summary.scope.rawValue, "\(summary.n)",
        summary.p50.map { Figures.value($0, summary.unit) + unit } ?? "–", value(summary.p95),
        value(summary.p99), value(summary.min), value(summary.max),
      ])
      if summary.metric == .frameGap, !measured.lateFrames.isEmpty {
        rows.append(late(measured.lateFrames))
      }
    }
    let hasGaps = measured.metrics.contains { $0.metric == .frameGap }
    if !hasGaps, !measured.lateFrames.isEmpty { rows.append(late(measured.lateFrames)) }
    return rows
  }

  private static func late(_ frames: [LateFrames]) -> [String] {
    let shares = frames.map { frames in
      "\(Figures.shortest(frames.cushion))\(frames.cushion == 0 ? "" : " ms"): "
        + Figures.percent(frames.percent)
    }
    return ["late frames", "playback", "\(frames[0].frames)", shares.joined(separator: "   ")]
  }
}

extension BenchCase {
  /// The first sentence was sent word by word, and sound came before it was complete.
  fileprivate var lacksTimeAfterSentence: Bool {
    conditions.strategy.isPaced && !metrics.contains { $0.metric == .firstByteAfterSentence }
  }
}

/// Columns, the first two to the left, the others to the right.
enum Grid {
  /// - Parameter rows: a row with fewer cells than the first may overrun with its last.
  static func text(_ rows: [[String]]) -> String {
    let columns = rows.first?.count ?? 0
    let widths = (0..<columns).map { column in
      rows.filter { $0.count == columns }.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let isLast = row.count < columns && column == row.count - 1
        let gap = String(repeating: " ", count: max(0, widths[column] - cell.count))
        return column < 2 || isLast ? cell + gap : gap + cell
      }.joined(separator: "  ").trimmedEnd + "\n"
    }.joined()
  }
}

extension String {
  /// Without the blanks at its end.
  var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
