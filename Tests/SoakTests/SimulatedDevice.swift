@testable import KugelAudio

/// A sound card on a clock that is an argument: it plays a frame a millisecond, and the plan decides what it
/// is given.
struct SimulatedDevice {
  static let rate = 1000
  static let bufferFrames = 200

  private(set) var plan: PlaybackPlan
  /// Frames that have arrived and are not written.
  private(set) var backlog = 0
  private(set) var turnIsComplete = true
  /// Sound that was written, all in all.
  private(set) var played = 0
  private(set) var dropped = 0
  /// Written and not heard, silence too.
  private var held = 0
  /// Silence written since the last sound.
  private var silence = 0
  private var heldAt: Duration = .zero
  private var isAsleep = false
  private var isFinished = false
  private(set) var isDrained = false
  /// When to look again; nil is at news only.
  private(set) var due: Duration? = .zero
  private var takesNews = true

  init() {
    var settings = PlaybackSettings()
    settings.cushion = PlaybackSettings.remoteCushion
    plan = PlaybackPlan(
      rate: Self.rate, bufferFrames: Self.bufferFrames, startFrames: 20, settings: settings)
  }

  mutating func arrive(_ frames: Int, at now: Duration) {
    backlog += frames
    turnIsComplete = false
    news(at: now)
  }

  mutating func endTurn(at now: Duration) {
    turnIsComplete = true
    news(at: now)
  }

  /// Barge-in: what was not written is not heard.
  mutating func hush(at now: Duration) {
    dropped += backlog
    (backlog, held, silence, turnIsComplete) = (0, 0, 0, true)
    plan.restart()
    look(at: now)
  }

  mutating func finish(at now: Duration) {
    isFinished = true
    look(at: now)
  }

  private mutating func news(at now: Duration) { if takesNews { look(at: now) } }

  /// Does what the plan wants until it wants to wait.
  ///
  /// A plan that never waits would be busy for ever; the limit is far above what it needs.
  mutating func look(at now: Duration) {
    for _ in 0..<64 {
      settle(at: now)
      switch plan.next(observation(at: now)) {
      case .play(let frames, _):
        precondition(frames > 0 && frames <= backlog && frames <= Self.bufferFrames - held)
        backlog -= frames
        held += frames
        silence = 0
        played += frames
        plan.learnPace(room: Self.bufferFrames - held)
      case .silence(let frames):
        precondition(frames > 0 && frames <= Self.bufferFrames - held)
        held += frames
        silence += frames
        plan.learnPace(room: Self.bufferFrames - held)
      case .giveWay(let frames):
        precondition(frames > 0 && frames <= min(held, silence))
        (held, silence) = (held - frames, silence - frames)
      case .wait(let time): return wait(time, at: now, takingNews: true)
      case .waitOut(let time): return wait(time, at: now, takingNews: false)
      case .rest, .hold: return rest()
      case .sleep:
        (isAsleep, held, silence) = (true, 0, 0)
        return rest()
      case .wakeUp:
        precondition(isAsleep)
        isAsleep = false
      case .drain, .end:
        isDrained = true
        return rest()
      }
    }
    preconditionFailure("the plan \(plan) does not wait")
  }

  private func observation(at now: Duration) -> PlaybackPlan.Observation {
    let ahead = min(held, silence)
    return PlaybackPlan.Observation(
      now: now, ready: backlog, backlog: backlog, turnIsComplete: turnIsComplete,
      isFinished: isFinished, room: Self.bufferFrames - held, unheard: held,
      silence: .init(heard: silence - ahead, ahead: ahead))
  }

  /// What was played meanwhile.
  private mutating func settle(at now: Duration) {
    let frames = Int((now - heldAt) / .milliseconds(1))
    held = max(0, held - frames)
    heldAt += .milliseconds(frames)
    if held == 0 { heldAt = now }
  }

  private mutating func wait(_ time: Duration, at now: Duration, takingNews: Bool) {
    due = now + max(time, .milliseconds(1))
    takesNews = takingNews
  }

  private mutating func rest() {
    due = nil
    takesNews = true
  }
}
