import Glibc
import KugelConnections
import KugelFloor
import KugelSession
import KugelSystem
import KugelText

/// One run of a command that speaks, on the calling thread: waits for whatever comes next and does what
/// all such commands share. That is signals, pause and Ctrl-Z, who may be heard, the outputs, what is
/// copied on, who looks on. What is said, and with whom, is its part's business.
package final class Run {
  private static let longestCopy = 64

  let setup: RunSetup
  let clock: any RunClock
  let outputs: OutputSet
  let inbox: Inbox<RunEvent>
  private let copier: TextCopier?
  private(set) var part: (any RunPart)?
  /// Who takes the news of each connection, by its number.
  private var links: [Int: any LinkEnd] = [:]
  package var outcome = RunOutcome()
  /// By the user.
  private(set) var isPaused = false
  private var isHeld = false
  /// Nothing more is to be heard.
  private(set) var isStopping = false
  /// The last of the sound was lost behind the last of the text.
  private var isBrokenOff = false
  /// What is being said, for whoever wants to know; and the chunk of it that sounded last.
  var title: String?
  /// A desktop shows what is heard.
  var isShown = false
  var chunk: (id: Int, turn: Int?)?
  private var giveUpAt: ContinuousClock.Instant?
  private var lookAt: ContinuousClock.Instant?
  private var gapsTold = 0
  private var positionToldAt: ContinuousClock.Instant?
  /// When to see whether the speakers can be left to others.
  private var floorLookAt: ContinuousClock.Instant?

  package init(_ setup: RunSetup) throws(ThreadError) {
    self.setup = setup
    (clock, outputs, inbox) = (setup.clock, setup.outputs, setup.inbox)
    title = setup.floor?.title
    lookAt = setup.observers.isEmpty ? nil : setup.clock.now
    copier =
      if let descriptor = setup.copyTo {
        try TextCopier(descriptor: descriptor, line: setup.copiedLine) { [inbox] in
          inbox.post(.copyFailed(code: $0))
        }
      } else {
        nil
      }
  }

  // MARK: The loop

  /// Blocks until everything is said, saved and played, or given up.
  package func perform(_ part: any RunPart) {
    self.part = part
    for observer in setup.observers { observer.begin { [copier] in copier?.copy($0) } }
    part.begin()
    part.proceed(in: self)
    keepItem()
    setup.keys?.end()
    for observer in setup.observers { observer.over() }
    if outcome.signal == nil || part.waitsForCopy, outcome.copyError == nil { copier?.finish() }
    part.leave()
    outputs.update()
    tellPosition()
    tellFiles()
    outcome.writtenSeconds = outputs.writtenSeconds
    outcome.sinkErrors = outputs.errors
    self.part = nil
    links = [:]
  }

  /// From now on the news of the connection with this number are taken by `end`.
  func connect(_ end: any LinkEnd, number: Int = 0) { links[number] = end }

  func pump(until isDone: @escaping () -> Bool) {
    while true {
      part?.work()
      carryHold()
      if isDone() { return }
      step(unless: isDone)
    }
  }

  /// Waits for the next thing to happen, and lets it.
  ///
  /// - Parameters:
  ///   - due: when to return at the latest.
  ///   - isDone: what the step is taken for; where it is known, others may take sound meanwhile.
  func step(until due: ContinuousClock.Instant? = nil, unless isDone: (() -> Bool)? = nil) {
    let isCopying = copier.map { $0.backlog >= Self.longestCopy } ?? false
    let descriptor = isCopying ? -1 : part?.descriptor ?? -1
    let deadline = earliest(
      due, deadline,
      // Nothing announces that a slow reader of the copied text has caught up.
      isCopying ? clock.now + .milliseconds(20) : nil)
    let wait = { [self] in
      clock.wait(for: [inbox.descriptor, descriptor], until: deadline)
    }
    let ready =
      if let isDone, mayBeDeputed {
        inbox.deputed(to: deputy(until: deadline, unless: isDone), wait)
      } else {
        wait()
      }
    // Text first: an input that turns out empty is worth more to know than a missing device.
    if ready[1] { part?.ready(at: clock.now) }
    if ready[0] { for event in inbox.drain() { handle(event) } }
    tick(at: clock.now)
  }

  /// Whether sound may be taken by the thread that brings it: where nobody looks on whose writing could hold up a service.
  private var mayBeDeputed: Bool {
    part?.takesText != nil && setup.events == nil && setup.observers.isEmpty
      && !setup.listeners.contains(where: \.mayWait) && (setup.desktop == nil || isShown)
  }

  /// Does in the run's place what news of sound ask for, while the run waits.
  ///
  /// - Parameters:
  ///   - due: when it returns at the latest.
  ///   - isDone: what it waits for.
  /// - Returns: does it, and tells whether the run would now wait for something else.
  private func deputy(
    until due: ContinuousClock.Instant?, unless isDone: @escaping () -> Bool
  ) -> (RunEvent) -> Bool {
    let (takesText, descriptor) = (part?.takesText, part?.descriptor)
    return { [self] event in
      handle(event)
      let isEarlier = deadline.map { deadline in due.map { deadline < $0 } ?? true } ?? false
      return isEarlier || isDone() || part?.takesText != takesText || part?.descriptor != descriptor
    }
  }

  private var deadline: ContinuousClock.Instant? {
    earliest(
      part?.deadline, outputs.deadline, giveUpAt, lookAt, floorLookAt, positionDeadline)
  }

  /// When whoever waits for the sound wants to know where it is.
  private var positionDeadline: ContinuousClock.Instant? {
    guard part?.wantsPosition == true else { return nil }
    return (positionToldAt ?? clock.now) + .milliseconds(100)
  }

  private func tick(at now: ContinuousClock.Instant) {
    if let due = outputs.deadline, now >= due { outputs.tick(at: now) }
    if let due = positionDeadline, now >= due { tellPosition() }
    if let part, let due = part.deadline, now >= due { part.tick(at: now) }
    carryHold()
    if let due = lookAt, now >= due {
      for observer in setup.observers { observer.look(at: now) }
      lookAt = setup.observers.map(\.interval).min().map { now + $0 }
    }
    if let due = floorLookAt, now >= due { leaveFloorIfQuiet(at: now) }
    if let due = giveUpAt, now >= due {
      giveUpAt = nil
      part?.giveUp()
    }
  }

  private func handle(_ event: RunEvent) {
    switch event {
    case .news(let news, let link):
      links[link]?.receive(news)
      carryHold()
    case .sinkChanged:
      outputs.update()
      tellFiles()
      carryHold()
      // Whoever waits need not wait for what is left to do in silence.
      if isStopping, outputs.isMute { setup.floor?.release() }
      if outputs.isDeaf, part?.hasSaidAll == false {
        stop()
      } else if outputs.isBrokenOff, !isStopping, !isBrokenOff {
        // Everything was said, and the last of it was not heard.
        isBrokenOff = true
        silence()
      }
    case .signal(let number): signal(number)
    case .copyFailed(let code):
      outcome.copyError = code
      stop()
    case .floorGranted(let grant): take(grant)
    case .floorTold(let notice): tell(notice)
    case .floorDoubted: doubtFloor()
    case .steered(let request): steer(request)
    case .outputWaits(let target):
      warn("waiting for somebody to read from the pipe \(target)")
    case .keysAsked: setup.notify(.keys)
    case .floorRefused:
      outcome.speakersWereTaken = true
      stop()
    case .voices(let voices): part?.listed(voices, at: clock.now)
    }
  }

  /// Full outputs hold up whoever makes sound.
  private func carryHold() {
    guard outputs.isHeld != isHeld else { return }
    isHeld = outputs.isHeld
    part?.hold(isHeld)
  }

  // MARK: What happens

  /// Tells whoever listens, once and in order.
  func tell(_ happenings: [Happening]) {
    for happening in happenings {
      note(happening)
      setup.events?.hear(happening)
      for observer in setup.observers { observer.hear(happening) }
      for listener in setup.listeners { listener.hear(happening) }
    }
  }

  /// - Parameter sentence: about the input, for people and programs.
  func warn(_ sentence: String) {
    setup.events?.note(.warning(sentence))
    setup.notify(.warning(sentence))
  }

  func copy(_ bytes: [UInt8]) { copier?.copy(bytes) }

  // MARK: The sound

  func play(_ samples: [Int16], rate: Int) {
    outputs.play(samples, rate: rate)
    if !isShown, setup.floor?.isWaiting != true { showOnDesktop() }
    tellPosition()
  }

  private func tellGaps() {
    while outputs.gaps > gapsTold {
      gapsTold += 1
      part?.ranDry(cushion: outputs.cushion, at: clock.now)
    }
  }

  func tellPosition() {
    tellGaps()
    let now = clock.now
    positionToldAt = now
    part?.played(outputs.position, at: now)
  }

  /// Silence first; whoever asked for it tells the service then.
  func silence() {
    let position = outputs.silence()
    part?.silenced(at: position, now: clock.now)
    // By then a fade has been heard.
    if floorLookAt != nil { floorLookAt = clock.now + .milliseconds(25) }
  }

  func pause(_ paused: Bool) {
    isPaused = paused
    holdSound()
    if isShown { showOnDesktop() }
  }

  func holdSound() {
    let isWaiting = setup.floor?.isWaiting ?? false
    outputs.pause(isPaused || isWaiting)
    if !isWaiting { setup.notify(.waitIsOver) }
  }

  private func tellFiles() {
    for file in outputs.endedFiles() {
      setup.events?.note(
        .file(
          path: file.path, duration: file.state == .failed ? nil : .seconds(file.seconds),
          state: file.state),
        turn: file.number, context: file.speaker, line: file.scriptLine)
    }
  }

  // MARK: Signals

  private func signal(_ number: CInt) {
    switch number {
    case SIGUSR1: togglePause()
    case SIGTSTP: sleep()
    case SIGCONT: wakeUp()
    case SIGINT: if part?.take(.interrupt, at: clock.now) != true { leave(by: number) }
    default: leave(by: number)
    }
  }

  func leave(by signal: CInt) {
    outcome.signal = signal
    stop()
  }

  /// Ctrl-Z: the sound is held, and goes on where it was when the process does.
  private func sleep() {
    if !isPaused {
      outputs.pause(true)
      // A stopped process cannot make a device fall silent.
      outputs.waitForSilence(atMost: .milliseconds(200))
    }
    part?.suspend()
    setup.keys?.suspend()
    kill(getpid(), SIGSTOP)
    setup.keys?.resume()
    part?.resume()
    part?.forgive()
    _ = setup.floor?.takeLoss()
    pause(isPaused)
  }

  /// The process was stopped by somebody else, and goes on, perhaps in the foreground again.
  private func wakeUp() {
    setup.keys?.resume()
    doubtFloor()
  }

  /// Silence first; then the services are told, and what was made is kept.
  func stop() {
    isStopping = true
    silence()
    outputs.cut()
    waitForAnswers()
    part?.cancel()
  }

  /// Nobody wants to hear more: the services have so long to answer.
  ///
  /// - Parameter patience: the usual one is that of Ctrl-C.
  func waitForAnswers(atMost patience: Duration = .milliseconds(500)) {
    giveUpAt = earliest(giveUpAt, clock.now + patience)
  }

  func waitForNobody() { giveUpAt = nil }

  // MARK: Who may be heard

  private static let floorInterval = Duration.milliseconds(50)

  /// A turn begins: until others have spoken its sound is held.
  func claimFloor() {
    guard let floor = setup.floor, floor.isFree else { return }
    beginItem()
    reclaimFloor(floor)
  }

  func reclaimFloor(_ floor: TurnFloor) {
    switch floor.claim() {
    case .granted: break
    case .waiting: holdSound()
    case .refused:
      inbox.post(.floorRefused)
      return
    }
    floorLookAt = clock.now + Self.floorInterval
  }

  private func leaveFloorIfQuiet(at now: ContinuousClock.Instant) {
    guard part?.isBusy != true && outputs.isQuiet else {
      floorLookAt = now + Self.floorInterval
      return
    }
    floorLookAt = nil
    keepItem()
    setup.floor?.release()
    holdSound()
  }
}

/// The first of the moments that are known.
func earliest(_ moments: ContinuousClock.Instant?...) -> ContinuousClock.Instant? {
  var earliest: ContinuousClock.Instant?
  for case let moment? in moments where earliest.map({ moment < $0 }) ?? true { earliest = moment }
  return earliest
}
