import KugelText

/// First sound drawn as a picture: a strip for each case on one scale, every turn as a point, and a
/// histogram below it.
package enum SVGPlot {
  private static let width = 900.0
  private static let left = 170.0
  private static let right = 30.0
  private static let top = 70.0
  /// Of one case: strip, points, histogram.
  private static let height = 118.0
  private static let bins = 60

  package static func text(_ report: BenchReport) -> String {
    let strips = report.cases.compactMap(Strip.init)
    let scale = Scale(longest: strips.map(\.max).max() ?? 1)
    let bottom = top + Double(max(strips.count, 1)) * height
    let heading = report.cases.first.map { measured in
      "text \(measured.conditions.text) (\(measured.conditions.characters) chars), "
        + "\(measured.completed(in: .warm).count) warm turns, \(report.environment.began)"
    }
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(width)) \(Int(bottom + 60))" \
      font-family="sans-serif" font-size="13" fill="#222">
      <rect width="100%" height="100%" fill="#fff"/>
      <text x="20" y="28" font-size="18">kugel bench: first sound, milliseconds</text>
      <text x="20" y="48" fill="#666">\(escaped(heading ?? "nothing was measured"))</text>

      """
    svg += axis(scale, bottom: bottom)
    for (index, strip) in strips.enumerated() {
      svg += draw(strip, scale, top: top + Double(index) * height)
    }
    if strips.isEmpty { svg += label("too few turns to draw", x: left, y: top + 30) }
    svg += legend(y: bottom + 46)
    return svg + "</svg>\n"
  }

  private static func x(_ value: Double, _ scale: Scale) -> Double {
    left + scale.position(value) * (width - left - right)
  }

  private static func axis(_ scale: Scale, bottom: Double) -> String {
    scale.ticks.map { tick in
      let x = x(tick, scale)
      return rule(x, top - 4, x, bottom, "#ddd")
        + label(Figures.shortest(tick.rounded(toPlaces: 3)), x: x, y: bottom + 18, anchor: "middle")
    }.joined()
  }

  private static func draw(_ strip: Strip, _ scale: Scale, top: Double) -> String {
    let middle = top + 24
    let at = { (value: Double) in x(value, scale) }
    var svg = ""
    for (line, text) in title(strip.name).enumerated() {
      svg += label(text, x: 20, y: middle + 17 * Double(line), fill: line == 0 ? "#222" : "#666")
    }
    svg += rule(at(strip.min), middle, at(strip.max), middle, "#333")
    for end in [strip.min, strip.max] {
      svg += rule(at(end), middle - 7, at(end), middle + 7, "#333")
    }
    svg += rectangle(
      at(strip.p25), middle - 11, max(at(strip.p75) - at(strip.p25), 1), 22, "#9cc4e8", "#333")
    svg += rule(at(strip.p50), middle - 11, at(strip.p50), middle + 11, "#c0392b", 3)
    if let p95 = strip.p95 { svg += circle(at(p95), middle, 5, "#c0392b", 1) }
    for value in strip.values { svg += circle(at(value), middle + 22, 2.5, "#2c6fad", 0.45) }
    return svg + histogram(strip, scale, base: top + height - 14)
  }

  /// A case's name in lines that fit beside its strip: `engine@place, strategy`.
  private static func title(_ name: String) -> [String] {
    let parts = name.split(separator: ", ", maxSplits: 1).map(String.init)
    let place = parts[0].firstIndex(of: "@") ?? parts[0].endIndex
    let lines = [String(parts[0][..<place]), String(parts[0][place...])] + parts.dropFirst()
    let widest = 21
    return lines.filter { !$0.isEmpty }.map {
      $0.count > widest ? $0.prefix(widest - 1) + "…" : $0
    }
  }

  private static func histogram(_ strip: Strip, _ scale: Scale, base: Double) -> String {
    let counts = Histogram(strip.values, bins: bins, scale: scale).counts
    let most = Double(max(counts.max() ?? 1, 1))
    let step = (width - left - right) / Double(bins)
    let bars = counts.enumerated().filter { $1 > 0 }.map { index, count in
      let height = Double(count) / most * 36
      return rectangle(
        left + Double(index) * step + 0.5, base - height, step - 1, height, "#bbb", "none")
    }
    return bars.joined() + rule(left, base, width - right, base, "#999")
  }

  private static func legend(y: Double) -> String {
    label(
      "whiskers: min and max · box: p25 to p75 · red line: p50 · red dot: p95 · small dots: turns",
      x: left, y: y, fill: "#666")
  }

  // MARK: - Shapes

  private static func number(_ value: Double) -> String { Figures.fixed(value, 1) }

  private static func rule(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: String, _ width: Double = 1
  ) -> String {
    "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" "
      + "stroke=\"\(colour)\" stroke-width=\"\(number(width))\"/>\n"
  }

  private static func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ fill: String, _ stroke: String
  ) -> String {
    "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" "
      + "height=\"\(number(height))\" fill=\"\(fill)\" stroke=\"\(stroke)\"/>\n"
  }

  private static func circle(
    _ x: Double, _ y: Double, _ radius: Double, _ fill: String, _ opacity: Double
  ) -> String {
    "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\" fill=\"\(fill)\" "
      + "fill-opacity=\"\(Figures.fixed(opacity, 2))\"/>\n"
  }

  private static func label(
    _ text: String, x: Double, y: Double, anchor: String = "start", fill: String = "#222"
  ) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\" fill=\"\(fill)\">"
      + escaped(text) + "</text>\n"
  }

  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      default: String(character)
      }
    }.joined()
  }
}
