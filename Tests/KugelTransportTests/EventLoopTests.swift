import Testing

@testable import KugelTransport

@Suite(.timeLimit(.minutes(1)))
struct EventLoopTests {
  @Test func `posted work runs in order on one thread that is not ours`() async {
    let loop = EventLoop()
    let events = Events<Int>()
    #expect(!loop.isCurrent)
    for number in 0..<100 {
      loop.post {
        #expect(loop.isCurrent)
        events.handler(number)
      }
    }
    for number in 0..<100 { #expect(await events.next() == number) }
    loop.stop()
  }

  @Test func `timers run in the order of their instants, cancelled ones not at all`() async {
    let loop = EventLoop()
    let events = Events<Int>()
    // On the loop's own thread none of them is due before all are known.
    loop.post {
      let now = ContinuousClock.now
      loop.schedule(at: now + .milliseconds(30)) { events.handler(3) }
      loop.schedule(at: now + .milliseconds(10)) { events.handler(1) }
      let never = loop.schedule(at: now + .milliseconds(20)) { events.handler(2) }
      never.cancel()
      loop.schedule(at: now - .seconds(1)) { events.handler(0) }
    }
    #expect(await events.next() == 0)
    #expect(await events.next() == 1)
    #expect(await events.next() == 3)
    loop.stop()
  }

  @Test
  func
    `what a thing of the loop is asked for on its thread does not overtake what was asked before`()
    async
  {
    let loop = EventLoop()
    let events = Events<Int>()
    let thing = Future<Holder<Int>>(inbox: loop.inbox)
    loop.post {
      thing.fulfil(Holder())
      thing.use { _ in events.handler(0) }
      loop.post { events.handler(1) }
      thing.use { _ in events.handler(2) }
      loop.post { thing.use { _ in events.handler(3) } }
    }
    for number in 0..<4 { #expect(await events.next() == number) }
    loop.stop()
  }

  @Test func `work posted from work runs, and after stop nothing does`() async {
    let loop = EventLoop()
    let events = Events<Int>()
    loop.post { loop.post { events.handler(1) } }
    #expect(await events.next() == 1)
    loop.schedule(at: .now + .seconds(3600)) { events.handler(2) }
    loop.stop()
    loop.post { events.handler(3) }
    loop.stop()
    EventLoop().stop()
  }
}
