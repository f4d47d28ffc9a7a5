import KugelWire
import Testing

@Suite struct MeasuresTests {
  @Test(arguments: [
    ("250us", 250), ("800ms", 800_000), ("0.1ms", 100), ("1.5s", 1_500_000), ("90s", 90_000_000),
    ("5m", 300_000_000), ("1h", 3_600_000_000), ("1.5h", 5_400_000_000), ("0", 0),
    ("+1s", 1_000_000),
    (" 250 ms ", 250_000), (".5s", 500_000),
  ])
  func `a time is read to the microsecond`(text: String, microseconds: Int) throws {
    let time = try #require(Measures.duration(text))
    #expect(time == .microseconds(microseconds))
    #expect(Measures.duration(time.asWritten) == time)
  }

  @Test(arguments: [
    "", "5", "ms", "s", "1e3ms", "infs", "nans", "0x1s", "-1s", "1 2s", "1d", "9000h",
    "99999999999999h",
    "1.2.3s", "1,5s",
  ])
  func `other times are refused`(text: String) {
    #expect(Measures.duration(text) == nil)
  }

  @Test func `a number alone has the unit of its place, and the range decides on signs`() {
    #expect(Measures.duration("5", bare: .seconds) == .seconds(5))
    #expect(Measures.duration("5", bare: .milliseconds) == .milliseconds(5))
    let range = Duration.seconds(-2)...Duration.seconds(2)
    #expect(Measures.duration("-1.5s", in: range) == .milliseconds(-1500))
    #expect(Measures.duration("\u{2212}300ms", in: range) == .milliseconds(-300))
    #expect(Measures.duration("2.1s", in: range) == nil)
  }

  @Test(arguments: [
    ("-6", -6.0), ("-6dB", -6), ("+3 dB", 3), ("15", 15), ("20", 20), ("-60DB", -60),
    ("\u{2212}6", -6),
  ])
  func `a level is decibels, with or without the word`(text: String, level: Double) {
    #expect(Measures.decibels(text) == level)
  }

  @Test(arguments: ["21", "-61", "loud", "", "1e1", "dB", "nan"])
  func `other levels are refused`(text: String) {
    #expect(Measures.decibels(text) == nil)
  }

  @Test(
    arguments: [
      (80.0 / 175, 450.0 / 175, 0.46, 2.57), (0.8, 1.2, 0.8, 1.2), (0.7, 1.2, 0.7, 1.2),
      (0.25, 4, 0.25, 4), (0.07, 0.29, 0.07, 0.29), (123.0 / 175, 1.2, 0.71, 1.2),
    ] as [(Double, Double, Double, Double)])
  func `a range is shown by what it takes`(
    low: Double, high: Double, shownLow: Double, shownHigh: Double
  ) {
    let shown = (low...high).inHundredths
    #expect(shown == shownLow...shownHigh)
    #expect((low...high).contains(shown.lowerBound) && (low...high).contains(shown.upperBound))
  }
}
