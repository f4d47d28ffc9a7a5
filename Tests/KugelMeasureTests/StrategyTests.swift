import Testing

@testable import KugelMeasure

@Suite struct StrategyTests {
  private static let text = "Well, \"yes\": it is. Dr. Who (1963) is extraordinarily old; really!"

  @Test(arguments: [
    (Strategy.full, [text]),
    (.sentence, ["Well, \"yes\": it is.", " Dr. Who (1963) is extraordinarily old; really!"]),
    (
      .chars20,
      [
        "Well, \"yes\": it is. ", "Dr. Who (1963) is extraordinarily ", "old; really!",
      ]
    ),
    (
      .clause,
      ["Well, ", "\"yes\": ", "it is. ", "Dr. ", "Who (1963) is extraordinarily old; ", "really!"]
    ),
    (
      .word,
      [
        "Well, ", "\"yes\": ", "it ", "is. ", "Dr. ", "Who ", "(1963) ", "is ",
        "extraordinarily ", "old; ", "really!",
      ]
    ),
    (
      .tokens,
      [
        "Well", ",", " \"", "yes", "\"", ":", " it", " is", ".", " Dr", ".", " Who", " (", "1963",
        ")", " is", " extrao", "rdinar", "ily", " old", ";", " really", "!",
      ]
    ),
  ])
  func `the pieces are as they are described`(strategy: Strategy, pieces: [String]) {
    #expect(strategy.pieces(of: Self.text) == pieces)
  }

  @Test(arguments: Strategy.allCases)
  func `nothing is lost, and no piece is blank`(strategy: Strategy) {
    let texts =
      [Self.text, " \n Leading. \n\n Twice.  ", "x", "你好。再见！", "a,b", "e\u{301}t\u{301} 👩‍👩‍👧."]
      + BenchText.allCases.map(\.text)
    for text in texts {
      let pieces = strategy.pieces(of: text)
      #expect(pieces.joined() == text)
      #expect(!pieces.contains { $0.allSatisfy(\.isWhitespace) })
    }
    #expect(strategy.pieces(of: "") == [])
  }

  @Test func `the short text is one sentence and the long one many`() {
    #expect(Strategy.sentence.pieces(of: BenchText.short.text).count == 1)
    #expect(Strategy.sentence.pieces(of: BenchText.long.text).count > 20)
  }

  @Test func `pieces are sent when the writer has written their last token`() {
    let script = TurnScript(text: "One two three. Four.", strategy: .sentence, pace: 50)
    // Four tokens, then two more.
    #expect(script.pieces.map(\.due) == [.zero, .milliseconds(40)])
    #expect(script.pieces.map(\.flush) == [true, true])
    #expect(script.firstSentence == 14)
  }

  @Test func `tokens are flushed once`() {
    let script = TurnScript(text: "One two. Go.", strategy: .tokens, pace: 100)
    #expect(script.pieces.map(\.text) == ["One", " two", ".", " Go", "."])
    #expect(script.pieces.map(\.flush) == [false, false, false, false, true])
    #expect(script.pieces.map(\.due) == (0..<5).map { .milliseconds(10 * $0) })
    #expect(script.firstSentence == 8)
  }

  @Test func `the whole text has no pace and no first sentence to wait for`() {
    let script = TurnScript(text: "One. Two.", strategy: .full, pace: 50)
    #expect(script.pieces == [TurnScript.Piece(text: "One. Two.", due: .zero, flush: true)])
    #expect(script.firstSentence == nil)
  }

  @Test func `under load the starts are fixed beforehand, and evenly spread`() {
    let schedule = LoadSchedule(lanes: 4, interval: .seconds(2))
    #expect(
      (0..<4).map { schedule.start(lane: $0, turn: 0) / .milliseconds(1) } == [0, 500, 1000, 1500])
    #expect(schedule.start(lane: 1, turn: 3) == .milliseconds(6500))
    #expect((0..<4).map { schedule.turns(lane: $0, of: 10) } == [3, 3, 2, 2])
    #expect((0..<4).map { schedule.turns(lane: $0, of: 3) } == [1, 1, 1, 0])
  }

  @Test func `the turns of all cases are taken in turn`() {
    let counts = BenchReport.Planned(warm: 2, warmup: 1, cold: 1, bargeIn: 0)
    let steps = BenchPlan(cases: 2, counts: counts).steps
    #expect(steps.map(\.measured) == [0, 1, 0, 1, 0, 1, 0, 1])
    #expect(
      steps.map(\.phase) == [.cold, .cold, .warmup, .warmup, .warm, .warm, .warm, .warm])
    #expect(steps.map(\.turn) == [1, 1, 1, 1, 1, 1, 2, 2])
  }
}
