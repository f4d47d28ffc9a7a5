import KugelSession
import KugelWire
import Testing

@Suite struct EventRecorderTests {
  private let start = ContinuousClock.now

  private func recorder() -> EventRecorder {
    EventRecorder(start: start) { _ in
      SpeechEvent.Trouble(code: "service", message: "gone", exit: 69)
    }
  }

  private func texts(_ events: [SpeechEvent]) -> [(line: Int?, source: Range<Int>)] {
    events.compactMap { event in
      if case .text(_, let source) = event.body { (event.line, source) } else { nil }
    }
  }

  @Test func `texts stand at their lines and places in the input, whatever is between them`() {
    var recorder = recorder()
    var told = recorder.observe(.text("One\ntwo "), [.turnBegan(1)], at: start)
    told += recorder.observe(.text("three.\n"), [], at: start)
    recorder.skipped("\n\n\0")
    told += recorder.observe(.text("Four."), [.turnBegan(2)], at: start)
    recorder.moved(toLine: 40)
    told += recorder.observe(.text(" Five."), [], at: start)
    let places = texts(told)
    #expect(places.map(\.line) == [1, 2, 5, 40])
    #expect(places.map(\.source) == [0..<8, 8..<15, 18..<23, 23..<29])
  }

  @Test func `a connection that is there is reused, one that was lost is not`() {
    var recorder = recorder()
    var told = recorder.observe(.start, [.connect], at: start)
    told += recorder.observe(
      .opened, [], connectedIn: ConnectTimes(name: 1, tcp: 2), at: start + .milliseconds(5))
    for turn in 1...2 {
      told += recorder.observe(.text("Hi."), [.turnBegan(turn)], at: start)
      told += recorder.observe(.endTurn, [.turnEnded(TurnReport(turn: turn))], at: start)
    }
    told += recorder.observe(.lost(.closed(code: 1001)), [], at: start)
    told += recorder.observe(.text("Hi."), [.turnBegan(3), .connect], at: start)
    told += recorder.observe(.opened, [], at: start + .milliseconds(7))
    let connections = told.compactMap { event -> Bool? in
      if case .connect(_, let reused) = event.body { reused } else { nil }
    }
    #expect(connections == [false, true, false])
    guard case .connect(let times, _) = told.first?.body else {
      Issue.record("\(told)")
      return
    }
    #expect(times.name == .milliseconds(1))
    #expect(times.tls == nil)
    #expect(times.total == .milliseconds(5))
  }
}
