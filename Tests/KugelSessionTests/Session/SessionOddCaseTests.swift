import KugelSession
import KugelWire
import Testing

private func sent(_ actions: [SpeechSession.Action]) -> [ClientFrame] {
  actions.compactMap { if case .send(let frame) = $0 { frame } else { nil } }
}

private func reports(_ actions: [SpeechSession.Action]) -> [TurnReport] {
  actions.compactMap { if case .turnEnded(let report) = $0 { report } else { nil } }
}

private func played(_ actions: [SpeechSession.Action]) -> [Int16] {
  actions.flatMap { action -> [Int16] in
    if case .play(let frame, turn: _) = action { frame.samples } else { [] }
  }
}

private let closed = ServiceMessage.sessionClosed(TurnTotals(audioSeconds: 1), usage: nil)
private let emptyClose = ServiceMessage.sessionClosed(TurnTotals(), usage: nil)
private let idle = ServiceMessage.warning(.idle(seconds: 5))
private let loss = ServiceFailure.closed(code: 1006)

/// Messages that cross on the wire, losses after losses.
@Suite struct SessionOddCaseTests {
  private func bench(speaking text: String, of whole: String) -> SessionBench {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text(whole))
    _ = bench.after(.zero, .received(.generationStarted(chunk: 0, text: text)))
    _ = bench.after(.zero, .received(.audio(.of([1]))))
    _ = bench.after(
      .zero, .received(.chunkComplete(chunk: 0, audioSeconds: 0, generationMilliseconds: 0)))
    return bench
  }

  @Test func `a second loss within the repeated part repeats nothing to the listener`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One long sentence."))
    _ = bench.after(.zero, .endTurn)
    _ = bench.after(.zero, .received(.generationStarted(chunk: 0, text: "One long sentence.")))
    #expect(played(bench.after(.zero, .received(.audio(.of([1, 2, 3, 4]))))) == [1, 2, 3, 4])
    _ = bench.after(.zero, .lost(loss))
    _ = bench.after(.seconds(1), .tick)
    _ = bench.after(.zero, .opened)
    #expect(played(bench.after(.zero, .received(.audio(.of([1, 2]))))) == [])
    _ = bench.after(.zero, .lost(loss))
    _ = bench.after(.seconds(1), .tick)
    _ = bench.after(.zero, .opened)
    #expect(played(bench.after(.zero, .received(.audio(.of([1, 2, 3, 4, 5]))))) == [5])
  }

  @Test func `skipping follows another rate of the new connection`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One."))
    _ = bench.after(.zero, .endTurn)
    _ = bench.after(.zero, .received(.audio(.of([1, 2, 3]))))
    _ = bench.after(.zero, .lost(loss))
    _ = bench.after(.seconds(1), .tick)
    _ = bench.after(.zero, .opened)
    let doubled = AudioFrame(
      samples: [1, 1, 2, 2, 3, 3, 4, 4], rate: 48_000, index: 0, chunk: 0)
    #expect(played(bench.after(.zero, .received(.audio(doubled)))) == [4, 4])
  }

  @Test func `when only the end was lost the turn is complete`() {
    var bench = bench(speaking: "One.", of: "One.")
    _ = bench.after(.zero, .endTurn)
    let actions = bench.after(.zero, .lost(loss))
    #expect(reports(actions).map(\.ending) == [.complete])
    #expect(bench.session.deadline == nil)
  }

  @Test func `text that crossed the service's own end of the turn is heard in the next`() {
    var bench = bench(speaking: "One.", of: "One. ")
    _ = bench.after(.zero, .text("Two."))
    _ = bench.after(.zero, .received(idle))
    #expect(reports(bench.after(.zero, .received(closed))) == [])
    _ = bench.after(.zero, .received(.generationStarted(chunk: 0, text: "Two.")))
    #expect(played(bench.after(.zero, .received(.audio(.of([2]))))) == [2])
    #expect(sent(bench.after(.zero, .endTurn)) == [.flush])
    #expect(reports(bench.after(.zero, .received(closed))).map(\.ending) == [.complete])
  }

  @Test func `text behind the warning begins the service's next turn`() {
    var bench = bench(speaking: "One.", of: "One. ")
    _ = bench.after(.zero, .received(idle))
    #expect(sent(bench.after(.zero, .text("Two."))).map(\.text) == ["Two."])
    #expect(sent(bench.after(.zero, .endTurn)) == [.flush])
    _ = bench.after(.zero, .received(closed))
    #expect(played(bench.after(.zero, .received(.audio(.of([2]))))) == [2])
    #expect(reports(bench.after(.zero, .received(closed))).map(\.turn) == [1])
  }

  @Test func `a turn that the service ended needs no flush of ours`() {
    var bench = bench(speaking: "One.", of: "One.")
    _ = bench.after(.zero, .received(idle))
    #expect(sent(bench.after(.zero, .endTurn)) == [])
    #expect(reports(bench.after(.zero, .received(closed))).map(\.ending) == [.complete])
  }

  @Test func `the empty answer to a flush that came too late does not end the next turn`() {
    var bench = bench(speaking: "One.", of: "One.")
    #expect(sent(bench.after(.zero, .endTurn)) == [.flush])
    _ = bench.after(.zero, .received(idle))
    _ = bench.after(.zero, .received(closed))
    _ = bench.after(.zero, .text("Two."))
    #expect(bench.after(.zero, .received(emptyClose)) == [])
    #expect(played(bench.after(.zero, .received(.audio(.of([2]))))) == [2])
    _ = bench.after(.zero, .endTurn)
    #expect(reports(bench.after(.zero, .received(closed))).map(\.turn) == [2])
  }

  @Test func `a service that asks for too long a pause is not waited for`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One."))
    let busy = ServiceFailure.http(status: 429, retryAfter: 3600)
    #expect(
      reports(bench.after(.zero, .lost(busy))).map(\.ending) == [.failed(.service(busy))])
  }

  @Test func `what another try cannot change is not tried again`() {
    var bench = SessionBench()
    _ = bench.after(.zero, .start)
    let lost = ServiceFailure.unreachable("no trust", mayPass: false)
    #expect(bench.after(.zero, .lost(lost)) == [.unreachable(.service(lost))])
  }

  @Test func `the whole may be limited`() {
    var policy = SessionPolicy()
    policy.totalTimeout = .seconds(60)
    var bench = SessionBench.open(policy: policy)
    _ = bench.after(.seconds(50), .text("One."))
    #expect(bench.after(.milliseconds(9_999), .tick) == [])
    let actions = bench.after(.milliseconds(1), .tick)
    #expect(actions.first == .disconnect)
    #expect(
      reports(actions).map(\.ending) == [.failed(.timedOut(.total, after: .seconds(60)))])
  }
}
