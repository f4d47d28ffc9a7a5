/// When the device gets sound and when silence. Pure: observations in, actions out.
///
/// The device is fed silence until enough sound is there, then sound. It is kept from running dry: when
/// the sound stops too early, silence takes its place, and the cushion grows.
struct PlaybackPlan: Equatable {
  /// Why sound is gathered.
  private enum Cause: Equatable {
    case turn
    /// The sound ended where it should not.
    case gap(since: Duration)
    case pause
  }

  let rate: Int
  private(set) var bufferFrames: Int
  /// Frames with which the device begins to play.
  private(set) var startFrames: Int
  let settings: PlaybackSettings

  private(set) var phase = Phase.gathering(since: nil)
  private var cause = Cause.turn
  /// The cushion as learned so far.
  private(set) var cushion: Duration
  /// Times the sound broke off within a turn.
  private(set) var gaps = 0
  /// Some devices, such as files, take any amount at once: they need no silence and cannot run dry.
  private(set) var isPaced = true
  private(set) var knowsPace = false
  private var silenceWritten = 0
  /// Whether silence that was written can give way to sound.
  private var silenceGivesWay = true
  /// Since when an open device has waited for the first sound of this process.
  private var expectedSince: Duration?
  private var quietSince: Duration?

  init(rate: Int, bufferFrames: Int, startFrames: Int, settings: PlaybackSettings) {
    self.rate = rate
    self.bufferFrames = bufferFrames
    self.startFrames = startFrames
    self.settings = settings
    cushion = settings.cushion
  }

  /// The device ran dry. With sound there to be written, the program was kept from running.
  mutating func ranDry(ready: Int) {
    if phase == .speaking && ready > 0 { countGap() }
  }

  /// What was written is gone and the device starts anew, as after a cut.
  mutating func restart() {
    standStill()
    quietSince = nil
    if phase != .paused { (phase, cause) = (.gathering(since: nil), .turn) }
  }

  /// Another device took over.
  mutating func moved(bufferFrames: Int, startFrames: Int) {
    (self.bufferFrames, self.startFrames) = (bufferFrames, startFrames)
    (isPaced, knowsPace, silenceGivesWay) = (true, false, true)
    if phase != .paused { (phase, cause) = (.gathering(since: nil), .pause) }
    standStill()
  }

  /// The device plays all the silence it was given.
  mutating func silenceStays() { silenceGivesWay = false }

  /// The device holds nothing and plays nothing.
  private mutating func standStill() { (silenceWritten, expectedSince) = (0, nil) }

  /// What the device says right after it took frames and should be playing them.
  mutating func learnPace(room: Int) {
    isPaced = room < bufferFrames
    knowsPace = isPaced
  }

  mutating func next(_ seen: Observation) -> Action {
    if seen.isPaused && phase != .paused {
      let held = phase
      phase = .paused
      cause = .pause
      return held == .asleep ? .rest : .hold
    }
    switch phase {
    case .paused: return seen.isPaused ? .rest : resume(seen)
    case .asleep: return wake(seen)
    case .gathering(let since): return gather(seen, since: since)
    case .speaking: return speak(seen)
    }
  }

  private mutating func resume(_ seen: Observation) -> Action {
    phase = .gathering(since: nil)
    standStill()
    quietSince = seen.now
    return .wakeUp
  }

  private mutating func wake(_ seen: Observation) -> Action {
    guard seen.backlog > 0 || seen.isFinished else { return .rest }
    (phase, cause) = (.gathering(since: nil), .turn)
    standStill()
    return .wakeUp
  }

  // MARK: Silence, until the cushion is full

  private mutating func gather(
    _ seen: Observation, since: Duration?
  ) -> Action {
    if seen.isFinished && seen.backlog == 0 { return isQuiet(seen) ? .end : .drain }
    if silenceWritten < primer {
      guard seen.room > 0 else { return .wait(duration(startFrames)) }
      return silence(min(primer - silenceWritten, seen.room))
    }
    guard seen.backlog > 0 else {
      if seen.turnIsComplete { cause = .turn }
      return keepWarm(seen)
    }
    quietSince = nil
    guard let since else {
      phase = .gathering(since: seen.now)
      if case .gap(let begin) = cause { judge(seen, silentFor: seen.now - begin) }
      return next(seen)
    }
    if isReady(seen, waited: seen.now - since) {
      if seen.ready > 0, let frames = needless(seen) { return .giveWay(frames: frames) }
      guard seen.ready > 0, seen.room > 0 else { return feed(seen, atMost: .milliseconds(1)) }
      phase = .speaking
      return play(seen, fadesIn: true)
    }
    return feed(seen, atMost: max(target - (seen.now - since), .milliseconds(1)))
  }

  /// Silence ahead of everything: it wakes the device. What is spoken in this process is there before
  /// the device is, and would wait for it.
  private var primer: Int {
    max(settings.cushion > .zero ? startFrames : 0, frames(settings.leadIn))
  }

  private func isReady(_ seen: Observation, waited: Duration) -> Bool {
    if seen.turnIsComplete || seen.isFinished || !isPaced || cause == .pause { return true }
    if seen.backlog >= frames(.seconds(Self.mostGathered)) { return true }
    switch settings.prebuffer {
    case .all: return false
    case .atLeast: return seen.backlog >= frames(target)
    // Sound that is slow to come is not held back for longer than the cushion is long.
    case .auto: return seen.backlog >= frames(target) || waited >= target
    }
  }

  /// How long the device may stand still in expectation of sound that is made here.
  static let expectation = Duration.milliseconds(100)

