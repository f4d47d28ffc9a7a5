import Testing

@testable import KugelAudio

@Suite struct PlaybackPlanTests {
  /// A plan that speaks already.
  private func speaking() -> PlaybackPlan {
    var plan = PlaybackPlan(
      rate: 24_000, bufferFrames: 4800, startFrames: 480, settings: PlaybackSettings())
    #expect(plan.next(seen(ready: 480, room: 4800)) == .play(frames: 480, fadesIn: true))
    return plan
  }

  private func seen(ready: Int, room: Int) -> PlaybackPlan.Observation {
    .init(now: .zero, ready: ready, backlog: ready, room: room, unheard: 4800 - room)
  }

  @Test(arguments: [
    // Nothing is left to write: sound that comes is news, until the last period.
    (0, 2400, PlaybackPlan.Action.wait(.milliseconds(80))),
    // What there is finds room: it is better kept in the device.
    (1000, 2400, .play(frames: 1000, fadesIn: false)),
    // There is more than room, and the device holds enough: what comes is no news.
    (9000, 0, .waitOut(.milliseconds(120))),
    (9000, 2400, .waitOut(.milliseconds(20))),
    // Two fifths are left: large steps.
    (9000, 2880, .play(frames: 2880, fadesIn: false)),
  ])
  func `a device is fed in large steps, and more sound is news only while it has little`(
    ready: Int, room: Int, action: PlaybackPlan.Action
  ) {
    var plan = speaking()
    #expect(plan.next(seen(ready: ready, room: room)) == action)
  }
}
