import KugelSession
import KugelWire
import Testing

@Suite struct EventRecorderTests {
  private let start = ContinuousClock.now

  /// A run's happenings, told as events.
  private struct Log {
    var happenings = Happenings()
    var recorder: EventRecorder
    var events: [SpeechEvent] = []

    init(start: ContinuousClock.Instant) {
      recorder = EventRecorder(start: start) { _ in
        SpeechEvent.Trouble(code: "service", message: "gone", exit: 69)
      }
    }

    mutating func observe(
      _ event: SpeechSession.Event, _ actions: [SpeechSession.Action],
      connectedIn parts: ConnectTimes? = nil, at now: ContinuousClock.Instant
    ) {
      events += recorder.tell(
        happenings.observe(event, actions, connectedIn: parts, at: now))
    }
  }

  private func texts(_ events: [SpeechEvent]) -> [(line: Int?, source: Range<Int>)] {
    events.compactMap { event in
      if case .text(_, let source) = event.body { (event.line, source) } else { nil }
    }
  }

  @Test func `texts stand at their lines and places in the input, whatever is between them`() {
    var log = Log(start: start)
    log.observe(.text("One\ntwo "), [.turnBegan(1)], at: start)
    log.observe(.text("three.\n"), [], at: start)
    log.happenings.skipped("\n\n\0")
    log.observe(.text("Four."), [.turnBegan(2)], at: start)
    log.happenings.moved(toLine: 40)
    log.observe(.text(" Five."), [], at: start)
    let places = texts(log.events)
    #expect(places.map(\.line) == [1, 2, 5, 40])
    #expect(places.map(\.source) == [0..<8, 8..<15, 18..<23, 23..<29])
  }

  @Test func `a connection that is there is reused, one that was lost is not`() {
    var log = Log(start: start)
    log.observe(.start, [.connect], at: start)
    log.observe(
      .opened, [], connectedIn: ConnectTimes(name: 1, tcp: 2), at: start + .milliseconds(5))
    for turn in 1...2 {
      log.observe(.text("Hi."), [.turnBegan(turn)], at: start)
      log.observe(.endTurn, [.turnEnded(TurnReport(turn: turn))], at: start)
    }
    log.observe(.lost(.closed(code: 1001)), [], at: start)
    log.observe(.text("Hi."), [.turnBegan(3), .connect], at: start)
    log.observe(.opened, [], at: start + .milliseconds(7))
    let connections = log.events.compactMap { event -> Bool? in
      if case .connect(_, let reused) = event.body { reused } else { nil }
    }
    #expect(connections == [false, true, false])
    guard case .connect(let times, _) = log.events.first?.body else {
      Issue.record("\(log.events)")
      return
    }
    #expect(times.name == .milliseconds(1))
    #expect(times.tls == nil)
    #expect(times.total == .milliseconds(5))
  }

  @Test func `what ended a turn is told once, though the run ends with it`() {
    var log = Log(start: start)
    log.observe(.text("Hi."), [.turnBegan(1)], at: start)
    var report = TurnReport(turn: 1)
    report.ending = .failed(.timedOut(.first, after: .seconds(1)))
    log.observe(.tick, [.turnEnded(report)], at: start)
    #expect(log.events.count { $0.body.name == "error" } == 1)
    let same = SpeechEvent.Trouble(code: "service", message: "gone, and why", exit: 69)
    #expect(log.recorder.last(same, at: start) == nil)
    let other = SpeechEvent.Trouble(code: "ioFailed", message: "the disk is full", exit: 74)
    #expect(log.recorder.last(other, at: start)?.body == .error(other))
  }
}
