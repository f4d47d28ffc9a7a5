import KugelConnections
import KugelSession
import KugelWire
import Testing

@testable import KugelClient

/// A session that only writes down what it is told, and asks for what the test has it ask for.
private struct Notebook: SessionMachine {
  enum Event: SessionEvent, Equatable {
    case start, opened, tick
    case lost(ServiceFailure)
    case held(Bool)
    case message(ServiceMessage)
    case ask(Action)

    static func heard(_ frame: ServiceFrame) -> Event? {
      frame.context == nil ? .message(frame.message) : nil
    }
  }

  enum Action: SessionAction, Equatable {
    case wish(String)
    case note(String)

    var wish: ConnectionWish? {
      switch self {
      case .wish("connect"): .connect
      case .wish("disconnect"): .disconnect
      case .wish(let text): .send(ClientFrame(text: text))
      case .note: nil
      }
    }
  }

  var deadline: ContinuousClock.Instant?
  var heard: [Event] = []

  mutating func receive(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    heard.append(event)
    if case .ask(let action) = event { return [action] }
    return []
  }
}

/// A connection that answers everything within the call.
private final class Parrot: SpeechConnection {
  var deliver: (LinkEvent) -> Void = { _ in }
  var deadline: ContinuousClock.Instant?
  var calls: [String] = []

  func open() {
    calls.append("open")
    deliver(.opened)
  }
  func send(_ frame: ClientFrame) {
    calls.append("send \(frame.text ?? "")")
    deliver(.received(ServiceFrame(.generationStarted(chunk: 0, text: frame.text ?? ""))))
  }
  func receive(_ news: ConnectionNews) {
    if case .service(let event) = news.content { deliver(event) }
  }
  func hold(_ held: Bool) { calls.append("hold \(held)") }
  func close() { calls.append("close") }
  func tick(at now: ContinuousClock.Instant) {}
}

private final class Watcher: SessionOwner {
  typealias Machine = Notebook
  var seen: [String] = []
  var moments: [ContinuousClock.Instant] = []

  func hears(
    _ event: LinkEvent, of driver: SessionDriver<Notebook>, at moment: ContinuousClock.Instant
  ) {
    seen.append("hears")
    moments.append(moment)
  }
  func heard(_ event: LinkEvent, of driver: SessionDriver<Notebook>) { seen.append("heard") }
  func decided(
    _ event: Notebook.Event, _ actions: [Notebook.Action], by driver: SessionDriver<Notebook>,
    at now: ContinuousClock.Instant
  ) -> (() -> Void)? {
    seen.append("decided")
    return { [unowned self] in seen.append("afterwards") }
  }
  func perform(_ action: Notebook.Action, of driver: SessionDriver<Notebook>) {
    seen.append("performs")
  }
}

@Suite struct SessionDriverTests {
  private let connection = Parrot()
  private let owner = Watcher()
  private let clock = FakeClock()
  private let driver: SessionDriver<Notebook>

  init() {
    driver = SessionDriver(Notebook(), over: connection, clock: clock, owner: owner)
  }

  @Test func `what the service says within a call is heard once that is carried out`() {
    driver.apply(.ask(.wish("hello")))
    #expect(driver.machine.heard == [.ask(.wish("hello"))])
    #expect(owner.seen == ["decided", "performs", "afterwards"])
    driver.settle()
    #expect(driver.machine.heard.last == .message(.generationStarted(chunk: 0, text: "hello")))
    #expect(owner.seen.dropFirst(3) == ["hears", "decided", "afterwards", "heard"])
  }

  @Test func `what is no message for the session goes past it, and the owner sees it`() {
    let frame = ServiceFrame(.interrupted, context: "a")
    driver.receive(ConnectionNews(.service(.received(frame)), opening: 1))
    driver.receive(ConnectionNews(.service(.keptAlive), opening: 1))
    #expect(driver.machine.heard == [])
    #expect(owner.seen == ["hears", "heard", "hears", "heard"])
  }

  @Test func `news count from when they came in, not from when they are taken`() {
    let before = clock.now
    clock.advance(by: .seconds(3))
    driver.receive(ConnectionNews(.service(.keptAlive), opening: 1, at: before))
    driver.receive(ConnectionNews(.service(.keptAlive), opening: 1))
    #expect(owner.moments == [before, clock.now])
  }

  @Test func `hanging up forgets what was said, closing does not`() {
    driver.apply(.ask(.wish("one")))
    driver.close()
    driver.settle()
    #expect(driver.machine.heard.count == 2)
    driver.apply(.ask(.wish("two")))
    driver.apply(.ask(.wish("disconnect")))
    driver.settle()
    #expect(driver.machine.heard.count == 4)
    #expect(connection.calls == ["send one", "close", "send two", "close"])
  }

  @Test func `a session that begins anew hears nothing of the one before`() {
    driver.apply(.ask(.wish("one")))
    driver.restart(Notebook())
    driver.settle()
    #expect(driver.machine.heard == [])
  }

  @Test func `reading stands still and goes on once each, and nobody is blamed for a pause`() {
    driver.hold(true)
    driver.hold(true)
    driver.forgive()
    driver.hold(false)
    driver.forgive()
    #expect(connection.calls == ["hold true", "hold false"])
    #expect(
      driver.machine.heard
        == [.held(true), .held(true), .held(true), .held(false), .held(true), .held(false)])
  }
}
