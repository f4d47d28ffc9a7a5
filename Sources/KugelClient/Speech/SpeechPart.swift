import KugelConnections
import KugelConversation
import KugelSession
import KugelSystem
import KugelText
import KugelWire

/// The part of a run that one voice speaks: an input on one side, a session on the other. The session
/// core decides, this performs.
package final class SpeechPart: RunPart {
  private let run: Run
  private let setup: SpeechSetup
  private let input: any SpeechInput
  private lazy var driver = SessionDriver(
    SpeechSession(settings: setup.settings, policy: setup.policy, chance: .random(in: 0..<1)),
    over: setup.connection, clock: run.clock, owner: self)
  private let happenings: HappeningStream
  private var outcome = SpeechOutcome()
  private var sessionEnded = false
  private var inputEnded = false

  /// Blocks until everything is spoken, saved and played, or given up.
  package static func perform(
    _ setup: SpeechSetup, _ input: any SpeechInput, in runSetup: RunSetup
  ) throws(ThreadError) -> SpeechOutcome {
    let run = try Run(runSetup)
    let part = SpeechPart(run, setup, input)
    run.perform(part)
    part.outcome.run = run.outcome
    part.outcome.heardSeconds = part.happenings.state.ledger.heardSeconds
    part.outcome.timeToFirstSound = part.happenings.state.timeToFirstSound
    return part.outcome
  }

  private init(_ run: Run, _ setup: SpeechSetup, _ input: any SpeechInput) {
    self.run = run
    self.setup = setup
    self.input = input
    happenings = HappeningStream(
      TurnLedger.Rules(
        plays: run.outputs.plays, keepsTexts: setup.keepsTexts || input.readsTexts))
    happenings.listen { [run] in run.tell($0) }
  }

  // MARK: What the run asks

  /// More text than would soon be spoken stays where it comes from.
  package var descriptor: CInt {
    let hasRoom = input.takesCommands ? driver.machine.hasSomeRoom : driver.machine.hasRoom
    return inputEnded || !hasRoom ? -1 : input.descriptor
  }
  package var deadline: ContinuousClock.Instant? {
    earliest(driver.deadline, inputEnded ? nil : input.deadline)
  }
  package var hasSaidAll: Bool { sessionEnded }
  package var isOver: Bool { sessionEnded }
  package var isBusy: Bool { driver.machine.isBusy }
  package var wantsPosition: Bool {
    happenings.state.wantsPosition && (setup.keepsTexts || happenings.state.awaitsFirstSound)
  }
  /// A conversation answers at a terminal, whose line is drawn on one thread.
  package var takesText: Bool? {
    input.takesCommands ? nil : !inputEnded && driver.machine.hasRoom
  }
  /// A conversation's replies tell what the signal did.
  package var waitsForCopy: Bool { !input.endsWithFailure }

  // MARK: What the run tells

  package func begin() {
    run.connect(driver)
    driver.apply(.start)
    take(input.begin(in: happenings, at: run.clock.now))
  }

  package func work() {
    driver.settle()
    // A service in this process answers at once, and the answer may be what the input waits for.
    while !inputEnded, driver.machine.hasRoom, let more = input.next(at: run.clock.now) {
      take(more)
      driver.settle()
    }
  }

  package func ready(at now: ContinuousClock.Instant) {
    if !inputEnded { take(input.ready(at: now)) }
  }

  package func tick(at now: ContinuousClock.Instant) {
    driver.tick(at: now)
    if !inputEnded, let due = input.deadline, now >= due {
      run.tellPosition()
      take(input.tick(at: now))
    }
  }

  package func hold(_ held: Bool) { driver.hold(held) }
  package func forgive() { driver.forgive() }

  package func played(_ position: Int, at now: ContinuousClock.Instant) {
    let told = happenings.played(position, at: now)
    if !inputEnded { take(input.looked(told, at: now)) }
  }

  package func silenced(at position: Int, now: ContinuousClock.Instant) {
    take(input.silenced(happenings.silenced(at: position, now: now), at: now))
  }

  package func ranDry(cushion: Duration, at now: ContinuousClock.Instant) {
    _ = happenings.ranDry(cushion: cushion, at: now)
  }

  package func take(_ signal: RunSignal, at now: ContinuousClock.Instant) -> Bool {
    guard !inputEnded, let wishes = input.signal(signal, at: now) else { return false }
    take(wishes)
    return true
  }

  package func suspend() { input.suspend() }
  package func resume() { input.resume() }

  package func listed(
    _ voices: Result<[Voice], ConversationProblem>, at now: ContinuousClock.Instant
  ) { take(input.listed(voices, at: now)) }

  package func cancel() {
    inputEnded = true
    driver.apply(.cancel)
    driver.apply(.finish)
  }

  package func giveUp() {
    driver.close()
    endSession()
  }

  package func leave() { driver.leave() }

  // MARK: What the input wants

  private func take(_ wishes: [SpeechInputEvent]) {
    for wish in wishes {
      switch wish {
      case .session(let event):
        if case .finish = event { (inputEnded, outcome.hasWholeInput) = (true, true) }
        tell(event)
        driver.apply(event)
      case .written(let text):
        if happenings.state.ledger.open == nil { driver.apply(.beginTurn) }
        happenings.wrote(text, at: run.clock.now)
      case .said(let text):
        let event = SpeechSession.Event.text(text.string)
        happenings.says(text.map)
        tell(event)
        driver.apply(event)
      case .copy(let bytes): run.copy(bytes)
      case .skipped(let text): happenings.skipped(text)
      case .line(let line): happenings.moved(toLine: line)
      case .note(let body, let turn, let line):
        run.setup.events?.note(body, turn: turn, line: line)
      case .warning(let sentence): run.warn(sentence)
      case .unreadable(let name, let code): run.outcome.inputError = .unreadable(name, code: code)
      case .binary(let name, let error): run.outcome.inputError = .binary(name, error)
      case .answerFailed(let failure): run.outcome.inputError = .answer(failure)
      case .silence: run.silence()
      case .pause(let paused): run.pause(paused)
      case .go(let back): run.steer(back ? .back : .on)
      case .volume(let level): run.outputs.setVolume(decibels: level)
      case .record(let path): record(path)
      case .listVoices: listVoices()
      case .leave(let signal): run.leave(by: signal)
      }
    }
  }

  /// What the outputs and whoever looks on have to know of the text.
  private func tell(_ event: SpeechSession.Event) {
    switch event {
    case .text: run.outputs.textIsComplete(false)
    case .endTurn: run.outputs.textIsComplete(true)
    case .finish:
      run.outputs.textIsComplete(true)
      for observer in run.setup.observers { observer.hearEnd() }
    default: break
    }
  }

  private func record(_ path: String?) {
    do throws(ConversationProblem) {
      let recorder = try path.map { (path) throws(ConversationProblem) in
        try setup.makeRecorder(path)
      }
      run.outputs.record(to: recorder, path: path ?? "")
      take(input.recording(path, error: nil, at: run.clock.now))
    } catch {
      take(input.recording(path, error: error.message, at: run.clock.now))
    }
  }

  private func listVoices() {
    let (list, inbox) = (setup.listVoices, run.inbox)
    do throws(ThreadError) {
      _ = try Thread(name: "kugel-voices") { inbox.post(.voices(list())) }
    } catch {
      inbox.post(.voices(.failure(ConversationProblem(error.description))))
    }
  }

  // MARK: The end

  /// What was received is played and kept; nothing more is asked for.
  private func stopAfterFailure() {
    guard !inputEnded || !sessionEnded else { return }
    inputEnded = true
    driver.close()
    endSession()
  }

  private func endSession() {
    guard !sessionEnded else { return }
    sessionEnded = true
    driver.rest()
    run.waitForNobody()
    run.outputs.finish()
  }
}

