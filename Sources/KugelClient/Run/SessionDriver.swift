import KugelConnections
import KugelSession
import KugelWire

/// Drives one session and its connection: carries what either says to the other, until neither has
/// more to say. Used on the run's thread.
package final class SessionDriver<Machine: SessionMachine>: LinkEnd {
  /// In the news of its connection.
  package let number: Int
  package private(set) var machine: Machine
  private let connection: any SpeechConnection
  private let clock: any RunClock
  package weak var owner: (any SessionOwner<Machine>)?
  /// What the connection said and the session has not heard yet: it may speak while the session's last
  /// word is still being carried out.
  private var said = Said()
  /// When the news that are being taken came in.
  private var arrival: ContinuousClock.Instant?
  private var isHeld = false

  package init(
    _ machine: Machine, over connection: any SpeechConnection, number: Int = 0,
    clock: any RunClock, owner: (any SessionOwner<Machine>)? = nil
  ) {
    self.machine = machine
    self.connection = connection
    self.number = number
    self.clock = clock
    self.owner = owner
    connection.deliver = { [unowned self] event in said.append(event, at: arrival ?? clock.now) }
  }

  package var connectTimes: ConnectTimes? { connection.connectTimes }

  package var deadline: ContinuousClock.Instant? {
    earliest(machine.deadline, connection.deadline)
  }

  // MARK: From outside

  @specialized(where Machine == SpeechSession)
  package func apply(_ event: Machine.Event) {
    let now = clock.now
    let actions = machine.receive(event, at: now)
    let afterwards = owner?.decided(event, actions, by: self, at: now)
    for action in actions {
      owner?.perform(action, of: self)
      switch action.wish {
      case .connect: connection.open()
      case .disconnect: hangUp()
      case .send(let frame): connection.send(frame)
      case nil: break
      }
    }
    afterwards?()
  }

  @specialized(where Machine == SpeechSession)
  package func receive(_ news: ConnectionNews) {
    arrival = news.at
    connection.receive(news)
    arrival = nil
    settle()
  }

  package func tick(at now: ContinuousClock.Instant) {
    if let due = connection.deadline, now >= due { connection.tick(at: now) }
    settle()
    if let due = machine.deadline, now >= due { apply(.tick) }
    settle()
  }

  /// Outputs are full, or have room again.
  package func hold(_ held: Bool) {
    guard held != isHeld else { return }
    isHeld = held
    connection.hold(held)
    apply(.held(held))
  }

  /// What the service did not say until now is not held against it.
  package func forgive() {
    apply(.held(true))
    apply(.held(isHeld))
  }

  /// Carries what the connection said to the session.
  @specialized(where Machine == SpeechSession)
  package func settle() {
    while let (event, at) = said.next() {
      owner?.hears(event, of: self, at: at)
      switch event {
      case .opened: apply(.opened)
      case .received(let frame): if let event = Machine.Event.heard(frame) { apply(event) }
      case .keptAlive, .greeted: break
      case .lost(let failure): apply(.lost(failure))
      }
      owner?.heard(event, of: self)
    }
  }

  // MARK: The end

  /// Nothing more is wanted; what was said already is still to be heard.
  package func close() { connection.close() }

  /// What was said is nobody's any more.
  private func hangUp() {
    connection.close()
    said = Said()
  }

  /// Hangs up, and begins anew.
  package func restart(_ machine: Machine) {
    hangUp()
    self.machine = machine
  }

  /// Nothing more will be asked for.
  package func rest() { connection.rest() }

  /// Ends the connection for good, and without another word.
  package func leave() {
    connection.leave()
    said = Said()
  }
}

/// What a connection said, in order, until it is heard. The place it takes is kept: nearly always it is one
/// frame after the other.
private struct Said {
  private var events: [(event: LinkEvent, at: ContinuousClock.Instant)] = []
  private var heard = 0

  mutating func append(_ event: LinkEvent, at moment: ContinuousClock.Instant) {
    events.append((event, moment))
  }

  mutating func next() -> (event: LinkEvent, at: ContinuousClock.Instant)? {
    guard heard < events.count else { return nil }
    defer {
      heard += 1
      if heard == events.count {
        events.removeAll(keepingCapacity: heard <= 64)
        heard = 0
      }
    }
    return events[heard]
  }
}

/// Who watches a session and performs what does not concern its connection.
package protocol SessionOwner<Machine>: AnyObject {
  associatedtype Machine: SessionMachine

  /// Something came over the connection; the session hears it after this.
  func hears(
    _ event: LinkEvent, of driver: SessionDriver<Machine>, at moment: ContinuousClock.Instant)
  /// The session has heard it.
  func heard(_ event: LinkEvent, of driver: SessionDriver<Machine>)
  /// What came of an event; the actions are carried out after this.
  ///
  /// - Returns: what is to be done once they are.
  func decided(
    _ event: Machine.Event, _ actions: [Machine.Action], by driver: SessionDriver<Machine>,
    at now: ContinuousClock.Instant
  ) -> (() -> Void)?
  func perform(_ action: Machine.Action, of driver: SessionDriver<Machine>)
}

extension SessionOwner {
  package func hears(
    _ event: LinkEvent, of driver: SessionDriver<Machine>, at moment: ContinuousClock.Instant
  ) {}
  package func heard(_ event: LinkEvent, of driver: SessionDriver<Machine>) {}
  package func decided(
    _ event: Machine.Event, _ actions: [Machine.Action], by driver: SessionDriver<Machine>,
    at now: ContinuousClock.Instant
  ) -> (() -> Void)? { nil }
}
