import KugelSession
import KugelWire
import Testing

@Suite struct SpeechSessionLossTests {
  private let loss = ServiceFailure.closed(code: 1006)

  @Test func `before any audio the turn is sent again, each frame once and in order`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One. "))
    _ = bench.after(.zero, .text("Two."))
    _ = bench.after(.zero, .endTurn)
    #expect(
      bench.after(.zero, .lost(loss))
        == [.retrying(attempt: 1, after: .milliseconds(100), cause: loss)])
    #expect(bench.after(.milliseconds(99), .tick) == [])
    #expect(bench.after(.milliseconds(1), .tick) == [.connect])
    #expect(
      bench.after(.zero, .opened) == [
        .send(ClientFrame(text: "One. ", settings: .voiced)), .send(ClientFrame(text: "Two.")),
        .send(.flush),
      ])
  }

  @Test func `retries are counted and then the turn fails`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One."))
    for attempt in 1...3 {
      let actions = bench.after(.zero, .lost(loss))
      #expect(actions.contains { if case .retrying(attempt, _, _) = $0 { true } else { false } })
      _ = bench.after(.seconds(3), .tick)
    }
    #expect(
      bench.after(.zero, .lost(loss)).reports.map(\.ending) == [.failed(.service(loss))])
  }

  @Test(arguments: [4001, 4003] as [UInt16])
  func `a refusal is not tried again`(code: UInt16) {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One."))
    let refusal = ServiceFailure.closed(code: code)
    #expect(
      bench.after(.zero, .lost(refusal)).reports.map(\.ending) == [.failed(.service(refusal))])
  }

  @Test func `a replica that restarts is given the second it asks for`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One."))
    let restart = ServiceFailure.closed(code: 1012)
    #expect(
      bench.after(.zero, .lost(restart))
        == [.retrying(attempt: 1, after: .seconds(1), cause: restart)])
  }

  @Test func `the service's own wish to wait is honoured`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One."))
    let busy = ServiceFailure.http(status: 429, retryAfter: 7)
    #expect(
      bench.after(.zero, .lost(busy)) == [.retrying(attempt: 1, after: .seconds(7), cause: busy)])
  }

  @Test func `after audio the turn resumes behind what was received`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One. Two. "))
    _ = bench.after(.zero, .text("Three."))
    _ = bench.after(.zero, .endTurn)
    _ = bench.after(.zero, .received(.generationStarted(chunk: 0, text: "One.")))
    #expect(bench.after(.zero, .received(.audio(.of([1, 2])))).played == [1, 2])
    _ = bench.after(
      .zero, .received(.chunkComplete(chunk: 0, audioSeconds: 0, generationMilliseconds: 0)))
    _ = bench.after(.zero, .received(.generationStarted(chunk: 1, text: "Two.")))
    #expect(bench.after(.zero, .received(.audio(.of([3, 4])))).played == [3, 4])
    #expect(bench.after(.zero, .lost(loss)).last == .resumed(turn: 1))
    _ = bench.after(.seconds(1), .tick)
    #expect(bench.after(.zero, .opened).texts == ["Two. ", "Three."])
    #expect(bench.after(.zero, .received(.audio(.of([3, 4, 5])))).played == [5])
  }

  @Test func `with on-drop fail the turn fails after audio`() {
    var policy = SessionPolicy()
    policy.onDrop = .fail
    var bench = SessionBench.open(policy: policy)
    _ = bench.after(.zero, .text("One."))
    _ = bench.after(.zero, .received(.audio(.of([1]))))
    #expect(
      bench.after(.zero, .lost(loss)).reports.map(\.ending) == [.failed(.service(loss))])
  }

  @Test func `with on-drop restart the turn is spoken from its start, but not for ever`() {
    var policy = SessionPolicy()
    policy.onDrop = .restart
    var bench = SessionBench.open(policy: policy)
    _ = bench.after(.zero, .text("One."))
    for _ in 1...3 {
      #expect(bench.after(.zero, .received(.audio(.of([1])))).played == [1])
      #expect(bench.after(.zero, .lost(loss)).last == .resumed(turn: 1))
      _ = bench.after(.seconds(3), .tick)
      #expect(bench.after(.zero, .opened).texts == ["One."])
    }
    _ = bench.after(.zero, .received(.audio(.of([1]))))
    #expect(
      bench.after(.zero, .lost(loss)).reports.map(\.ending) == [.failed(.service(loss))])
  }

  @Test func `an idle connection that ends is opened again when it is needed`() {
    var bench = SessionBench.open()
    #expect(bench.after(.zero, .lost(loss)) == [])
    #expect(bench.after(.seconds(60), .text("Hello.")) == [.turnBegan(1), .connect])
    #expect(bench.after(.zero, .opened).texts == ["Hello."])
  }

  @Test(
    arguments: [
      (SessionFailure.Stage.first, false, 10_000), (.stall, true, 10_000),
    ])
  func `silence of a service that owes audio ends the turn`(
    stage: SessionFailure.Stage, hasAudio: Bool, milliseconds: Int
  ) {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One."))
    #expect(bench.session.deadline == nil)
    _ = bench.after(.zero, .endTurn)
    if hasAudio { _ = bench.after(.zero, .received(.audio(.of([1])))) }
    #expect(bench.after(.milliseconds(milliseconds - 1), .tick) == [])
    let actions = bench.after(.milliseconds(1), .tick)
    #expect(actions.first == .disconnect)
    #expect(
      actions.reports.map(\.ending)
        == [.failed(.timedOut(stage, after: .milliseconds(milliseconds)))])
  }

  @Test func `a turn's patience begins when the turn before it has ended`() {
    var bench = SessionBench.open()
    for text in ["One.", "Two."] {
      _ = bench.after(.zero, .text(text))
      _ = bench.after(.zero, .endTurn)
    }
    _ = bench.after(.zero, .received(.audio(.of([1]))))
    _ = bench.after(.seconds(9), .received(.audio(.of([1]))))
    _ = bench.after(.seconds(9), .received(.sessionClosed(TurnTotals(), usage: nil)))
    #expect(bench.after(.seconds(9), .tick) == [])
    #expect(bench.after(.seconds(1), .tick).first == .disconnect)
  }

  @Test func `silence while outputs are full is nobody's fault`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One."))
    _ = bench.after(.zero, .endTurn)
    _ = bench.after(.zero, .received(.audio(.of([1]))))
    _ = bench.after(.zero, .held(true))
    #expect(bench.session.deadline == nil)
    _ = bench.after(.seconds(100), .held(false))
    #expect(bench.after(.seconds(9), .tick) == [])
  }

  @Test func `a connection that is never made is tried again and then given up`() {
    var policy = SessionPolicy()
    policy.retries = 1
    var bench = SessionBench(policy: policy)
    _ = bench.after(.zero, .start)
    let cause = ServiceFailure.unreachable(
      "no connection was made within 5000 ms", mayPass: true)
    #expect(
      bench.after(.seconds(5), .tick)
        == [.disconnect, .retrying(attempt: 1, after: .milliseconds(100), cause: cause)])
    #expect(bench.after(.milliseconds(100), .tick) == [.connect])
    #expect(
      bench.after(.seconds(5), .tick)
        == [.disconnect, .unreachable(.timedOut(.connect, after: .seconds(5)))])
  }

  @Test func `text that waited for a connection that was not made goes out with the next`() {
    var bench = SessionBench()
    _ = bench.after(.zero, .text("One."))
    _ = bench.after(.seconds(5), .tick)
    _ = bench.after(.zero, .text(" Two."))
    #expect(bench.after(.milliseconds(100), .tick) == [.connect])
    #expect(bench.after(.zero, .opened).texts == ["One.", " Two."])
  }
}
