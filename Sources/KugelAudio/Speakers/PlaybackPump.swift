import Glibc

/// Moves sound from the ring into the device as the plan says. One thread; it never waits itself, save for
/// the last moment of a drain.
final class PlaybackPump {
  /// What follows a fade.
  private enum Then { case hold, goOn, end }

  private let playback: PlaybackControl
  private let ring: SampleRing
  private let feed: () -> Feed
  /// As it was when last asked.
  private var fed = Feed()
  private let track: DeviceTrack
  private var plan: PlaybackPlan
  private var repair: DeviceRepair
  private var hush = HushCourse()
  /// A fade is being heard; then comes what follows it. Times are the playback clock's.
  private var falling: (until: Duration, then: Then)?
  private var hasSounded = false
  private var outcome: Next?

  /// - Parameters:
  ///   - substitute: opens the device that takes over when the first is lost; nil when there is none.
  init(
    device: any PlaybackDevice, ring: SampleRing, playback: PlaybackControl,
    feed: @escaping () -> Feed,
    substitute: (() -> Result<any PlaybackDevice, SinkError>)? = nil
  ) {
    self.ring = ring
    self.playback = playback
    self.feed = feed
    repair = DeviceRepair(substitute: substitute)
    track = DeviceTrack(device, ring: ring, decibels: playback.volume)
    plan = PlaybackPlan(
      rate: device.rate, bufferFrames: device.bufferFrames, startFrames: device.startFrames,
      settings: playback.settings)
  }

  private var device: any PlaybackDevice { track.device }

  func step(at instant: ContinuousClock.Instant) -> Next {
    let now = playback.clock.time(of: instant)
    while outcome == nil {
      if let wait = perform(at: now) {
        publish(at: now)
        return wait
      }
    }
    publish(at: now)
    playback.update { $0.phase = .ended }
    return outcome ?? .ended
  }

  /// - Returns: nil when there is more to do at once.
  private func perform(at now: Duration) -> Next? {
    let end = ring.end
    fed = feed()
    if fed.isCut, falling == nil {
      fall(then: .end, at: now)
      return nil
    }
    if fed.isCut { falling?.then = .end }
    if let falling {
      if now < falling.until { return .waitOut(falling.until - now) }
      land(falling.then)
      return nil
    }
    if repair.isDue { return mend() }
    if let wait = hush(before: end, at: now) { return wait }
    let stands = plan.phase == .asleep || plan.phase == .paused
    let room = stands ? device.bufferFrames : track.look()
    guard room >= 0 else {
      deviceRefused(CInt(room))
      return nil
    }
    let ready = track.ready
    let seen = PlaybackPlan.Observation(
      now: now, ready: ready, backlog: ready + fed.upstream, turnIsComplete: fed.turnIsComplete,
      isFinished: fed.isFinished, textIsComplete: playback.textIsComplete,
      room: min(room, device.bufferFrames), unheard: track.unheard,
      silence: track.silenceAtEnd, isPaused: playback.isPaused)
    let action = plan.next(seen)
    guard case .play(let frames, let fadesIn) = action else { return act(on: action, at: now) }
    let taken = play(frames, fadesIn: fadesIn)
    return plan.afterPlaying(taken, of: seen).flatMap { act(on: $0, at: now) }
  }

  private func act(on action: PlaybackPlan.Action, at now: Duration) -> Next? {
    switch action {
    case .play(let frames, let fadesIn): _ = play(frames, fadesIn: fadesIn)
    case .silence(let frames): playSilence(frames)
    case .giveWay(let frames): if !track.takeBackSilence(frames) { plan.silenceStays() }
    case .wait(let time): return .wait(time)
    case .waitOut(let time): return .waitOut(time)
    case .rest: return .rest
    case .sleep: track.drop()
    case .wakeUp: repair.wakeUp()
    case .hold: fall(then: .hold, at: now)
    case .drain: return drain()
    case .end: land(.end)
    }
    return nil
  }

  // MARK: Writing

