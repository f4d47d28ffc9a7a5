import KugelSession
import KugelWire
import Testing

@Suite struct SpeechSessionTests {
  @Test func `more text should wait while eight turns are unanswered`() {
    var policy = SessionPolicy()
    policy.charactersPerTurn = 10
    var bench = SessionBench.open(policy: policy)
    #expect(bench.session.hasRoom)
    _ = bench.after(.zero, .text(String(repeating: "nine char ", count: 8)))
    #expect(!bench.session.hasRoom)
    _ = bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil)))
    #expect(bench.session.hasRoom)
  }

  @Test func `the settings travel with the first text of a connection only`() {
    var bench = SessionBench.open()
    #expect(
      bench.after(.zero, .text("Hello ")) == [
        .turnBegan(1), .send(ClientFrame(text: "Hello ", settings: .voiced)),
      ])
    #expect(bench.after(.zero, .text("world.")) == [.send(ClientFrame(text: "world."))])
    #expect(bench.after(.zero, .endTurn) == [.send(.flush)])
  }

  @Test func `text before the connection waits for it, in order`() {
    var bench = SessionBench()
    #expect(bench.after(.zero, .start) == [.connect])
    #expect(bench.after(.zero, .text("One. ")) == [.turnBegan(1)])
    #expect(bench.after(.zero, .text("Two.")) == [])
    #expect(bench.after(.zero, .endTurn) == [])
    #expect(
      bench.after(.zero, .opened) == [
        .send(ClientFrame(text: "One. ", settings: .voiced)), .send(ClientFrame(text: "Two.")),
        .send(.flush),
      ])
  }

  @Test func `a turn ends with session_closed and says what was heard of it`() throws {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("Hi."))
    _ = bench.after(.zero, .endTurn)
    _ = bench.after(.zero, .received(.generationStarted(chunk: 0, text: "Hi.")))
    #expect(
      bench.after(.milliseconds(130), .received(.audio(.of([1, 2, 3]))))
        == [.play(.of([1, 2, 3]), turn: 1)])
    let usage = Usage(audioSeconds: 0.2, characters: 3)
    let report = try #require(
      bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: usage))).reports.first)
    #expect(report.ending == .complete)
    #expect(report.audioSamples == 3)
    #expect(report.characters == 3)
    #expect(report.segments == 1)
    #expect(report.usage == usage)
    #expect(report.timeToFirstAudio == .milliseconds(130))
  }

  @Test func `an older service without usage leaves its seconds only`() throws {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("Hi."))
    _ = bench.after(.zero, .endTurn)
    let closed = ServiceMessage.sessionClosed(TurnTotals(audioSeconds: 1.5), usage: nil)
    let report = try #require(bench.after(.zero, .received(closed)).reports.first)
    #expect(report.usage == Usage(audioSeconds: 1.5))
    #expect(report.usage?.characters == nil)
  }

  @Test func `white space alone is never sent and makes an empty turn`() throws {
    var bench = SessionBench.open()
    #expect(bench.after(.zero, .text(" \n")).texts == [])
    let report = try #require(bench.after(.zero, .endTurn).reports.first)
    #expect(report.ending == .empty)
  }

  @Test func `white space before the first word travels with it`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("\n "))
    #expect(bench.after(.zero, .text("Go.")).texts == ["\n Go."])
  }

  @Test func `text after a turn's end belongs to the next turn`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One."))
    _ = bench.after(.zero, .endTurn)
    #expect(
      bench.after(.zero, .text("Two.")) == [.turnBegan(2), .send(ClientFrame(text: "Two."))])
    _ = bench.after(.zero, .endTurn)
    #expect(bench.after(.zero, .received(.audio(.of([1])))) == [.play(.of([1]), turn: 1)])
    let first = bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil)))
    #expect(first.reports.map(\.turn) == [1])
    #expect(bench.after(.zero, .received(.audio(.of([2])))) == [.play(.of([2]), turn: 2)])
  }

  @Test func `a turn that the service ended by itself goes on silently with the next text`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One moment. "))
    _ = bench.after(.zero, .received(.warning(.idle(seconds: 5))))
    #expect(
      bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil))).reports.isEmpty)
    #expect(bench.after(.zero, .text("Here.")) == [.send(ClientFrame(text: "Here."))])
    _ = bench.after(.zero, .endTurn)
    let ended = bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil))).reports
    #expect(ended.map(\.turn) == [1])
    #expect(ended.first?.warnings.count == 1)
  }

  @Test func `after a barge-in everything up to the acknowledgement is dropped`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("A long story."))
    let cancelled = bench.after(.zero, .cancel)
    #expect(cancelled.first == .send(.cancel))
    #expect(cancelled.reports.map(\.ending) == [.cancelled])
    // What was sent before the answer would be paid twice if that never came.
    #expect(bench.after(.zero, .text("Next.")) == [.turnBegan(2)])
    #expect(bench.after(.zero, .received(.audio(.of([9])))) == [])
    #expect(bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil))) == [])
    #expect(
      bench.after(.zero, .received(.interrupted)) == [
        .send(ClientFrame(text: "Next.", settings: .voiced))
      ])
    #expect(bench.after(.zero, .received(.audio(.of([1])))) == [.play(.of([1]), turn: 2)])
  }

  @Test func `of two barge-ins each has its acknowledgement, and what is between them is dropped`()
  {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("A long story."))
    _ = bench.after(.zero, .cancel)
    _ = bench.after(.zero, .text("Another."))
    #expect(bench.after(.zero, .cancel).first == .send(.cancel))
    _ = bench.after(.zero, .text("Next."))
    #expect(bench.after(.zero, .received(.interrupted)) == [])
    #expect(bench.after(.zero, .received(.generationStarted(chunk: 0, text: "Another."))) == [])
    #expect(bench.after(.zero, .received(.audio(.of([9])))) == [])
    #expect(
      bench.after(.zero, .received(.interrupted)) == [
        .send(ClientFrame(text: "Next.", settings: .voiced))
      ])
    #expect(bench.after(.zero, .received(.audio(.of([1])))) == [.play(.of([1]), turn: 3)])
  }

  @Test func `a barge-in that is never acknowledged costs the connection`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("A long story."))
    _ = bench.after(.zero, .cancel)
    _ = bench.after(.zero, .text("Next."))
    #expect(bench.after(.milliseconds(4_999), .tick) == [])
    #expect(bench.after(.milliseconds(1), .tick) == [.disconnect, .connect])
    #expect(
      bench.after(.zero, .opened) == [.send(ClientFrame(text: "Next.", settings: .voiced))])
  }

  @Test func `cancel without a turn says nothing to the service`() {
    var bench = SessionBench.open()
    #expect(bench.after(.zero, .cancel) == [])
    #expect(bench.session.deadline == nil)
  }

  @Test func `finish waits for the turns under way`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("Bye."))
    #expect(bench.after(.zero, .finish) == [.send(.flush)])
    let last = bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil)))
    #expect(Array(last.suffix(2)) == [.disconnect, .finished])
    #expect(bench.after(.zero, .text("Too late.")) == [])
  }

  @Test func `an error frame ends the turn and not the session`() throws {
    var bench = SessionBench.open()
    let error = ServiceError("Voice not found", name: "NOT_FOUND", code: 404)
    _ = bench.after(.zero, .text("One."))
    let report = try #require(bench.after(.zero, .received(.error(error))).reports.first)
    #expect(report.ending == .failed(.service(ServiceFailure(error))))
    #expect(bench.after(.zero, .text(" More of it.")) == [])
    _ = bench.after(.zero, .endTurn)
    #expect(bench.after(.zero, .text("Two.")).texts == ["Two."])
  }

  @Test func `a text beyond the limit travels as several turns and is reported as one`() {
    var policy = SessionPolicy()
    policy.charactersPerTurn = 20
    var bench = SessionBench.open(policy: policy)
    let sent = bench.after(.zero, .text("First sentence. Second sentence."))
    #expect(sent.texts == ["First sentence. ", "Second sentence."])
    _ = bench.after(.zero, .endTurn)
    let part = ServiceMessage.sessionClosed(
      TurnTotals(), usage: Usage(audioSeconds: 1, characters: 16))
    #expect(bench.after(.zero, .received(part)).reports.isEmpty)
    let ended = bench.after(.zero, .received(part)).reports
    #expect(ended.map(\.usage?.audioSeconds) == [2])
    #expect(ended.map(\.usage?.characters) == [32])
  }

  @Test func `settings that are refused are told apart from a turn that fails`() {
    var bench = SessionBench.open()
    var update = SettingsUpdate()
    update.speed = 3
    #expect(bench.after(.zero, .update(update)) == [.send(.update(update))])
    let error = ServiceError.invalidUpdate("speed")
    #expect(bench.after(.zero, .received(.error(error))) == [.settingsRefused(error)])
  }
}

