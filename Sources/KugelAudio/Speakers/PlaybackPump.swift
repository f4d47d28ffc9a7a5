import Glibc

/// Moves sound from the ring into the device as the plan says. One thread; it never waits itself, save for
/// the last moment of a drain.
final class PlaybackPump {
  enum Next: Equatable {
    /// Call `step` again after this time, or at news.
    case wait(Duration)
    /// Call `step` again at news.
    case rest
    case ended
    /// The device is gone; ALSA's words.
    case failed(String)
  }

  /// What the feeding side says besides samples.
  struct Feed: Equatable {
    /// Frames on their way to the ring.
    var upstream = 0
    var turnIsComplete = false
    var isFinished = false
    var isCut = false
    /// Hushes that the feeding side has finished: samples from `freshFrom` on are new.
    var hushes = 0
    var freshFrom = 0
  }

  /// What follows a fade.
  enum Then { case hold, goOn, end }

  let playback: PlaybackControl
  let ring: SampleRing
  private let feed: () -> Feed
  private var substitute: (() -> Result<any PlaybackDevice, SinkError>)?
  let track: DeviceTrack
  var plan: PlaybackPlan
  var recovery = PlaybackRecovery()
  var remedy: PlaybackRecovery.Action?
  /// A fade is being heard; then comes what follows it.
  var falling: (until: ContinuousClock.Instant, then: Then)?
  var hushes = 0
  /// What arrives is old, until the feeding side has finished the hush.
  var isDiscarding = false
  /// Frames of the source that were dropped unheard.
  var dropped = 0
  /// Hushes that are over, and the frames heard before the last of them was.
  var finishedHushes = 0
  var start = 0
  private var hasSounded = false
  var outcome: Next?

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
    self.substitute = substitute
    track = DeviceTrack(device, ring: ring, decibels: playback.volume)
    plan = PlaybackPlan(
      rate: device.rate, bufferFrames: device.bufferFrames, startFrames: device.startFrames,
      settings: playback.settings)
  }

  private var device: any PlaybackDevice { track.device }

  func step(at now: ContinuousClock.Instant) -> Next {
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
  private func perform(at now: ContinuousClock.Instant) -> Next? {
    let end = ring.end
    let fed = feed()
    if fed.isCut, falling == nil {
      fall(then: .end, at: now)
      return nil
    }
    if fed.isCut { falling?.then = .end }
    if let falling {
      if now < falling.until { return .wait(falling.until - now) }
      land(falling.then)
      return nil
    }
    if let remedy { return recover(remedy) }
    if let wait = hush(fed, before: end, at: now) { return wait }
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
      room: min(room, device.bufferFrames), unheard: track.unheard, isPaused: playback.isPaused)
    return act(on: plan.next(seen), at: now)
  }

  private func act(on action: PlaybackPlan.Action, at now: ContinuousClock.Instant) -> Next? {
    switch action {
    case .play(let frames, let fadesIn): play(frames, fadesIn: fadesIn, at: now)
    case .silence(let frames): playSilence(frames)
    case .wait(let time): return .wait(time)
    case .rest: return .rest
    case .sleep: track.drop()
    case .wakeUp: remedy = recovery.receive(.write(-EBADFD))
    case .hold: fall(then: .hold, at: now)
    case .drain: return drain()
    }
    return nil
  }

  // MARK: Writing

  private func play(_ frames: Int, fadesIn: Bool, at now: ContinuousClock.Instant) {
    // Voices begin with a few milliseconds of nothing, which nobody has to wait for.
    if !hasSounded { track.skipSilence(atMost: plan.rate * Self.skippedMilliseconds / 1000) }
    let count = min(frames, track.ready)
    guard count > 0 else { return }
    let taken = track.play(count, fadesIn: fadesIn || !hasSounded, decibels: playback.volume)
    guard isTaken(taken) else { return }
    learnPace()
    guard !hasSounded else { return }
    hasSounded = true
    playback.update { $0.firstSoundAt = now }
  }

  /// Silence before the first sound of a run that is not played, at most, milliseconds at a time.
  static let skippedMilliseconds = 20

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
    _ = recovery.receive(.progress)
    return true
  }

  // MARK: Trouble

  private func deviceRefused(_ code: CInt) {
    switch -code {
    case EPIPE:
      plan.ranDry(ready: track.ready)
      track.ranDry()
    case ESTRPIPE: track.stopped()
    default: break
    }
    remedy = recovery.receive(.write(code))
  }

  private func recover(_ action: PlaybackRecovery.Action) -> Next? {
    switch action {
    case .write:
      remedy = nil
      return nil
    case .prepare:
      track.takeBack()
      remedy = recovery.receive(.prepared(device.prepare()))
      return nil
    case .resume:
      remedy = recovery.receive(.resumed(device.resume()))
      return nil
    case .wait(let milliseconds, let next):
      remedy = next
      return .wait(.milliseconds(Int(milliseconds)))
    case .giveUp(let code):
      replaceDevice(code)
      return nil
    }
  }

  private func replaceDevice(_ code: CInt) {
    let cause = device.explain(code)
    guard let substitute else { return fail(cause) }
    self.substitute = nil
    guard case .success(let other) = substitute(), other.rate == device.rate else {
      return fail(cause)
    }
    track.move(to: other)
    recovery = PlaybackRecovery()
    remedy = nil
    plan.moved(bufferFrames: other.bufferFrames, startFrames: other.startFrames)
    playback.update { $0.substitute = PlaybackPump.substituteName }
  }

  static let substituteName = ALSADevices.defaultName

  private func fail(_ cause: String) { outcome = .failed(cause) }

  // MARK: The end

  private func drain() -> Next? {
    guard hasSounded else {
      device.drop()
      outcome = .ended
      return nil
    }
    // The rest of it cannot be interrupted.
    if track.unheard > 2 * plan.startFrames {
      let left = Double(track.unheard - 2 * plan.startFrames) / Double(plan.rate)
      return .wait(min(.seconds(left), .milliseconds(50)))
    }
    let code = device.drain()
    track.ranDry()
    if code < 0 { fail(device.explain(code)) } else { outcome = .ended }
    return nil
  }

  // MARK: The clock

  private func publish(at now: ContinuousClock.Instant) {
    // What is not heard yet may have to be written again.
    let heard = track.heard
    ring.release(before: heard)
    let (silence, sound) = track.ahead
    playback.clock.publish(
      .init(
        heard: heard - dropped, hushes: finishedHushes, start: start, silence: silence,
        sound: sound, rate: plan.rate,
        time: playback.clock.nanoseconds(at: now)))
    let phase: PlaybackControl.Status.Phase =
      switch plan.phase {
      case .gathering, .asleep: .waiting
      case .speaking: .speaking
      case .paused: .paused
      }
    let buffered = Double(track.ready + feed().upstream + sound) / Double(plan.rate)
    playback.update { status in
      (status.phase, status.bufferedSeconds) = (phase, buffered)
      (status.cushion, status.gaps) = (plan.cushion, plan.gaps)
    }
  }
}
