import KugelTransport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LoopAlarmTests {
  @Test func `it goes off once for each time it is set, and not before`() async {
    let loop = EventLoop()
    defer { loop.stop() }
    let went = Events<ContinuousClock.Instant>()
    let alarm = LoopAlarm(on: loop) { went.handler(.now) }
    for wait in [Duration.milliseconds(30), .microseconds(300), .zero, .milliseconds(-5)] {
      let due = ContinuousClock.now + wait
      alarm.set(at: due)
      let moment = await went.next()
      #expect(moment.map { $0 >= due } == true)
    }
  }

  @Test func `a later setting takes the place of the one before`() async {
    let loop = EventLoop()
    defer { loop.stop() }
    let went = Events<ContinuousClock.Instant>()
    let alarm = LoopAlarm(on: loop) { went.handler(.now) }
    let due = ContinuousClock.now + .milliseconds(40)
    alarm.set(at: .now + .seconds(3600))
    alarm.set(at: due)
    let moment = await went.next()
    #expect(moment.map { $0 >= due } == true)
  }

  @Test func `one that is let go of stays silent, and the loop ends`() async {
    let loop = EventLoop()
    let went = Events<Int>()
    do {
      let alarm = LoopAlarm(on: loop) { went.handler(1) }
      alarm.set(at: .now + .milliseconds(20))
    }
    loop.schedule(at: .now + .milliseconds(60)) { went.handler(2) }
    #expect(await went.next() == 2)
    loop.stop()
  }
}
