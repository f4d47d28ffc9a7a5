import Testing

@testable import KugelTransport

private let start = ContinuousClock.now

/// What a heartbeat says at a second, and when it wants to be asked next.
private func tick(_ heart: inout Heartbeat, at second: Int) -> (Heartbeat.Action, next: Int) {
  let action = heart.tick(isListening: true, at: start + .seconds(second))
  return (action, Int(start.duration(to: heart.due).components.seconds))
}

@Test func `a heartbeat pings after silence, forgives what is heard, and gives up once`() {
  var heart = Heartbeat(every: .seconds(15), patience: .seconds(10), at: start)
  #expect(tick(&heart, at: 5) == (.wait, 15))
  heart.heard(at: start + .seconds(6))
  #expect(tick(&heart, at: 15) == (.wait, 21))
  #expect(tick(&heart, at: 21) == (.ping, 31))
  heart.heard(at: start + .seconds(30))
  #expect(tick(&heart, at: 31) == (.wait, 45))
  #expect(tick(&heart, at: 45) == (.ping, 55))
  #expect(tick(&heart, at: 55).0 == .giveUp)
}

@Test func `a heartbeat blames nobody while it does not listen`() {
  var heart = Heartbeat(every: .seconds(15), patience: .seconds(10), at: start)
  #expect(tick(&heart, at: 15).0 == .ping)
  #expect(heart.tick(isListening: false, at: start + .seconds(60)) == .wait)
  #expect(tick(&heart, at: 61).0 == .wait)
}
