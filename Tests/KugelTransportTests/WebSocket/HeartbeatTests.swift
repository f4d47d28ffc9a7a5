import Testing

@testable import KugelTransport

@Test func `a heartbeat pings after silence, forgives what is heard, and gives up once`() {
  let start = ContinuousClock.now
  var heart = Heartbeat(every: .seconds(15), patience: .seconds(10), at: start)
  #expect(heart.tick(isListening: true, at: start + .seconds(5)) == (.wait, start + .seconds(15)))
  heart.heard(at: start + .seconds(6))
  #expect(heart.tick(isListening: true, at: start + .seconds(15)) == (.wait, start + .seconds(21)))
  #expect(heart.tick(isListening: true, at: start + .seconds(21)) == (.ping, start + .seconds(31)))
  heart.heard(at: start + .seconds(30))
  #expect(heart.tick(isListening: true, at: start + .seconds(31)) == (.wait, start + .seconds(45)))
  #expect(heart.tick(isListening: true, at: start + .seconds(45)) == (.ping, start + .seconds(55)))
  #expect(heart.tick(isListening: true, at: start + .seconds(55)).0 == .giveUp)
}

@Test func `a heartbeat blames nobody while it does not listen`() {
  let start = ContinuousClock.now
  var heart = Heartbeat(every: .seconds(15), patience: .seconds(10), at: start)
  #expect(heart.tick(isListening: true, at: start + .seconds(15)).0 == .ping)
  #expect(heart.tick(isListening: false, at: start + .seconds(60)).0 == .wait)
  #expect(heart.tick(isListening: true, at: start + .seconds(61)).0 == .wait)
}
