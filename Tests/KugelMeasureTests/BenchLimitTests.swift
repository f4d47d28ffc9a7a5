import Testing

@testable import KugelMeasure

@Suite struct BenchLimitTests {
  @Test(arguments: [
    ("first_sound.p95 > 250ms", BenchLimit.Quantity.metric(.firstSound, .p95), 250.0),
    ("first_sound.p95>0.25s", .metric(.firstSound, .p95), 250),
    ("frame_gap.max >= 100 us", .metric(.frameGap, .max), 0.1),
    ("real_time_factor.p50 >0.5", .metric(.realTimeFactor, .p50), 0.5),
    ("late_frames.120 > 1%", .lateFrames(cushion: 120), 1),
    ("errors > 0", .errors, 0),
    ("first_byte.n < 20", .metric(.firstByte, .n), 20),
  ])
  func `a limit is read`(text: String, quantity: BenchLimit.Quantity, bound: Double) throws {
    let term = try #require(BenchLimit(text).alternatives.first?.first)
    #expect(term.quantity == quantity)
    #expect(abs(term.bound - bound) < 1e-9)
  }

  @Test(arguments: [
    ("", "something like first_sound.p95 > 250ms"),
    (
      "first_sound.p95",
      "something like first_sound.p95 > 250ms, with one of > >= < <= after first_sound.p95"
    ),
    ("first_sound.p95 >", "a number after first_sound.p95 >"),
    ("first_sound.p95 > 250", "a number with h or m or ms or s or us or µs for first_sound.p95"),
    ("first_sound.p95 > ms", "a number with h or m or ms or s or us or µs for first_sound.p95"),
    ("real_time_factor.p50 > 1ms", "a number without a unit for real_time_factor.p50"),
    ("late_frames.100 > 1%", "one of late_frames.0, late_frames.120, late_frames.500"),
    ("errors > 1 xor errors > 2", "terms joined by and, or; \"xor\" is neither"),
    ("errors == 0", "something like first_sound.p95 > 250ms, with one of > >= < <= after errors"),
    (
      "first_byte.p42 > 1ms",
      "one of first_byte.p50, first_byte.p95, first_byte.p99, first_byte.min, first_byte.max, first_byte.n"
    ),
  ])
  func `a wrong limit is refused with what it takes`(text: String, expected: String) {
    #expect(throws: LimitError(expected: expected)) { try BenchLimit(text) }
  }

  @Test func `a metric that was nearly meant is named`() {
    let error = #expect(throws: LimitError.self) { try BenchLimit("first_sund.p95 > 1ms") }
    #expect(error?.hint == "Did you mean first_sound?")
  }

  private static let hundred = Reports.report([Reports.measured((1...100).map(Double.init))])

  @Test(arguments: [
    ("first_sound.p95 > 94ms", true), ("first_sound.p95 > 95ms", false),
    ("first_sound.p95 >= 95ms", true), ("first_sound.p50 < 51ms", true),
    ("first_sound.p50 <= 49.9ms", false), ("errors > 0", false),
    ("late_frames.0 > 20%", true), ("late_frames.500 > 0%", false),
    ("errors > 0 or first_sound.max > 99ms", true),
    ("errors > 0 and first_sound.max > 99ms", false),
    ("errors > 0 and errors > 1 or first_sound.n >= 100", true),
  ])
  func `a limit is broken or kept`(text: String, broken: Bool) throws {
    let verdict = try BenchLimit(text).verdict(on: Self.hundred)
    if broken {
      #expect(verdict != .kept)
    } else {
      #expect(verdict == .kept)
    }
  }

  @Test func `what broke it is told with its case`() throws {
    let report = Reports.report([
      Reports.measured([1, 2]),
      Reports.measured([300, 301], conditions: Reports.conditions(engine: "tone")),
    ])
    let verdict = try BenchLimit("first_sound.p50 > 250ms").verdict(on: report)
    #expect(verdict == .broken(["first_sound.p50 is 300 ms (tone, full)"]))
  }

  @Test func `too few turns are no success`() throws {
    let report = Reports.report([Reports.measured((1...19).map(Double.init))])
    #expect(
      try BenchLimit("first_sound.p95 > 250ms").verdict(on: report)
        == .unknown([
          "first_sound.p95 is not known: 19 values of 19 turns are too few, it takes 20 of 20 (kugel, full)"
        ]))
    #expect(
      try BenchLimit("heard.p50 > 1ms").verdict(on: report)
        == .unknown(["heard.p50 is not known: nothing was measured (kugel, full)"]))
    // What is known to be false decides an "and", what is known to be true an "or".
    #expect(try BenchLimit("heard.p50 > 1ms and errors > 0").verdict(on: report) == .kept)
    #expect(
      try BenchLimit("heard.p50 > 1ms or errors >= 0").verdict(on: report)
        == .broken(["errors is 0 (kugel, full)"]))
  }
}
