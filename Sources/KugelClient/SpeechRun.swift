import Glibc
import KugelAudio
import KugelCore
import KugelThreads

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
  }

  /// How long Ctrl-C waits for the service to acknowledge.
  private static let acknowledgementPatience = Duration.milliseconds(500)

  private var session: SpeechSession
  private let inbox: Inbox<Event>
  private let input: any SpeechInput
  private let outputs: OutputSet
  private let events: EventLog?
  private let makeRecorder: (String) throws(ConversationProblem) -> SinkRunner
  private let copier: TextCopier?
  private let connection: any SpeechConnection
  private let local: LocalConnection?
  private let remote: RemoteConnection?
  private let links: LinkQueue<LinkEvent>
  private let notify: (SpeechNotice) -> Void
  private let observer: (any SpeechObserver)?
  private var lookAt: ContinuousClock.Instant?
  private var outcome = SpeechOutcome()
  private var sessionEnded = false
  private var inputEnded = false
  private var isHeld = false
  private var giveUpAt: ContinuousClock.Instant?
  private var isPaused = false
  private var gapsTold = 0

  package init(
    _ setup: SpeechSetup, input: any SpeechInput, notify: @escaping (SpeechNotice) -> Void
  ) throws(ThreadError) {
    session = SpeechSession(
      settings: setup.settings, policy: setup.policy, chance: .random(in: 0..<1))
    inbox = setup.inbox
    self.input = input
    self.notify = notify
    observer = setup.observer
    lookAt = setup.observer.map { _ in .now }
    outputs = OutputSet(
      setup.sinks, playback: setup.playback, capacity: setup.queueSeconds,
      recordsHeard: setup.recordsHeard)
    events = setup.events
    makeRecorder = setup.makeRecorder
    links = LinkQueue()
    copier =
      if let descriptor = setup.copyTo {
        try TextCopier(descriptor: descriptor) { [inbox] in inbox.post(.copyFailed(code: $0)) }
      } else {
        nil
      }
    switch setup.service {
    case .local(let profile, let worker):
      let local = LocalConnection(
        profile: profile, worker: worker,
        news: { [inbox] news, job, opening in
          inbox.post(.engine(news, job: job, opening: opening))
        },
        deliver: { [links] event in links.append(event) })
      self.local = local
      remote = nil
      connection = local
    case .remote(let remote):
      remote.deliver = { [links] event in links.append(event) }
      local = nil
      self.remote = remote
      connection = remote
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
    remote?.leave()
    tellGaps(at: .now)
    events?.played(outputs.position, at: .now)
    outcome.sinkErrors = outputs.errors
    return outcome
  }

  private var deadline: ContinuousClock.Instant? {
    [
      session.deadline, connection.deadline, inputEnded ? nil : input.deadline, giveUpAt,
      outputs.deadline, events?.deadline, lookAt,
      // Nothing announces that a slow reader of the copied text has caught up.
      (copier?.backlog ?? 0) < 64 ? nil : .now + .milliseconds(20),
    ].compactMap(\.self).min()
  }

  private func tick(at now: ContinuousClock.Instant) {
    if let due = connection.deadline, now >= due { connection.tick(at: now) }
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
    if let due = giveUpAt, now >= due {
      giveUpAt = nil
      connection.close()
      endSession()
    }
  }

  /// Carries what the connection said to the session, until neither has more to say.
  private func settle() {
    while let event = links.next() {
      switch event {
      case .opened:
        notify(.opened)
        apply(.opened)
      case .received(let message): apply(.received(message))
      case .lost(let loss): apply(.lost(loss))
      }
    }
    if outputs.isHeld != isHeld {
      isHeld = outputs.isHeld
      connection.hold(isHeld)
      apply(.held(isHeld))
    }
  }

  private func handle(_ event: Event) {
    switch event {
    case .engine(let news, let job, let opening):
      local?.receive(news, job: job, opening: opening)
      settle()
    case .link(let event, let opening):
      remote?.accept(event, opening: opening)
      settle()
    case .sinkChanged:
      outputs.update()
      if outputs.isDeaf && !sessionEnded { stop() }
    case .signal(let number): signal(number)
    case .copyFailed(let code):
      outcome.copyError = code
      stop()
    }
  }

  private func take(_ events: [SpeechInputEvent]) {
    for event in events {
      switch event {
      case .session(let event):
        if event == .finish { (inputEnded, outcome.hasWholeInput) = (true, true) }
        tell(event)
        apply(event)
      case .copy(let bytes): copier?.copy(bytes)
      case .invalidText(let name, let offset): notify(.invalidText(in: name, offset: offset))
      case .unreadable(let name, let code): outcome.inputError = (name, code)
      case .silence: silence()
      case .pause(let paused): pause(paused)
      case .volume(let level): outputs.setVolume(decibels: level)
      case .record(let path): record(path)
      }
    }
  }

  private func tell(_ event: SpeechSession.Event) {
    switch event {
    case .text(let text):
      outputs.textIsComplete(false)
      observer?.hear(text: text)
    case .endTurn: outputs.textIsComplete(true)
    case .finish:
      outputs.textIsComplete(true)
      observer?.hearEnd()
    default: break
    }
  }

  // MARK: The sound

  private func reportPosition(at now: ContinuousClock.Instant) {
    let position = outputs.position
    events?.played(position, at: now)
    if !inputEnded { take(input.played(position, at: now)) }
  }

  /// Silence first; whoever asked for it tells the service then.
  private func silence() {
    let position = outputs.silence()
    let now = ContinuousClock.now
    events?.silenced(at: position, now: now)
    take(input.silenced(at: position, now: now))
  }

  private func pause(_ paused: Bool) {
    isPaused = paused
    outputs.pause(paused)
  }

  private func record(_ path: String?) {
    do throws(ConversationProblem) {
      outputs.record(
        to: try path.map { (path) throws(ConversationProblem) in try makeRecorder(path) })
      take(input.recording(path, error: nil, at: .now))
    } catch {
      take(input.recording(path, error: error.message, at: .now))
    }
  }

  private func signal(_ number: CInt) {
    switch number {
    case SIGUSR1:
      if let wishes = input.signal(.togglePause, at: .now) {
        take(wishes)
      } else {
        pause(!isPaused)
      }
    case SIGTSTP: sleep()
    case SIGINT:
      if !inputEnded, let wishes = input.signal(.interrupt, at: .now) {
        take(wishes)
      } else {
        fallthrough
      }
    default:
      outcome.signal = number
      stop()
    }
  }

  /// Ctrl-Z: the sound is held, and goes on where it was when the process does.
  private func sleep() {
    let wasPaused = isPaused
    if !wasPaused { outputs.pause(true) }
    input.suspend()
    kill(getpid(), SIGSTOP)
    input.resume()
    // Nobody was silent while nobody listened.
    apply(.held(true))
    apply(.held(isHeld))
    if !wasPaused { outputs.pause(false) }
  }

  /// Silence first; then the service is told, and what was made is kept.
  private func stop() {
    inputEnded = true
    silence()
    outputs.cut()
    giveUpAt = .now + Self.acknowledgementPatience
    apply(.cancel)
    apply(.finish)
  }

  private func apply(_ event: SpeechSession.Event) {
    let now = ContinuousClock.now
    let actions = session.receive(event, at: now)
    events?.observe(event, actions, connectedIn: connection.connectTimes, at: now)
    let wishes = input.observe(event, actions, connected: session.isConnected, at: now)
    for action in actions {
      perform(action)
      notify(.session(action))
    }
    take(wishes)
  }

  private func perform(_ action: SpeechSession.Action) {
    switch action {
    case .connect: connection.open()
    case .disconnect:
      connection.close()
      links.clear()
    case .send(let frame): connection.send(frame)
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
    case .turnBegan, .segment, .words, .settingsUpdated, .settingsRefused, .retrying, .resumed:
      break
    }
  }

  private func play(_ frame: AudioFrame) {
    outputs.play(frame)
    let now = ContinuousClock.now
    tellGaps(at: now)
    reportPosition(at: now)
  }

  private func tellGaps(at now: ContinuousClock.Instant) {
    while outputs.gaps > gapsTold {
      gapsTold += 1
      events?.ranDry(at: now)
      notify(.ranDry(cushion: outputs.cushion))
      take(input.ranDry(at: now))
    }
  }

  /// What was received is played and kept; nothing more is asked for.
  private func stopAfterFailure() {
    guard !inputEnded || !sessionEnded else { return }
    inputEnded = true
    connection.close()
    endSession()
  }

  private func endSession() {
    guard !sessionEnded else { return }
    sessionEnded = true
    giveUpAt = nil
    outputs.finish()
  }
}