// What the session decides.
extension SpeechPart: SessionOwner {
  package func hears(
    _ event: LinkEvent, of driver: SessionDriver<SpeechSession>,
    at moment: ContinuousClock.Instant
  ) {
    if let what = event.ofConnection { run.tell([Happening(what, at: moment)]) }
  }

  package func decided(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action],
    by driver: SessionDriver<SpeechSession>, at now: ContinuousClock.Instant
  ) -> (() -> Void)? {
    var parts: ConnectTimes?
    if case .opened = event { parts = driver.connectTimes }
    let told = happenings.observe(event, actions, connectedIn: parts, at: now)
    let wishes = input.hear(told, at: now)
    return wishes.isEmpty ? nil : { [self] in take(wishes) }
  }

  package func perform(
    _ action: SpeechSession.Action, of driver: SessionDriver<SpeechSession>
  ) {
    switch action {
    case .play(let frame, turn: _): run.play(frame.samples, rate: frame.rate)
    case .turnEnded(let report):
      outcome.turns.add(report)
      run.outputs.endTurn()
      if case .failed = report.ending, input.endsWithFailure { stopAfterFailure() }
    case .unreachable(let failure):
      guard input.endsWithFailure else { break }
      outcome.failure = failure
      stopAfterFailure()
    case .finished: endSession()
    case .turnBegan: run.claimFloor()
    case .connect, .disconnect, .send, .segment, .words, .settingsUpdated, .settingsRefused,
      .retrying, .resumed:
      break
    }
  }
}
