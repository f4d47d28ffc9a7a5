import KugelCore
import Testing

private let start = ContinuousClock.now

/// A session with its clock, and what it did.
struct SessionBench {
  var session: SpeechSession
  var now = start

  init(policy: SessionPolicy = SessionPolicy(), settings: TurnSettings = .voiced) {
    session = SpeechSession(settings: settings, policy: policy)
  }

  mutating func after(_ wait: Duration = .zero, _ event: SpeechSession.Event)
    -> [SpeechSession.Action]
  {
    now += wait
    return session.receive(event, at: now)
  }

  /// Connected, with the actions of that left out.
  static func open(policy: SessionPolicy = SessionPolicy()) -> SessionBench {
    var bench = SessionBench(policy: policy)
    _ = bench.after(.zero, .start)
    _ = bench.after(.zero, .opened)
    return bench
  }
}

extension TurnSettings {
  static var voiced: TurnSettings {
    var settings = TurnSettings()
    settings.voice = .id(7)
    return settings
  }
}

extension AudioFrame {
  static func of(_ samples: [Int16], index: Int = 0) -> AudioFrame {
    AudioFrame(samples: samples, rate: 24_000, index: index, chunk: 0)
  }
}

private func texts(_ actions: [SpeechSession.Action]) -> [String] {
  actions.compactMap { if case .send(let frame) = $0 { frame.text } else { nil } }
}

private func reports(_ actions: [SpeechSession.Action]) -> [TurnReport] {
  actions.compactMap { if case .turnEnded(let report) = $0 { report } else { nil } }
}

