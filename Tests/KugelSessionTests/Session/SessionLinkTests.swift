import Testing

@testable import KugelSession
@testable import KugelWire

@Suite struct SessionLinkTests {
  private let start = ContinuousClock.now
  private let loss = ServiceFailure.broken("it broke")

  private func link(retries: Int = 2, patience: Duration? = .seconds(5)) -> SessionLink<SessionTalk>
  {
    var policy = SessionPolicy()
    (policy.retries, policy.connectTimeout) = (retries, patience)
    return SessionLink(policy: policy, chance: 0)
  }

  private func due(
    _ link: inout SessionLink<SessionTalk>, _ time: ContinuousClock.Instant
  ) -> SessionLinkDue? { link.due(at: time) }

  @Test func `it is dialled once, and waits for as long as it is told`() {
    var link = link()
    #expect(link.isDown && link.deadline == nil)
    #expect(due(&link, start) == nil)
    let (first, second) = (link.dial(at: start), link.dial(at: start))
    #expect(first && !second)
    #expect(link.deadline == start + .seconds(5))
    #expect(due(&link, start + .seconds(4)) == nil)
    #expect(!link.isDown)
    #expect(due(&link, start + .seconds(5)) == .timedOut(after: .seconds(5)))
    #expect(link.isDown)
  }

  @Test func `without a limit it waits for ever`() {
    var link = link(patience: nil)
    _ = link.dial(at: start)
    #expect(link.deadline == nil)
    #expect(due(&link, start + .seconds(10_000)) == nil)
  }

  @Test func `pauses grow until tries are used up, and begin anew once something came of one`() {
    var link = link()
    var pauses: [Duration] = []
    while let next = link.retry(after: loss, at: start) {
      pauses.append(next.pause)
      #expect(due(&link, start + next.pause) == .connect)
    }
    #expect(pauses == [.milliseconds(100), .milliseconds(500)])
    #expect(!link.canRetry(after: loss))
    link.proved()
    let anew = link.retry(after: loss, at: start)
    #expect(anew?.attempt == 1)
  }

  @Test func `who waits may give it up; who is connected does not lose that`() {
    var link = link()
    _ = link.retry(after: loss, at: start)
    link.giveUpWaiting()
    #expect(link.isDown)
    link.opened(SessionTalk())
    link.giveUpWaiting()
    #expect(link.isUp && link.deadline == nil)
    link.drop()
    #expect(link.isDown)
  }
}
