import KugelService
import KugelServiceCore
import KugelSession
import KugelSystem
import KugelWire

/// One service that speaks some of a script's voices: its connection, and the session that decides.
/// Used on the run's thread.
final class ScriptDesk {
  private var session: MultiSession
  private let link: ServiceLink
  private let perform: (MultiSession.Action) -> Void
  private(set) var isOver = false
  private var isHeld = false

  /// - Parameters:
  ///   - number: of the desk, in its events.
  ///   - perform: what the session wants done besides talking to the service.
  init(
    _ service: ScriptService, number: Int, inbox: Inbox<ScriptRun.Event>,
    perform: @escaping (MultiSession.Action) -> Void
  ) {
    session = MultiSession(policy: service.policy, chance: .random(in: 0..<1))
    self.perform = perform
    link = ServiceLink(service.place, endpoint: .multi) { news, job, opening in
      inbox.post(.engine(news, job: job, opening: opening, desk: number))
    }
    apply(.start)
  }

  var deadline: ContinuousClock.Instant? {
    [session.deadline, link.deadline].compactMap(\.self).min()
  }

  func apply(_ event: MultiSession.Event) {
    for action in session.receive(event, at: .now) {
      switch action {
      case .connect: link.open()
      case .disconnect: link.drop()
      case .send(let frame): link.send(frame)
      case .finished: isOver = true
      case .turnBegan, .segment, .play, .words, .turnEnded, .resumed, .contextClosed,
        .settingsUpdated, .settingsRefused, .retrying, .unreachable:
        break
      }
      perform(action)
    }
  }

  func receive(_ news: EngineNews, job: Int, opening: Int) {
    link.receive(news, job: job, opening: opening)
    settle()
  }

  func accept(_ event: LinkEvent, opening: Int) {
    link.accept(event, opening: opening)
    settle()
  }

  /// Carries what the connection said to the session, until neither has more to say.
  func settle() {
    while let event = link.next() {
      switch event {
      case .opened: apply(.opened)
      case .received(let message): apply(.received(ServiceFrame(message)))
      case .context(let name, let message):
        apply(.received(ServiceFrame(message, context: name)))
      case .keptAlive: break
      case .lost(let loss): apply(.lost(loss))
      }
    }
  }

  func hold(_ held: Bool) {
    guard held != isHeld else { return }
    isHeld = held
    link.hold(held)
    apply(.held(held))
  }

  func forgive() {
    apply(.held(true))
    apply(.held(isHeld))
  }

  func tick(at now: ContinuousClock.Instant) {
    link.tick(at: now)
    if let due = session.deadline, now >= due { apply(.tick) }
    settle()
  }

  /// Ends the connection without another word.
  func leave() {
    link.leave()
    link.drop()
    isOver = true
  }
}
