import Glibc

/// Moves sound from the ring into the device as the plan says. One thread; it never waits itself, save for
/// the last moment of a drain.
final class PlaybackPump {
  enum Next: Equatable {
    /// Call `step` again after this time, or at news.
    case wait(Duration)
    /// The same, but sound that comes meanwhile is no news.
    case waitOut(Duration)
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
  /// As it was when last asked.
  private var fed = Feed()
  var substitute: (() -> Result<any PlaybackDevice, SinkError>)?
  let track: DeviceTrack
  var plan: PlaybackPlan
  var recovery = PlaybackRecovery()
  var remedy: PlaybackRecovery.Action?
  /// A fade is being heard; then comes what follows it. Times are the playback clock's.
  var falling: (until: Duration, then: Then)?
  var hushes = 0
  /// What arrives is old, until the feeding side has finished the hush.
  var isDiscarding = false
  /// Frames of the source that were dropped unheard.
  var dropped = 0
  /// Hushes that are over, and the frames heard before the last of them was.
  var finishedHushes = 0
  var start = 0
  private(set) var hasSounded = false
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

  var device: any PlaybackDevice { track.device }

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
    let action = plan.next(seen)
    guard case .play(let frames, let fadesIn) = action else { return act(on: action, at: now) }
    let taken = play(frames, fadesIn: fadesIn)
    return plan.afterPlaying(taken, of: seen).flatMap { act(on: $0, at: now) }
  }

  private func act(on action: PlaybackPlan.Action, at now: Duration) -> Next? {
    switch action {
    case .play(let frames, let fadesIn): _ = play(frames, fadesIn: fadesIn)
    case .silence(let frames): playSilence(frames)
    case .wait(let time): return .wait(time)
    case .waitOut(let time): return .waitOut(time)
    case .rest: return .rest
    case .sleep: track.drop()
    case .wakeUp: remedy = recovery.receive(.write(-EBADFD))
    case .hold: fall(then: .hold, at: now)
    case .drain: return drain()
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

  // MARK: The clock

  private func publish(at now: Duration) {
    // What is not heard yet may have to be written again.
    let heard = track.heard
    ring.release(before: heard)
    let (silence, sound) = track.ahead
    playback.clock.publish(
      .init(
        heard: heard - dropped, hushes: finishedHushes, start: start, silence: silence,
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
