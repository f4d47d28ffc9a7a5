/// What changed, as a table.
package enum ComparisonTable {
  package static func text(_ comparison: BenchComparison) -> String {
    var text = "compared with \(comparison.older.began), kugel \(comparison.older.kugel)\n"
    for difference in comparison.differences { text += "  unlike: \(difference)\n" }
    let several = Set(comparison.rows.map(\.name)).count > 1
    var rows = [["metric", "scope", "", "then", "now", "change", "95 % interval", "verdict"]]
    rows += comparison.rows.map { row in
      let value = { (value: Double) in Figures.value(value, row.metric.unit) }
      let signed = { (number: Double) in (number > 0 ? "+" : "") + value(number) }
      return [
        row.metric.title + (several ? " (\(row.name))" : ""), row.metric.scope.rawValue,
        row.percentile.rawValue, value(row.before), value(row.now), signed(row.difference),
        "\(signed(row.interval.low)) to \(signed(row.interval.high))", row.verdict.rawValue,
      ]
    }
    return text + "\n" + Grid.text(rows)
  }
}
