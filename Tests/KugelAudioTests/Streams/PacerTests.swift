import Testing

@testable import KugelAudio

@Suite struct PacerTests {
  @Test func `deadlines follow the sound, however late the wake-ups are`() {
    var pacer = Pacer()
    let start = ContinuousClock.now
    for frame in 0..<500 {
      let late = Duration.milliseconds(frame % 7 * 5)
      let due = pacer.due(480, rate: 24_000, at: start + .milliseconds(20 * frame) + late)
      #expect(due == start + .milliseconds(20 * frame))
    }
  }

  @Test func `after a pause time begins anew, without a burst`() {
    var pacer = Pacer()
    let start = ContinuousClock.now
    _ = pacer.due(480, rate: 24_000, at: start)
    let later = start + .seconds(3)
    #expect(pacer.due(480, rate: 24_000, at: later) == later)
    #expect(pacer.due(480, rate: 24_000, at: later) == later + .milliseconds(20))
  }
}
