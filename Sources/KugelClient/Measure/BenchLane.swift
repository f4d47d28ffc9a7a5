import KugelConnections
import KugelMeasure
import KugelSession
import KugelSystem
import KugelWire

/// One connection over which turns are measured, one after the other. Used on one thread.
final class BenchLane: LinkEnd {
  /// A turn that is to be measured.
  struct Turn {
    var script: TurnScript
    var phase: TurnPhase
    var number: Int
    /// When it is meant to start; nil: as soon as it can.
    var due: ContinuousClock.Instant?
  }

  private struct Running {
    let turn: Turn
    var recorder: TurnRecorder
    /// When the first piece was given; nil while the connection is being made.
    var begun: ContinuousClock.Instant?
    /// Pieces given so far.
    var given = 0
    /// Answers still to come.
    var open = 0
    var isCancelled = false
    var failure: SessionFailure?
    /// nil: nothing is played.
    var hearing: Hearing?
  }

  private let label: Int
  private let subject: BenchSubject
  private let run: Run
  private let start: ContinuousClock.Instant
  private let driver: SessionDriver<SpeechSession>
  private var isUp = false
  private var running: Running?
  /// The last turn's sample, until it is taken.
  private(set) var finished: (sample: TurnSample, failure: SessionFailure?)?

  /// - Parameters:
  ///   - number: counts from 0; the news of its connection carry it.
  ///   - label: as samples count it, from 1.
  ///   - run: with speakers, a turn is over when it has been heard.
  ///   - start: when the run began.
  init(number: Int, label: Int, subject: BenchSubject, run: Run, start: ContinuousClock.Instant) {
    self.label = label
    self.subject = subject
    self.run = run
    self.start = start
    driver = SessionDriver(
      Self.session(subject), over: subject.connect(run.inbox.news(ofLink: number)),
      number: number, clock: run.clock)
    driver.owner = self
  }

  private static func session(_ subject: BenchSubject) -> SpeechSession {
    SpeechSession(settings: subject.settings, policy: subject.policy)
  }

  private var clock: any RunClock { run.clock }
  private var plays: Bool { run.outputs.plays }

  var isIdle: Bool { running == nil }

  var deadline: ContinuousClock.Instant? {
    earliest(driver.deadline, nextPiece, running?.hearing?.deadline(at: clock.now))
  }

  private var nextPiece: ContinuousClock.Instant? {
    guard let running, !running.isCancelled, let begun = running.begun,
      running.given < running.turn.script.pieces.count
    else { return nil }
    return begun + running.turn.script.pieces[running.given].due
  }

  // MARK: - Turns

  /// Starts a turn; the lane must be idle.
  func begin(_ turn: Turn) {
    var recorder = TurnRecorder(
      phase: turn.phase, turn: turn.number, lane: label, firstSentence: turn.script.firstSentence)
    if let due = turn.due { recorder.receive(.due, at: due) }
    finished = nil
    let isCold = turn.phase == .cold
    if isCold { hangUp() }
    running = Running(turn: turn, recorder: recorder, hearing: plays ? Hearing(run.outputs) : nil)
    if isCold { running?.recorder.receive(.dialled, at: clock.now) }
    if !isUp { driver.apply(.start) }
    // Over a connection that is not there yet a warm turn would be a cold one.
    if isUp || isCold { giveText() }
    settle()
  }

  func takeFinished() -> (sample: TurnSample, failure: SessionFailure?)? {
    defer { finished = nil }
    return finished
  }

  private func giveText() {
    running?.begun = clock.now
    givePieces()
  }

  private func givePieces() {
    while let due = nextPiece, due <= clock.now, let piece = takePiece() {
      if piece.flush { running?.open += 1 }
      driver.apply(.text(piece.text))
      if piece.flush { driver.apply(.endTurn) }
    }
  }

  private func takePiece() -> TurnScript.Piece? {
    guard let running else { return nil }
    self.running?.given += 1
    return running.turn.script.pieces[running.given]
  }

