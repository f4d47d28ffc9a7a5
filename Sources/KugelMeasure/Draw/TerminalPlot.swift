/// First sound drawn with characters: a strip for each case on one scale, and a histogram.
package enum TerminalPlot {
  private struct Marks {
    var line: Character
    var ends: (left: Character, right: Character)
    var box: Character
    var median: Character
    var tail: Character
    var bar: [Character]
  }

  private static let drawn = Marks(
    line: "─", ends: ("├", "┤"), box: "▒", median: "┃", tail: "●",
    bar: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"])
  private static let plain = Marks(
    line: "-", ends: ("|", "|"), box: "=", median: "#", tail: "o", bar: [" ", ".", ":", "#"])

  private static let width = 60

  /// - Parameter ascii: nothing but ASCII, for locales that have no more.
  package static func text(_ report: BenchReport, ascii: Bool) -> String {
    let strips = report.cases.compactMap(Strip.init)
    guard let longest = strips.map(\.max).max() else {
      return "first sound: too few turns to draw\n"
    }
    let marks = ascii ? plain : drawn
    let scale = Scale(longest: longest)
    let margin = strips.map(\.name.count).max() ?? 0
    var text = "first sound, ms: whiskers min and max, box p25 to p75, "
    text += "\(marks.median) p50, \(marks.tail) p95\n\n"
    for strip in strips {
      text +=
        padded(strip.name, margin) + "  " + String(line(strip, scale, marks)).trimmedEnd + "\n"
    }
    text += padded("", margin) + "  " + axis(scale) + "\n"
    for strip in strips {
      text += "\n" + histogram(strip, scale, marks, margin)
    }
    return text + padded("", margin) + "  " + axis(scale) + "\n"
  }

  private static func line(_ strip: Strip, _ scale: Scale, _ marks: Marks) -> [Character] {
    var cells = [Character](repeating: " ", count: width)
    func column(_ value: Double) -> Int {
      Int((scale.position(value) * Double(width - 1)).rounded())
    }
    for index in column(strip.min)...column(strip.max) { cells[index] = marks.line }
    cells[column(strip.min)] = marks.ends.left
    cells[column(strip.max)] = marks.ends.right
    for index in column(strip.p25)...column(strip.p75) { cells[index] = marks.box }
    if let p95 = strip.p95 { cells[column(p95)] = marks.tail }
    cells[column(strip.p50)] = marks.median
    return cells
  }

  private static func axis(_ scale: Scale) -> String {
    var text = ""
    for tick in scale.ticks {
      let label = Figures.shortest(tick.rounded(toPlaces: 3))
      let column = Int((scale.position(tick) * Double(width - 1)).rounded())
      let start = max(text.isEmpty ? 0 : text.count + 1, column - label.count / 2)
      text += String(repeating: " ", count: start - text.count) + label
    }
    return text
  }

  /// A line of bars, as high as the values are many, with the count of the highest.
  private static func histogram(
    _ strip: Strip, _ scale: Scale, _ marks: Marks, _ margin: Int
  ) -> String {
    let counts = Histogram(strip.values, bins: width, scale: scale).counts
    let most = counts.max() ?? 0
    let steps = marks.bar.count - 1
    let bars = counts.map { count in
      count == 0 ? marks.bar[0] : marks.bar[max(1, (count * steps + most - 1) / max(most, 1))]
    }
    return padded(strip.name, margin) + "  " + String(bars).trimmedEnd + "  most: \(most)\n"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension Double {
  func rounded(toPlaces places: Int) -> Double {
    let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
    return (self * scale).rounded() / scale
  }
}