  /// Seconds after which sound begins in any case; with more the feeder stops.
  static let mostGathered = 500.0

  private var target: Duration {
    if case .atLeast(let time) = settings.prebuffer { return max(time, grown) }
    return cushion
  }

  /// What gaps have added.
  private var grown: Duration { cushion - settings.cushion }

  private mutating func keepWarm(_ seen: Observation) -> Action {
    guard isPaced else { return .rest }
    let since = quietSince ?? seen.now
    quietSince = since
    guard seen.now - since < settings.keepWarm else {
      // What was written before is heard first, however short the warm time is.
      guard
        seen.unheard == 0 || isQuiet(seen) || seen.now - since > settings.keepWarm + .seconds(1)
      else {
        return .wait(duration(startFrames))
      }
      phase = .asleep
      quietSince = nil
      return .sleep
    }
    let limit = settings.keepWarm - (seen.now - since)
    guard silenceGivesWay, isQuiet(seen) else { return feed(seen, atMost: limit) }
    // Nothing is late for silence that gives way: few, large steps.
    return feed(seen, from: low, to: bufferFrames, atMost: limit)
  }

  /// Nothing but silence is in the device, for so long that no guess of its delay is wrong about it.
  private func isQuiet(_ seen: Observation) -> Bool { seen.silence.heard >= rate / 10 }

  /// Frames of silence that sound would have to wait for; nil where they are not worth the trouble, as the
  /// little that is kept while sound is expected. A primer is meant to be heard.
  private func needless(_ seen: Observation) -> Int? {
    let frames = seen.silence.ahead
    guard silenceGivesWay, isQuiet(seen), frames > little, frames <= silenceWritten - primer
    else { return nil }
    return frames
  }

  /// Frames of silence that keep a device going.
  private var little: Int { min(2 * startFrames, bufferFrames) }

  /// Keeps a little silence in the device: enough to keep it going, and not to be late for the sound.
  private mutating func feed(_ seen: Observation, atMost limit: Duration) -> Action {
    guard isPaced else { return .wait(limit) }
    // Silence begun now would only be in the way of sound that comes at any moment.
    if silenceWritten == 0, settings.cushion == .zero, seen.room == bufferFrames {
      let since = expectedSince ?? seen.now
      expectedSince = since
      let left = Self.expectation - (seen.now - since)
      if left > .zero { return .wait(min(limit, left)) }
    }
    return feed(seen, from: little - startFrames / 2, to: little, atMost: limit)
  }

  /// Brings the device to `level` once it holds no more than `low`.
  private mutating func feed(
    _ seen: Observation, from low: Int, to level: Int, atMost limit: Duration
  ) -> Action {
    let held = held(seen)
    if held <= low, seen.room > 0 { return silence(min(level - held, seen.room)) }
    return .wait(min(limit, duration(max(held - low, 1))))
  }

  private mutating func silence(_ frames: Int) -> Action {
    silenceWritten += frames
    return .silence(frames: frames)
  }

  // MARK: Sound

  private mutating func speak(_ seen: Observation) -> Action {
    if seen.ready > 0 { return play(seen, fadesIn: false) }
    if seen.isFinished && seen.backlog == 0 { return .drain }
    guard isPaced else { return .rest }
    // The last period of sound: what comes later would come too late.
    let (reserve, held) = (startFrames, held(seen))
    if held > reserve {
      let left = duration(held - reserve)
      return seen.backlog > 0 ? .wait(min(left, .milliseconds(1))) : .wait(left)
    }
    cause = seen.turnIsComplete ? .turn : .gap(since: seen.now + duration(held))
    phase = .gathering(since: nil)
    quietSince = seen.now
    return next(seen)
  }

  /// The device is filled up when it holds no more than this. Few, large steps: it wakes us seldom and
  /// holds enough for a busy moment.
  private var low: Int { bufferFrames * 2 / 5 }

  /// What follows when the device took so many frames of what had been seen.
  ///
  /// - Returns: nil when it has to be asked; one that is known to be full need not be.
  func afterPlaying(_ frames: Int, of seen: Observation) -> Action? {
    guard knowsPace, frames == seen.room, frames < seen.ready else { return nil }
    return .waitOut(duration(bufferFrames - low))
  }

  private func play(_ seen: Observation, fadesIn: Bool) -> Action {
    let held = held(seen)
    let amount = min(seen.ready, seen.room)
    if amount > 0, fadesIn || held <= low || amount == seen.ready || !isPaced {
      return .play(frames: amount, fadesIn: fadesIn)
    }
    return .waitOut(duration(max(held - low, rate / 500)))
  }

  /// Sound goes on after it had stopped within a turn. Was it late, or was there nothing to say?
  private mutating func judge(_ seen: Observation, silentFor time: Duration) {
    defer { cause = .turn }
    let short = time < .milliseconds(500) && settings.cushion > .zero
    guard seen.textIsComplete || short else { return }
    countGap()
  }

  private mutating func countGap() {
    gaps += 1
    guard settings.cushion > .zero else { return }
    cushion = min(cushion + PlaybackSettings.growth, PlaybackSettings.longestCushion)
  }

  /// Frames until the device falls silent. Sound servers ask for more in whole periods: what they have played
  /// of one is room only when they have played all of it.
  private func held(_ seen: Observation) -> Int { min(bufferFrames - seen.room, seen.unheard) }

  private func frames(_ time: Duration) -> Int {
    Int((time / .seconds(1) * Double(rate)).rounded())
  }

  private func duration(_ frames: Int) -> Duration {
    .nanoseconds(Int64(frames) * 1_000_000_000 / Int64(rate))
  }
}