  /// - Returns: frames taken.
  private func play(_ frames: Int, fadesIn: Bool) -> Int {
    // Voices begin with a few milliseconds of nothing, which nobody has to wait for.
    if !hasSounded { track.skipSilence(atMost: plan.rate * Self.skippedMilliseconds / 1000) }
    let count = min(frames, track.ready)
    guard count > 0 else { return 0 }
    let taken = track.play(count, fadesIn: fadesIn || !hasSounded, decibels: playback.volume)
    guard isTaken(taken) else { return 0 }
    learnPace()
    hasSounded = true
    return taken
  }

  /// Silence before the first sound of a run that is not played, at most, milliseconds at a time.
  private static let skippedMilliseconds = 20

  private func playSilence(_ frames: Int) {
    if isTaken(track.playSilence(frames)) { learnPace() }
  }

  private func learnPace() {
    guard !plan.knowsPace, track.written >= device.startFrames else { return }
    let room = device.room()
    if room >= 0 { plan.learnPace(room: room) }
  }

  private func isTaken(_ answer: Int) -> Bool {
    guard answer >= 0 else {
      deviceRefused(CInt(answer))
      return false
    }
    repair.tookSamples()
    return true
  }

  // MARK: Falling silent before the sound is over

  /// Ends the sound with a fade where the device takes back what it holds, at once where it does not.
  private func fall(then: Then, at now: Duration) {
    guard track.fadeOut() else { return land(then) }
    falling = (now + .milliseconds(20), then)
  }

  private func land(_ then: Then) {
    falling = nil
    track.drop()
    switch then {
    case .end: outcome = .ended
    case .hold: break
    case .goOn:
      plan.restart()
      repair.wakeUp()
    }
  }

  /// - Parameter end: of the ring, read before the hushes: what lies before it cannot be new.
  /// - Returns: nil when there is more to do at once.
  private func hush(before end: Int, at now: Duration) -> Next? {
    switch hush.next(playback.hushes.state, heard: track.heard) {
    case nil: return nil
    case .fall:
      fall(then: .goOn, at: now)
      return .wait(.zero)
    case .discard:
      track.pass(to: end)
      ring.release(before: end)
      return .rest
    case .goOn(let position):
      track.leave(at: position)
      return nil
    }
  }

  // MARK: Trouble, and the end

  private func deviceRefused(_ code: CInt) {
    switch -code {
    case EPIPE:
      plan.ranDry(ready: track.ready)
      track.ranDry()
    case ESTRPIPE: track.stopped()
    default: break
    }
    repair.refused(code)
  }

  private func mend() -> Next? {
    switch repair.step(on: track) {
    case .goOn: return nil
    case .waitOut(let time): return .waitOut(time)
    case .moved:
      plan.moved(bufferFrames: device.bufferFrames, startFrames: device.startFrames)
      playback.update { $0.substitute = ALSADevices.defaultName }
      return nil
    case .failed(let cause):
      outcome = .failed(cause)
      return nil
    }
  }

  private func drain() -> Next? {
    guard hasSounded else {
      device.drop()
      outcome = .ended
      return nil
    }
    // The rest of it cannot be interrupted.
    if track.unheard > 2 * plan.startFrames {
      let left = Double(track.unheard - 2 * plan.startFrames) / Double(plan.rate)
      return .waitOut(min(.seconds(left), .milliseconds(50)))
    }
    let code = device.drain()
    track.ranDry()
    outcome = code < 0 ? .failed(device.explain(code)) : .ended
    return nil
  }

  // MARK: The clock

  private func publish(at now: Duration) {
    // What is not heard yet may have to be written again.
    let heard = track.heard
    ring.release(before: heard)
    let (silence, sound) = track.ahead
    playback.clock.publish(
      .init(
        heard: heard - hush.dropped, hushes: hush.over, start: hush.start, silence: silence,
        sound: sound, rate: plan.rate,
        time: PlaybackClock.nanoseconds(now)))
    let phase: PlaybackControl.Status.Phase =
      switch plan.phase {
      case .gathering, .asleep: .waiting
      case .speaking: .speaking
      case .paused: .paused
      }
    let buffered = Double(track.ready + fed.upstream + sound) / Double(plan.rate)
    playback.update { status in
      (status.phase, status.bufferedSeconds) = (phase, buffered)
      (status.cushion, status.gaps) = (plan.cushion, plan.gaps)
    }
  }
}