  private func finishIfDone() {
    guard let running else { return }
    let isDone =
      running.failure != nil || running.recorder.isAcknowledged
      || !running.isCancelled && running.open == 0
        && running.given == running.turn.script.pieces.count
    guard isDone, running.failure != nil || running.isCancelled || isHeard else { return }
    finished = (running.recorder.sample(since: start), running.failure)
    self.running = nil
    // What a failed turn left behind must not be heard in the next.
    if running.failure != nil {
      hangUp()
      if plays { run.outputs.silence() }
    }
  }

  private var isHeard: Bool { running?.hearing?.isOver ?? true }

  private func listen() {
    if let heard = running?.hearing?.listen(at: clock.now) {
      running?.recorder.receive(.heard, at: heard)
    }
  }

  private func fail(_ failure: SessionFailure) {
    guard running?.failure == nil else { return }
    running?.failure = failure
    running?.recorder.receive(.failed(cause: failure.cause), at: clock.now)
  }

  // MARK: - Connection

  func tick() {
    driver.tick(at: clock.now)
    givePieces()
    settle()
  }

  package func receive(_ news: ConnectionNews) {
    driver.receive(news)
    settle()
  }

  private func settle() {
    driver.settle()
    listen()
    finishIfDone()
  }

  private func play(_ frame: AudioFrame, at now: ContinuousClock.Instant) {
    guard let running, !running.isCancelled else { return }
    self.running?.hearing?.play(frame, silence: running.recorder.leadingSilence, at: now)
  }

  private func bargeIn() {
    guard let running, running.turn.phase == .bargeIn, !running.isCancelled, running.open > 0,
      running.recorder.hasAudibleSound
    else { return }
    self.running?.isCancelled = true
    if plays { run.outputs.silence() }
    driver.apply(.cancel)
  }

  /// The next turn begins with a connection of its own.
  private func hangUp() {
    isUp = false
    driver.restart(Self.session(subject))
  }

  /// Ends the connection for good.
  func leave() { driver.leave() }
}

// What comes over the connection, and what the session decides.
extension BenchLane: SessionOwner {
  func hears(
    _ event: LinkEvent, of driver: SessionDriver<SpeechSession>,
    at moment: ContinuousClock.Instant
  ) {
    switch event {
    case .opened:
      isUp = true
      running?.recorder.receive(.opened(driver.connectTimes), at: moment)
    case .received(let frame):
      running?.recorder.receive(.received(frame.message), at: moment)
      if case .audio(let audio) = frame.message { play(audio, at: moment) }
    case .keptAlive, .greeted: break
    case .lost: isUp = false
    }
  }

  func heard(_ event: LinkEvent, of driver: SessionDriver<SpeechSession>) {
    switch event {
    case .opened: if running?.begun == nil { giveText() }
    case .received: bargeIn()
    case .keptAlive, .greeted, .lost: break
    }
  }

  func perform(_ action: SpeechSession.Action, of driver: SessionDriver<SpeechSession>) {
    switch action {
    case .disconnect:
      isUp = false
      if running?.isCancelled == true {
        fail(.timedOut(.stall, after: subject.policy.cancelTimeout))
      }
    case .send(let frame): running?.recorder.receive(.sent(frame), at: clock.now)
    case .turnEnded(let report):
      run.outputs.endTurn()
      switch report.ending {
      case .complete, .empty: running?.open -= 1
      case .cancelled: break
      case .failed(let failure): fail(failure)
      }
    case .unreachable(let failure): fail(failure)
    case .connect, .play, .turnBegan, .segment, .words, .settingsUpdated, .settingsRefused,
      .retrying, .resumed, .finished:
      break
    }
  }
}

extension SessionFailure {
  /// Short, so that turns can be counted by it.
  fileprivate var cause: String {
    switch self {
    case .service(let failure): failure.cause
    case .timedOut(let stage, let patience):
      "nothing came for \(Figures.time(patience / .milliseconds(1))) (\(stage.rawValue))"
    }
  }
}
