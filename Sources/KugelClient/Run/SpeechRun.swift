import KugelAudio
import KugelServiceCore
import KugelSession
import KugelSystem
import KugelText

/// One run of a speaking command: words in, samples out, on the calling thread.
///
/// The thread waits in `poll` for text, signals, the service and the sinks; the session core decides,
/// this performs.
package final class SpeechRun {
  package enum Event: Sendable {
    case engine(EngineNews, job: Int, opening: Int)
    case link(LinkEvent, opening: Int)
    /// A sink has ended, failed or has room again.
    case sinkChanged
    case signal(CInt)
    case copyFailed(code: CInt)
    /// The speakers that were waited for are ours.
    case floorGranted
    /// They are another's, and that is not waited for.
    case floorRefused
    case voices(Result<[Voice], ConversationProblem>)
  }

  private var session: SpeechSession
  let setup: SpeechSetup
  let inbox: Inbox<Event>
  let input: any SpeechInput
  let outputs: OutputSet
  let events: EventLog?
  private let copier: TextCopier?
  private let link: ServiceLink
  let notify: (SpeechNotice) -> Void
  let observer: (any SpeechObserver)?
  private var lookAt: ContinuousClock.Instant?
  var outcome = SpeechOutcome()
  private(set) var sessionEnded = false
  var inputEnded = false
  private(set) var isHeld = false
  var giveUpAt: ContinuousClock.Instant?
  /// By the user.
  var isPaused = false
  var gapsTold = 0
  /// When to see whether the speakers can be left to others.
  var floorLookAt: ContinuousClock.Instant?

  package init(
    _ setup: SpeechSetup, input: any SpeechInput, notify: @escaping (SpeechNotice) -> Void
  ) throws(SystemError) {
    session = SpeechSession(
      settings: setup.settings, policy: setup.policy, chance: .random(in: 0..<1))
    self.setup = setup
    inbox = setup.inbox
    self.input = input
    self.notify = notify
    observer = setup.observer
    lookAt = setup.observer.map { _ in .now }
    outputs = OutputSet(
      setup.sinks, playback: setup.playback, capacity: setup.queueSeconds,
      recordsHeard: setup.recordsHeard)
    events = setup.events
    copier =
      if let descriptor = setup.copyTo {
        try TextCopier(descriptor: descriptor) { [inbox] in inbox.post(.copyFailed(code: $0)) }
      } else {
        nil
      }
    link = ServiceLink(setup.service) { [inbox] news, job, opening in
      inbox.post(.engine(news, job: job, opening: opening))
    }
  }

  /// Blocks until everything is spoken, saved and played, or given up.
  package func run() -> SpeechOutcome {
    apply(.start)
    take(input.begin(at: .now))
    while !(sessionEnded && outputs.isEmpty) {
      settle()
      while !inputEnded, session.hasRoom, let more = input.next(at: .now) { take(more) }
      settle()
      if sessionEnded && outputs.isEmpty { break }
      let readsInput = !inputEnded && (copier?.backlog ?? 0) < 64
      let ready = Poller.wait(
        for: [inbox.descriptor, readsInput ? input.descriptor : -1], until: deadline)
      // Text first: an input that turns out empty is worth more to know than a missing device.
      if ready[1] && !inputEnded { take(input.ready(at: .now)) }
      if ready[0] { for event in inbox.drain() { handle(event) } }
      tick(at: .now)
    }
    // A conversation's replies tell what the signal did.
    if outcome.signal == nil || !input.endsWithFailure, outcome.copyError == nil {
      copier?.finish()
    }
    link.leave()
    tellGaps(at: .now)
    events?.played(outputs.position, at: .now)
    tellRecordings()
    outcome.writtenSeconds = outputs.writtenSeconds
    outcome.sinkErrors = outputs.errors
    return outcome
  }

  private var deadline: ContinuousClock.Instant? {
    [
      session.deadline, link.deadline, inputEnded ? nil : input.deadline, giveUpAt,
      outputs.deadline, events?.deadline, lookAt, floorLookAt,
      // Nothing announces that a slow reader of the copied text has caught up.
      (copier?.backlog ?? 0) < 64 ? nil : .now + .milliseconds(20),
    ].compactMap(\.self).min()
  }

  private func tick(at now: ContinuousClock.Instant) {
    link.tick(at: now)
    if let due = session.deadline, now >= due { apply(.tick) }
    if let due = outputs.deadline, now >= due { outputs.tick(at: now) }
    if let due = events?.deadline, now >= due { reportPosition(at: now) }
    if !inputEnded, let due = input.deadline, now >= due {
      reportPosition(at: now)
      take(input.tick(at: now))
    }
    if let due = lookAt, let observer, now >= due {
      observer.look(at: now)
      lookAt = now + observer.interval
    }
    if let due = floorLookAt, now >= due { leaveFloorIfQuiet(at: now) }
    if let due = giveUpAt, now >= due {
      giveUpAt = nil
      link.close()
      endSession()
    }
  }

  /// Carries what the connection said to the session, until neither has more to say.
  private func settle() {
    while let event = link.next() {
      switch event {
      case .opened:
        notify(.opened)
        apply(.opened)
      case .received(let message): apply(.received(message))
      case .context: break
      case .keptAlive: events?.note(.keepalive)
      case .lost(let loss): apply(.lost(loss))
      }
    }
    if outputs.isHeld != isHeld {
      isHeld = outputs.isHeld
      link.hold(isHeld)
      apply(.held(isHeld))
    }
  }

  private func handle(_ event: Event) {
    switch event {
    case .engine(let news, let job, let opening):
      link.receive(news, job: job, opening: opening)
      settle()
    case .link(let event, let opening):
      link.accept(event, opening: opening)
      settle()
    case .sinkChanged:
      outputs.update()
      tellRecordings()
      if outputs.isDeaf && !sessionEnded { stop() }
    case .signal(let number): signal(number)
    case .copyFailed(let code):
      outcome.copyError = code
      stop()
    case .floorGranted: floorGranted()
    case .floorRefused:
      outcome.speakersWereTaken = true
      stop()
    case .voices(let result): take(input.listed(result, at: .now))
    }
  }

  func take(_ wishes: [SpeechInputEvent]) {
    for wish in wishes {
      switch wish {
      case .session(let event):
        if event == .finish { (inputEnded, outcome.hasWholeInput) = (true, true) }
        tell(event)
        apply(event)
      case .copy(let bytes): copier?.copy(bytes)
      case .skipped(let text): events?.skipped(text)
      case .line(let line): events?.moved(toLine: line)
      case .note(let body, let turn, let line): events?.note(body, turn: turn, line: line)
      case .invalidText(let name, let offset):
        events?.note(.warning("\(name) is not UTF-8 at byte \(offset)"))
        notify(.invalidText(in: name, offset: offset))
      case .unreadable(let name, let code): outcome.inputError = (name, code)
      case .silence: silence()
      case .pause(let paused): pause(paused)
      case .volume(let level): outputs.setVolume(decibels: level)
      case .record(let path): record(path)
      case .listVoices: listVoices()
      case .leave(let signal): leave(by: signal)
      }
    }
  }

  func apply(_ event: SpeechSession.Event) {
    let now = ContinuousClock.now
    let actions = session.receive(event, at: now)
    events?.observe(event, actions, connectedIn: link.connectTimes, at: now)
    let wishes = input.observe(event, actions, connected: session.isConnected, at: now)
    for action in actions {
      perform(action)
      notify(.session(action))
    }
    take(wishes)
  }

  private func perform(_ action: SpeechSession.Action) {
    switch action {
    case .connect: link.open()
    case .disconnect: link.drop()
    case .send(let frame): link.send(frame)
    case .play(let frame, turn: _): play(frame)
    case .turnEnded(let report):
      outcome.reports.append(report)
      outputs.endTurn()
      if case .failed = report.ending, input.endsWithFailure { stopAfterFailure() }
    case .unreachable(let failure):
      guard input.endsWithFailure else { break }
      outcome.failure = failure
      stopAfterFailure()
    case .finished: endSession()
    case .turnBegan: claimFloor()
    case .segment, .words, .settingsUpdated, .settingsRefused, .retrying, .resumed:
      break
    }
  }

  /// What was received is played and kept; nothing more is asked for.
  private func stopAfterFailure() {
    guard !inputEnded || !sessionEnded else { return }
    inputEnded = true
    link.close()
    endSession()
  }

  /// Whether a turn is under way.
  var isBusy: Bool { session.isBusy }

  private func listVoices() {
    let (list, inbox) = (setup.listVoices, inbox)
    do throws(SystemError) {
      _ = try Thread(name: "kugel-voices") { inbox.post(.voices(list())) }
    } catch {
      inbox.post(.voices(.failure(ConversationProblem(error.description))))
    }
  }

  private func endSession() {
    guard !sessionEnded else { return }
    sessionEnded = true
    giveUpAt = nil
    outputs.finish()
  }
}
