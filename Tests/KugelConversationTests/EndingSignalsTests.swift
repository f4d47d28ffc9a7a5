import KugelConversation
import Testing

@Suite struct EndingSignalsTests {
  @Test(
    arguments: [
      ([0], [.wish]),
      // A process and its group are signalled at once.
      ([0, 0], [.wish, .echo]),
      ([0, 1, 99], [.wish, .echo, .echo]),
      ([0, 100], [.wish, .insistence]),
      ([0, 5, 600, 601], [.wish, .echo, .insistence, .insistence]),
    ] as [([Int], [EndingSignals.Meaning])])
  func `what follows within a moment is the same wish, what comes later insists`(
    milliseconds: [Int], meanings: [EndingSignals.Meaning]
  ) {
    var signals = EndingSignals()
    let start = ContinuousClock.now
    #expect(milliseconds.map { signals.strike(at: start + .milliseconds($0)) } == meanings)
  }
}