@Suite struct SettingsOfTurnsTests {
  private var faster: TurnSettings {
    var settings = TurnSettings.voiced
    settings.speed = 1.1
    return settings
  }

  @Test func `a turn keeps the settings it began with, also over a new connection`() {
    var bench = SessionBench()
    _ = bench.after(.zero, .text("One."))
    _ = bench.after(.zero, .configure(faster))
    _ = bench.after(.zero, .text(" More."))
    _ = bench.after(.zero, .endTurn)
    _ = bench.after(.zero, .text("Two."))
    #expect(
      bench.after(.zero, .opened) == [
        .send(ClientFrame(text: "One.", settings: .voiced)), .send(ClientFrame(text: " More.")),
        .send(.flush), .send(ClientFrame(text: "Two.", settings: faster)),
      ])
  }

  @Test func `the answer to the end of a refused turn is not the next turn's`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One."))
    _ = bench.after(.zero, .endTurn)
    _ = bench.after(.zero, .text("Two."))
    _ = bench.after(.zero, .endTurn)
    let failed = bench.after(.zero, .received(.error(.missingVoice)))
    #expect(failed.reports.map(\.turn) == [1])
    #expect(bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil))) == [])
    _ = bench.after(.zero, .received(.generationStarted(chunk: 0, text: "Two.")))
    let ended = bench.after(
      .zero, .received(.sessionClosed(TurnTotals(audioSeconds: 1), usage: nil)))
    #expect(ended.reports.map(\.ending) == [.complete])
  }
}
