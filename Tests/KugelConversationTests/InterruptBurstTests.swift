import KugelConversation
import KugelSession
import Testing

@Suite struct InterruptBurstTests {
  private let start = ContinuousClock.now

  @Test func `interrupts within a second of the one before are counted on`() {
    var burst = InterruptBurst()
    let times = [0, 900, 1800, 2801, 3000, 5000]
    let counts = times.map { burst.strike(at: start + .milliseconds($0)) }
    #expect(counts == [1, 2, 3, 1, 2, 1])
  }

  @Test func `a burst is over after a second`() {
    var burst = InterruptBurst()
    #expect(!burst.isUnderWay(at: start))
    _ = burst.strike(at: start)
    #expect(burst.isUnderWay(at: start + .milliseconds(999)))
    #expect(!burst.isUnderWay(at: start + .seconds(1)))
  }
}