private func played(_ actions: [SpeechSession.Action]) -> [Int16] {
  actions.flatMap { action -> [Int16] in
    if case .play(let frame, turn: _) = action { frame.samples } else { [] }
  }
}

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
      reports(bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: usage)))).first)
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
    let report = try #require(reports(bench.after(.zero, .received(closed))).first)
    #expect(report.usage == Usage(audioSeconds: 1.5))
    #expect(report.usage?.characters == nil)
  }

  @Test func `white space alone is never sent and makes an empty turn`() throws {
    var bench = SessionBench.open()
    #expect(texts(bench.after(.zero, .text(" \n"))) == [])
    let report = try #require(reports(bench.after(.zero, .endTurn)).first)
    #expect(report.ending == .empty)
  }

  @Test func `white space before the first word travels with it`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("\n "))
    #expect(texts(bench.after(.zero, .text("Go."))) == ["\n Go."])
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
    #expect(reports(first).map(\.turn) == [1])
    #expect(bench.after(.zero, .received(.audio(.of([2])))) == [.play(.of([2]), turn: 2)])
  }

  @Test func `a turn that the service ended by itself goes on silently with the next text`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One moment. "))
    _ = bench.after(.zero, .received(.warning("Turn ended after 5s of inactivity.")))
    #expect(
      reports(bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil)))).isEmpty)
    #expect(bench.after(.zero, .text("Here.")) == [.send(ClientFrame(text: "Here."))])
    _ = bench.after(.zero, .endTurn)
    let ended = reports(
      bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil))))
    #expect(ended.map(\.turn) == [1])
    #expect(ended.first?.warnings.count == 1)
  }

  @Test func `after a barge-in everything up to the acknowledgement is dropped`() {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("A long story."))
    let cancelled = bench.after(.zero, .cancel)
    #expect(cancelled.first == .send(.cancel))
    #expect(reports(cancelled).map(\.ending) == [.cancelled])
    #expect(
      bench.after(.zero, .text("Next.")) == [
        .turnBegan(2), .send(ClientFrame(text: "Next.", settings: .voiced)),
      ])
    #expect(bench.after(.zero, .received(.audio(.of([9])))) == [])
    #expect(bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil))) == [])
    #expect(bench.after(.zero, .received(.interrupted)) == [])
    #expect(bench.after(.zero, .received(.audio(.of([1])))) == [.play(.of([1]), turn: 2)])
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
    let report = try #require(reports(bench.after(.zero, .received(.error(error)))).first)
    #expect(report.ending == .failed(.service(ServiceFailure(error))))
    #expect(bench.after(.zero, .text(" More of it.")) == [])
    _ = bench.after(.zero, .endTurn)
    #expect(texts(bench.after(.zero, .text("Two."))) == ["Two."])
  }

  @Test func `a text beyond the limit travels as several turns and is reported as one`() {
    var policy = SessionPolicy()
    policy.charactersPerTurn = 20
    var bench = SessionBench.open(policy: policy)
    let sent = bench.after(.zero, .text("First sentence. Second sentence."))
    #expect(texts(sent) == ["First sentence. ", "Second sentence."])
    _ = bench.after(.zero, .endTurn)
    let part = ServiceMessage.sessionClosed(
      TurnTotals(), usage: Usage(audioSeconds: 1, characters: 16))
    #expect(reports(bench.after(.zero, .received(part))).isEmpty)
    let ended = reports(bench.after(.zero, .received(part)))
    #expect(ended.map(\.usage?.audioSeconds) == [2])
    #expect(ended.map(\.usage?.characters) == [32])
  }

  @Test func `settings that are refused are told apart from a turn that fails`() {
    var bench = SessionBench.open()
    var update = SettingsUpdate()
    update.speed = 3
    #expect(bench.after(.zero, .update(update)) == [.send(.update(update))])
    let error = ServiceError(
      "Invalid settings update: speed", name: "VALIDATION_ERROR", code: 400)
    #expect(bench.after(.zero, .received(.error(error))) == [.settingsRefused(error)])
  }
}

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
      reports(bench.after(.zero, .lost(loss))).map(\.ending) == [.failed(.service(loss))])
  }

  @Test(arguments: [4001, 4003] as [UInt16])
  func `a refusal is not tried again`(code: UInt16) {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One."))
    let refusal = ServiceFailure.closed(code: code)
    #expect(
      reports(bench.after(.zero, .lost(refusal))).map(\.ending) == [.failed(.service(refusal))])
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
    #expect(played(bench.after(.zero, .received(.audio(.of([1, 2]))))) == [1, 2])
    _ = bench.after(
      .zero, .received(.chunkComplete(chunk: 0, audioSeconds: 0, generationMilliseconds: 0)))
    _ = bench.after(.zero, .received(.generationStarted(chunk: 1, text: "Two.")))
    #expect(played(bench.after(.zero, .received(.audio(.of([3, 4]))))) == [3, 4])
    #expect(bench.after(.zero, .lost(loss)).last == .resumed(turn: 1))
    _ = bench.after(.seconds(1), .tick)
    #expect(texts(bench.after(.zero, .opened)) == ["Two. ", "Three."])
    #expect(played(bench.after(.zero, .received(.audio(.of([3, 4, 5]))))) == [5])
  }

  @Test func `with on-drop fail the turn fails after audio`() {
    var policy = SessionPolicy()
    policy.onDrop = .fail
    var bench = SessionBench.open(policy: policy)
    _ = bench.after(.zero, .text("One."))
    _ = bench.after(.zero, .received(.audio(.of([1]))))
    #expect(
      reports(bench.after(.zero, .lost(loss))).map(\.ending) == [.failed(.service(loss))])
  }

  @Test func `with on-drop restart the turn is spoken from its start, but not for ever`() {
    var policy = SessionPolicy()
    policy.onDrop = .restart
    var bench = SessionBench.open(policy: policy)
    _ = bench.after(.zero, .text("One."))
    for _ in 1...3 {
      #expect(played(bench.after(.zero, .received(.audio(.of([1]))))) == [1])
      #expect(bench.after(.zero, .lost(loss)).last == .resumed(turn: 1))
      _ = bench.after(.seconds(3), .tick)
      #expect(texts(bench.after(.zero, .opened)) == ["One."])
    }
    _ = bench.after(.zero, .received(.audio(.of([1]))))
    #expect(
      reports(bench.after(.zero, .lost(loss))).map(\.ending) == [.failed(.service(loss))])
  }

  @Test func `an idle connection that ends is opened again when it is needed`() {
    var bench = SessionBench.open()
    #expect(bench.after(.zero, .lost(loss)) == [])
    #expect(bench.after(.seconds(60), .text("Hello.")) == [.turnBegan(1), .connect])
    #expect(texts(bench.after(.zero, .opened)) == ["Hello."])
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
      reports(actions).map(\.ending)
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
    #expect(texts(bench.after(.zero, .opened)) == ["One.", " Two."])
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
    #expect(reports(failed).map(\.turn) == [1])
    #expect(bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil))) == [])
    _ = bench.after(.zero, .received(.generationStarted(chunk: 0, text: "Two.")))
    let ended = bench.after(
      .zero, .received(.sessionClosed(TurnTotals(audioSeconds: 1), usage: nil)))
    #expect(reports(ended).map(\.ending) == [.complete])
  }
}
