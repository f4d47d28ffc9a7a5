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

  @Test(arguments: [
    // Milliseconds of silence heard and ahead, frames of sound that have come.
    (500, 300, 0, PlaybackPlan.Action.wait(.milliseconds(140))),
    (500, 160, 0, .silence(frames: 5760)),
    (500, 300, 960, .giveWay(frames: 7200)),
    // Little silence is not worth the trouble, nor what comes upon a sound that may be heard still.
    (500, 40, 960, .play(frames: 960, fadesIn: true)),
    (50, 300, 960, .play(frames: 960, fadesIn: true)),
    (50, 35, 0, .wait(.milliseconds(5))),
    (50, 30, 0, .silence(frames: 240)),
  ])
  func `silence is given in large steps once the last sound is over, and gives way to the next`(
    heard: Int, ahead: Int, ready: Int, action: PlaybackPlan.Action
  ) {
    var plan = PlaybackPlan(
      rate: 24_000, bufferFrames: 9600, startFrames: 480, settings: PlaybackSettings())
    // The device has been kept warm for a while.
    for (now, answer) in [
      (Duration.seconds(1), PlaybackPlan.Action.wait(.milliseconds(100))),
      (.seconds(2), .silence(frames: 9600)),
    ] {
      let empty = PlaybackPlan.Observation(
        now: now, ready: 0, backlog: 0, room: 9600, unheard: 0, silence: .init(heard: 12_000))
      #expect(plan.next(empty) == answer)
    }
    let seen = PlaybackPlan.Observation(
      now: .seconds(3), ready: ready, backlog: ready, turnIsComplete: true, room: 9600 - ahead * 24,
      unheard: ahead * 24, silence: .init(heard: heard * 24, ahead: ahead * 24))
    #expect(plan.next(seen) == action)
  }
}
