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

  private enum Then { case hold, goOn, end }

  private let playback: PlaybackControl
  private let ring: SampleRing
  private let feed: () -> Feed
  private var substitute: (() -> Result<any PlaybackDevice, SinkError>)?
  private var device: any PlaybackDevice
  private var plan: PlaybackPlan
  private var recovery = PlaybackRecovery()
  private var remedy: PlaybackRecovery.Action?
  private var log = WrittenLog()
  private var loudness: Loudness
  /// Ring position of the next frame to write.
  private var position = 0
  private var block: [Int16]
  private var blockFrames: Int { block.count / ring.channels }
  private var unheard = 0
  /// A fade is being heard; then comes what follows it.
  private var falling: (until: ContinuousClock.Instant, then: Then)?
  private var hushes = 0
  /// What arrives is old, until the feeding side has finished the hush.
  private var isDiscarding = false
  /// Frames of the source that were dropped unheard.
  private var dropped = 0
  private var hasSounded = false
  private var outcome: Next?

  /// - Parameters:
  ///   - substitute: opens the device that takes over when the first is lost; nil when there is none.
  init(
    device: any PlaybackDevice, ring: SampleRing, playback: PlaybackControl,
    feed: @escaping () -> Feed,
    substitute: (() -> Result<any PlaybackDevice, SinkError>)? = nil
  ) {
    (self.device, self.ring, self.playback, self.feed) = (device, ring, playback, feed)
    self.substitute = substitute
    plan = PlaybackPlan(
      rate: device.rate, bufferFrames: device.bufferFrames, startFrames: device.startFrames,
      settings: playback.settings)
    loudness = Loudness(
      rate: device.rate, decibels: playback.volume, channels: ring.channels)
    block = [Int16](repeating: 0, count: device.bufferFrames * ring.channels)
  }

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
    let room = stands ? device.bufferFrames : device.room()
    if room < 0 {
      deviceRefused(CInt(room))
      return nil
    }
    if !stands { look(room) }
    let ready = ring.end - position
    let seen = PlaybackPlan.Observation(
      now: now, ready: ready, backlog: ready + fed.upstream, turnIsComplete: fed.turnIsComplete,
      isFinished: fed.isFinished, textIsComplete: playback.textIsComplete,
      room: min(room, device.bufferFrames), unheard: unheard, isPaused: playback.isPaused)
    return act(on: plan.next(seen), at: now)
  }

  private func act(on action: PlaybackPlan.Action, at now: ContinuousClock.Instant) -> Next? {
    switch action {
    case .play(let frames, let fadesIn): play(frames, fadesIn: fadesIn, at: now)
    case .silence(let frames): writeSilence(frames)
    case .wait(let time): return .wait(time)
    case .rest: return .rest
    case .sleep: device.drop()
    case .wakeUp: remedy = recovery.receive(.write(-EBADFD))
    case .hold: fall(then: .hold, at: now)
    case .drain: return drain()
    }
    return nil
  }

  // MARK: Writing

  private func play(_ frames: Int, fadesIn: Bool, at now: ContinuousClock.Instant) {
    let count = min(frames, blockFrames)
    ring.copy(from: position, count: count, into: &block)
    // What is not taken is prepared again from the ring.
    var loudness = self.loudness
    if fadesIn { loudness.beginFade() }
    loudness.setVolume(playback.volume)
    loudness.apply(to: &block, count: count)
    guard let taken = write(count, source: position) else { return }
    if taken == count {
      self.loudness = loudness
    } else {
      if fadesIn { self.loudness.beginFade() }
      self.loudness.setVolume(playback.volume)
      ring.copy(from: position, count: taken, into: &block)
      self.loudness.apply(to: &block, count: taken)
    }
    position += taken
    guard !hasSounded else { return }
    hasSounded = true
    playback.update { $0.firstSoundAt = now }
  }

  private func writeSilence(_ frames: Int) {
    let count = min(frames, blockFrames)
    for index in 0..<(count * ring.channels) { block[index] = 0 }
    guard write(count, source: nil) != nil else { return }
    let room = device.room()
    if room >= 0 && log.written >= device.startFrames { plan.learnPace(room: room) }
  }

  /// - Returns: frames taken; nil when the device refused.
  private func write(_ count: Int, source: Int?) -> Int? {
    let taken = device.write(block[0..<(count * ring.channels)])
    guard taken >= 0 else {
      deviceRefused(CInt(taken))
      return nil
    }
    _ = recovery.receive(.progress)
    log.append(taken, source: source)
    return taken
  }

  // MARK: Trouble

  private func deviceRefused(_ code: CInt) {
    if code == -EPIPE { plan.ranDry(ready: ring.end - position) }
    remedy = recovery.receive(.write(code))
    // A device that was stopped forgets what it held; one that ran dry has played it all.
    if code == -EPIPE { unheard = 0 }
  }

  private func recover(_ action: PlaybackRecovery.Action) -> Next? {
    switch action {
    case .write:
      remedy = nil
      return nil
    case .prepare:
      takeBack()
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

  /// What the device held and will not play is written again.
  private func takeBack() {
    position = min(position, log.heard(pending: unheard))
    log.takeBack(unheard)
    log.skip(to: position)
    unheard = 0
  }

  private func replaceDevice(_ code: CInt) {
    let cause = device.explain(code)
    guard let substitute else { return fail(cause) }
    self.substitute = nil
    guard case .success(let other) = substitute(), other.rate == device.rate else {
      return fail(cause)
    }
    takeBack()
    device = other
    recovery = PlaybackRecovery()
    remedy = nil
    let missing = (other.bufferFrames - blockFrames) * ring.channels
    if missing > 0 { block += [Int16](repeating: 0, count: missing) }
    plan.moved(bufferFrames: other.bufferFrames, startFrames: other.startFrames)
    playback.update { $0.substitute = PlaybackPump.substituteName }
  }

  static let substituteName = ALSADevices.defaultName

  private func fail(_ cause: String) { outcome = .failed(cause) }

  // MARK: Falling silent

  /// Ends the sound with a fade where the device takes back what it holds, at once where it does not.
  private func fall(then: Then, at now: ContinuousClock.Instant) {
    let room = device.room()
    if room >= 0 { look(room) }
    let fade = plan.rate * Loudness.fadeMilliseconds / 1000
    // Nearer to the sound a card may have read it already.
    let margin = plan.rate / 100
    let excess = unheard - margin
    let taken = excess > fade ? device.rewind(excess) : 0
    guard taken > fade else { return land(then, heard: log.heard(pending: unheard)) }
    log.takeBack(taken)
    let source = log.heard(pending: 0)
    if log.ahead(pending: unheard - taken).sound > 0, ring.end - source >= fade {
      ring.copy(from: source, count: fade, into: &block)
      loudness.fadeOut(&block, count: fade)
      log.append(max(0, device.write(block[0..<(fade * ring.channels)])), source: source)
    }
    position = log.heard(pending: 0)
    falling = (now + .milliseconds(20), then)
  }

  private func land(_ then: Then) { land(then, heard: position) }

  private func land(_ then: Then, heard: Int) {
    falling = nil
    device.drop()
    position = heard
    log.skip(to: heard)
    unheard = 0
    switch then {
    case .end: outcome = .ended
    case .hold: break
    case .goOn:
      plan.restart()
      remedy = recovery.receive(.write(-EBADFD))
    }
  }

  /// - Parameter end: of the ring, read before `fed`: what lies before it cannot be new.
  /// - Returns: nil when nothing is hushed.
  private func hush(_ fed: Feed, before end: Int, at now: ContinuousClock.Instant) -> Next? {
    let asked = playback.hushes.load(ordering: .acquiring)
    if asked != hushes {
      (hushes, isDiscarding) = (asked, true)
      fall(then: .goOn, at: now)
      return .wait(.zero)
    }
    guard isDiscarding else { return nil }
    guard fed.hushes >= hushes else {
      position = end
      ring.release(before: end)
      return .rest
    }
    isDiscarding = false
    dropped += fed.freshFrom - log.heard(pending: 0)
    position = fed.freshFrom
    log.skip(to: position)
    return nil
  }

  // MARK: The end

  private func drain() -> Next? {
    guard hasSounded else {
      device.drop()
      outcome = .ended
      return nil
    }
    // The rest of it cannot be interrupted.
    if unheard > 2 * plan.startFrames {
      let left = Double(unheard - 2 * plan.startFrames) / Double(plan.rate)
      return .wait(min(.seconds(left), .milliseconds(50)))
    }
    let code = device.drain()
    unheard = 0
    if code < 0 { fail(device.explain(code)) } else { outcome = .ended }
    return nil
  }

  // MARK: The clock

  private func look(_ room: Int) {
    unheard = max(0, device.delay() ?? (device.bufferFrames - room))
    log.prune(pending: unheard)
  }

  private func publish(at now: ContinuousClock.Instant) {
    // What is not heard yet may have to be written again.
    let heard = log.heard(pending: unheard)
    ring.release(before: heard)
    let (silence, sound) = log.ahead(pending: unheard)
    playback.clock.publish(
      .init(
        heard: heard - dropped, silence: silence, sound: sound, rate: plan.rate,
        time: playback.clock.nanoseconds(at: now)))
    let phase: PlaybackControl.Status.Phase =
      switch plan.phase {
      case .gathering, .asleep: .waiting
      case .speaking: .speaking
      case .paused: .paused
      }
    let buffered =
      Double(ring.end - position + feed().upstream + sound) / Double(plan.rate)
    playback.update { status in
      (status.phase, status.bufferedSeconds) = (phase, buffered)
      (status.cushion, status.gaps) = (plan.cushion, plan.gaps)
    }
  }
}
