import Testing

@testable import KugelMeasure

@Suite struct BenchDrawingTests {
  private static let report = {
    var loopback = Reports.conditions(strategy: .word, place: .loopback)
    loopback.pace = 50
    return Reports.report([
      Reports.measured(Reports.spread(around: 130)),
      Reports.measured(Reports.spread(around: 40, count: 19), conditions: loopback),
    ])
  }()

  @Test func `the table says under which conditions, and dashes what is not known`() {
    let text = ReportTable.text(Self.report)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(
      lines[0]
        == "kugel bench · engine kugel · tts.example:443 · kugel-3 · voice 1071 · 24 kHz")
    #expect(lines[1] == "  text short (12 chars) · strategy full")
    #expect(lines[2] == "100 warm turns after 0 warm-ups, 0 errors")
    #expect(text.contains("LOOPBACK tts.example:443"))
    #expect(
      text.contains("late frames        playback    400  0: 25.0 %   120 ms: 0 %   500 ms: 0 %"))
    let sounds = lines.filter { $0.hasPrefix("first sound") && $0.contains("end-to-end") }
    #expect(sounds.count == 2)
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.count { $0.contains("to the best") } > 1)
    #expect(!sounds[0].contains("–"))
    #expect(sounds[1].contains("  19  "))
    #expect(sounds[1].filter { $0 == "–" }.count == 2)
  }

  @Test func `the plot is ASCII where it must be`() {
    let plain = TerminalPlot.text(Self.report, ascii: true)
    #expect(plain.utf8.allSatisfy { $0 < 128 })
    let drawn = TerminalPlot.text(Self.report, ascii: false)
    #expect(drawn.contains("├") && drawn.contains("●"))
    for line in (plain + drawn).split(separator: "\n") { #expect(line.count <= 100) }
  }

  @Test func `a plot of nothing says so`() {
    let report = Reports.report([Reports.measured([1])])
    #expect(TerminalPlot.text(report, ascii: false) == "first sound: too few turns to draw\n")
    #expect(SVGPlot.text(report).contains("too few turns to draw"))
  }

  @Test func `the picture shows every turn, and names are escaped`() {
    var conditions = Reports.conditions(engine: "a<b>&c")
    conditions.text = "x<y"
    let report = Reports.report([
      Reports.measured(Reports.spread(around: 9), conditions: conditions)
    ])
    let svg = SVGPlot.text(report)
    #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
    #expect(svg.split(separator: "<circle").count - 1 == 101)
    #expect(svg.contains("a&lt;b&gt;&amp;c") && !svg.contains("<b>"))
  }

  @Test func `an endpoint's name has a line of its own, cut where it would touch the strip`() {
    var conditions = Reports.conditions()
    conditions.label = "kugel:1071@a-long-name.of-a-host.example:8080"
    let svg = SVGPlot.text(
      Reports.report([Reports.measured(Reports.spread(around: 9), conditions: conditions)]))
    for line in [">kugel:1071<", ">@a-long-name.of-a-ho…<", ">full<"] {
      #expect(svg.contains(line), "\(line)")
    }
  }

  @Test(arguments: [(0.3, 0.3), (1, 1), (7, 8), (130, 150), (999, 1000), (0, 0.000001)])
  func `a scale ends at a round number`(longest: Double, end: Double) {
    let scale = Scale(longest: longest)
    #expect(scale.end >= longest)
    #expect(abs(scale.end - end) < end * 0.3 + 1e-9)
    #expect((2...9).contains(scale.ticks.count))
  }

  @Test(arguments: [
    (0.0, "0.00"), (0.234, "0.23"), (9.994, "9.99"), (9.996, "10.0"), (99.96, "100"),
    (412.4, "412"),
    (-3.14159, "-3.14"), (-0.001, "0.00"),
  ])
  func `milliseconds have three digits or so`(value: Double, text: String) {
    #expect(Figures.milliseconds(value) == text)
  }

  @Test func `every value is in one bar of the histogram`() {
    let values = Reports.spread(around: 50, by: 50)
    let counts = Histogram(values, bins: 13, scale: Scale(longest: 100)).counts
    #expect(counts.reduce(0, +) == values.count)
  }

  @Test func `a comparison is a table with its verdicts`() throws {
    let older = Reports.report([Reports.measured(Reports.spread(around: 160))])
    let now = Reports.report([Reports.measured(Reports.spread(around: 130))])
    let text = ComparisonTable.text(try BenchComparison(of: now, with: older, unlike: false))
    #expect(text.hasPrefix("compared with 2024-05-17T10:00:00Z, kugel 0.0\n"))
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("first sound") })
    #expect(line.hasSuffix("faster") && line.contains("-30.0"))
  }
}
