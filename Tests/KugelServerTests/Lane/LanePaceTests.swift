import Testing

@testable import KugelServer

private let start = ContinuousClock.now

@Suite struct LanePaceTests {
  private var pace = LanePace(sendTimeout: .seconds(30), idleTimeout: .seconds(100), at: start)

  private func at(_ second: Int) -> ContinuousClock.Instant { start + .seconds(second) }

  @Test mutating func `a client that takes nothing of what waits is too slow in the end`() {
    pace.look(pending: 100, sent: 100, at: at(10))
    #expect(pace.isSending)
    #expect(!pace.isTooSlow(at: at(29)))
    // It took a little: its time begins anew.
    pace.look(pending: 99, sent: 100, at: at(29))
    #expect(!pace.isTooSlow(at: at(58)))
    // More was made, nothing taken.
    pace.look(pending: 199, sent: 200, at: at(58))
    #expect(pace.isTooSlow(at: at(59)))
  }

  @Test mutating func `who has nothing to take is never too slow`() {
    pace.look(pending: 0, sent: 0, at: at(50))
    #expect(!pace.isTooSlow(at: at(1000)))
    pace.look(pending: 5, sent: 5, at: at(1000))
    #expect(!pace.isTooSlow(at: at(1029)))
  }

  @Test mutating func `nothing happens for long only while nothing is spoken or sent`() {
    #expect(pace.deadline(isBusy: false, at: at(0)) == at(100))
    #expect(!pace.isIdle(isBusy: false, at: at(99)))
    #expect(pace.isIdle(isBusy: false, at: at(100)))
    #expect(!pace.isIdle(isBusy: true, at: at(1000)))
    #expect(pace.deadline(isBusy: true, at: at(0)) == nil)
    pace.active(at: at(60))
    #expect(!pace.isIdle(isBusy: false, at: at(159)))
    pace.look(pending: 1, sent: 1, at: at(160))
    #expect(!pace.isIdle(isBusy: false, at: at(170)))
    #expect(pace.deadline(isBusy: false, at: at(170)) == at(170) + .milliseconds(50))
  }
}
