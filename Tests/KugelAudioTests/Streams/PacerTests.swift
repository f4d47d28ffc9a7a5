import Testing

@testable import KugelAudio

@Suite struct PacerTests {
  private let start = ContinuousClock.now

  /// Hands on a frame of 20 ms.
  private func handOn(_ pacer: inout Pacer, at now: ContinuousClock.Instant)
    -> ContinuousClock.Instant
  {
    let due = pacer.due(at: now)
    pacer.passed(480, rate: 24_000, due: due)
    return due
  }

  @Test func `deadlines follow the sound, however late the wake-ups are`() {
    var pacer = Pacer()
    for frame in 0..<500 {
      let late = Duration.milliseconds(frame % 7 * 5)
      let due = handOn(&pacer, at: start + .milliseconds(20 * frame) + late)
      #expect(due == start + .milliseconds(20 * frame))
    }
  }

  @Test func `after a pause time begins anew, without a burst`() {
    var pacer = Pacer()
    _ = handOn(&pacer, at: start)
    let later = start + .seconds(3)
    #expect(handOn(&pacer, at: later) == later)
    #expect(handOn(&pacer, at: later) == later + .milliseconds(20))
  }

  @Test func `what is dropped takes no time from what follows`() {
    var pacer = Pacer()
    _ = handOn(&pacer, at: start)
    for _ in 0..<500 { #expect(pacer.due(at: start) == start + .milliseconds(20)) }
    #expect(handOn(&pacer, at: start) == start + .milliseconds(20))
    #expect(handOn(&pacer, at: start) == start + .milliseconds(40))
  }
}
