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
  private let copier: TextCopier?
  private let connection: any SpeechConnection
  private let local: LocalConnection?
  private let links: LinkQueue
  private let notify: (SpeechNotice) -> Void
  private var outcome = SpeechOutcome()
  private var sessionEnded = false
  private var inputEnded = false
  private var isHeld = false
  private var giveUpAt: ContinuousClock.Instant?

  package init(
    _ setup: SpeechSetup, input: any SpeechInput, notify: @escaping (SpeechNotice) -> Void
  ) throws(ThreadError) {
    session = SpeechSession(
      settings: setup.settings, policy: setup.policy, chance: .random(in: 0..<1))
    inbox = setup.inbox
    self.input = input
    self.notify = notify
    outputs = OutputSet(setup.sinks, capacity: setup.queueSeconds)
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
      connection = local
    }
  }

  /// Blocks until everything is spoken, saved and played, or given up.
  package func run() -> SpeechOutcome {
    apply(.start)
    take(input.begin(at: .now))
    while !(sessionEnded && outputs.isEmpty) {
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
    if outcome.signal == nil && outcome.copyError == nil { copier?.finish() }
    outcome.sinkErrors = outputs.errors
    return outcome
  }

  private var deadline: ContinuousClock.Instant? {
    [
      session.deadline, connection.deadline, inputEnded ? nil : input.deadline, giveUpAt,
      // Nothing announces that a slow reader of the copied text has caught up.
      (copier?.backlog ?? 0) < 64 ? nil : .now + .milliseconds(20),
    ].compactMap(\.self).min()
  }

  private func tick(at now: ContinuousClock.Instant) {
    if let due = connection.deadline, now >= due { connection.tick(at: now) }
    if let due = session.deadline, now >= due { apply(.tick) }
    if !inputEnded, let due = input.deadline, now >= due { take(input.tick(at: now)) }
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
      case .opened: apply(.opened)
      case .received(let message): apply(.received(message))
      case .context: break
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
    case .sinkChanged:
      outputs.update()
      if outputs.isEmpty && !sessionEnded { stop() }
    case .signal(let number):
      outcome.signal = number
      stop()
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
        apply(event)
      case .copy(let bytes): copier?.copy(bytes)
      case .invalidText(let offset): notify(.invalidText(offset: offset))
      case .unreadable(let code): outcome.inputError = code
      }
    }
  }

  /// Silence first; then the service is told, and what was made is kept.
  private func stop() {
    inputEnded = true
    outputs.cut()
    giveUpAt = .now + Self.acknowledgementPatience
    apply(.cancel)
    apply(.finish)
  }

  private func apply(_ event: SpeechSession.Event) {
    for action in session.receive(event, at: .now) {
      perform(action)
      notify(.session(action))
    }
  }

  private func perform(_ action: SpeechSession.Action) {
    switch action {
    case .connect: connection.open()
    case .disconnect:
      connection.close()
      links.clear()
    case .send(let frame): connection.send(frame)
    case .play(let frame, turn: _): outputs.play(frame)
    case .turnEnded(let report):
      outcome.reports.append(report)
      if case .failed = report.ending { stopAfterFailure() }
    case .unreachable(let failure):
      outcome.failure = failure
      stopAfterFailure()
    case .finished: endSession()
    case .turnBegan, .segment, .words, .settingsUpdated, .settingsRefused, .retrying, .resumed:
      break
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

/// What the connection said and the session has not heard yet.
private final class LinkQueue {
  private var events: ArraySlice<LinkEvent> = []

  func append(_ event: LinkEvent) { events.append(event) }
  func next() -> LinkEvent? { events.popFirst() }
  func clear() { events = [] }
}
