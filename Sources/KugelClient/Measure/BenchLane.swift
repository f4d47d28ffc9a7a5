import KugelMeasure
import KugelSession
import KugelSystem
import KugelWire

/// One connection over which turns are measured, one after the other. Used on one thread.
final class BenchLane {
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

  /// Counts from 0; news from other threads carry it.
  let number: Int
  private let label: Int
  private let subject: BenchSubject
  private let clock: any BenchClock
  private let start: ContinuousClock.Instant
  private let links = LinkQueue<(event: LinkEvent, at: ContinuousClock.Instant)>()
  private let connection: any SpeechConnection
  private let local: LocalConnection?
  private let remote: RemoteConnection?
  private let speakers: (any BenchSpeakers)?
  private let arrival: Arrival
  private var session: SpeechSession
  private var isUp = false
  private var running: Running?
  /// The last turn's sample, until it is taken.
  private(set) var finished: (sample: TurnSample, failure: SessionFailure?)?

  /// When what is being handed over came in, where that is known.
  private final class Arrival { var at: ContinuousClock.Instant? }

  /// - Parameters:
  ///   - label: as samples count it, from 1.
  ///   - speakers: play what comes; a turn is over when it has been heard.
  ///   - start: when the run began.
  init(
    number: Int, label: Int, subject: BenchSubject, inbox: Inbox<BenchEvent>,
    clock: any BenchClock, speakers: (any BenchSpeakers)?, start: ContinuousClock.Instant
  ) {
    self.number = number
    self.label = label
    self.subject = subject
    self.clock = clock
    self.speakers = speakers
    self.start = start
    session = SpeechSession(settings: subject.settings, policy: subject.policy)
    let arrival = Arrival()
    self.arrival = arrival
    let deliver: (LinkEvent) -> Void = { [links] event in
      links.append((event, arrival.at ?? clock.now))
    }
    switch subject.service {
    case .local(let profile, let worker):
      let made = LocalConnection(
        profile: profile, worker: worker,
        news: { news, job, opening in
          inbox.post(.engine(news, job: job, opening: opening, lane: number))
        }, deliver: deliver)
      (connection, local, remote) = (made, made, nil)
    case .remote(let service, let rate, let loop):
      let made = RemoteConnection(
        service, settings: subject.settings, defaultRate: rate, confirmsCancel: true, loop: loop
      ) { event, opening in
        inbox.post(.link(event, opening: opening, lane: number, at: .now))
      }
      made.deliver = deliver
      (connection, local, remote) = (made, nil, made)
    case .made(let make): (connection, local, remote) = (make(deliver), nil, nil)
    }
  }

  var isIdle: Bool { running == nil }

  var deadline: ContinuousClock.Instant? {
    [session.deadline, connection.deadline, nextPiece, running?.hearing?.deadline(at: clock.now)]
      .compactMap(\.self).min()
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
    running = Running(turn: turn, recorder: recorder, hearing: speakers.map { Hearing($0) })
    if isCold { running?.recorder.receive(.dialled, at: clock.now) }
    if !isUp { apply(.start) }
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
      apply(.text(piece.text))
      if piece.flush { apply(.endTurn) }
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
      if let speakers { _ = speakers.silence() }
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
    let now = clock.now
    if let due = connection.deadline, now >= due { connection.tick(at: now) }
    settle()
    if let due = session.deadline, now >= due { apply(.tick) }
    givePieces()
    settle()
  }

  func receive(_ event: BenchEvent) {
    switch event {
    case .engine(let news, let job, let opening, _):
      local?.receive(news, job: job, opening: opening)
    case .link(let event, let opening, _, let at):
      arrival.at = at
      remote?.accept(event, opening: opening)
      arrival.at = nil
    case .signal: break
    }
    settle()
  }

  /// Carries what the connection said to recorder and session, until neither has more to say.
  private func settle() {
    while let (event, at) = links.next() {
      switch event {
      case .opened:
        isUp = true
        running?.recorder.receive(.opened(connection.connectTimes), at: at)
        apply(.opened)
        if running?.begun == nil { giveText() }
      case .received(let message):
        running?.recorder.receive(.received(message), at: at)
        if case .audio(let frame) = message { play(frame, at: at) }
        apply(.received(message))
        bargeIn()
      case .context, .keptAlive: break
      case .lost(let loss):
        isUp = false
        apply(.lost(loss))
      }
    }
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
    if let speakers { _ = speakers.silence() }
    apply(.cancel)
  }

  /// The next turn begins with a connection of its own.
  private func hangUp() {
    connection.close()
    links.clear()
    isUp = false
    session = SpeechSession(settings: subject.settings, policy: subject.policy)
  }

  /// Ends the connection for good.
  func leave() {
    connection.close()
    remote?.leave()
  }

  private func apply(_ event: SpeechSession.Event) {
    for action in session.receive(event, at: clock.now) { perform(action) }
  }

  private func perform(_ action: SpeechSession.Action) {
    switch action {
    case .connect: connection.open()
    case .disconnect:
      connection.close()
      links.clear()
      isUp = false
      if running?.isCancelled == true {
        fail(.timedOut(.stall, after: subject.policy.cancelTimeout))
      }
    case .send(let frame):
      running?.recorder.receive(.sent(frame), at: clock.now)
      connection.send(frame)
    case .turnEnded(let report):
      speakers?.endTurn()
      switch report.ending {
      case .complete, .empty: running?.open -= 1
      case .cancelled: break
      case .failed(let failure): fail(failure)
      }
    case .unreachable(let failure): fail(failure)
    case .play, .turnBegan, .segment, .words, .settingsUpdated, .settingsRefused, .retrying,
      .resumed,
      .finished:
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
