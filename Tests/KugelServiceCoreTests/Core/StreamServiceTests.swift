import Testing

@testable import KugelServiceCore
@testable import KugelText
@testable import KugelWire

@Suite struct StreamServiceTests {
  @Test func `a turn is chunks in order, then final, then session_closed`() {
    var bench = ServiceBench.stream()
    #expect(bench.send(text("One. Two. Three", flush: true)) == [])
    #expect(
      names(bench.speakAll()) == [
        "started 0 One.", "audio 0 of 0", "complete 0", "started 1 Two.", "audio 1 of 1",
        "complete 1", "started 2 Three", "audio 2 of 2", "complete 2", "final", "closed",
      ])
  }

  @Test func `a finished sentence is spoken before the turn ends`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("Hello wor"))
    #expect(bench.texts == [])
    _ = bench.send(text("ld."))
    #expect(bench.texts == ["Hello world."])
    #expect(names(bench.speakAll()) == ["started 0 Hello world.", "audio 0 of 0", "complete 0"])
    #expect(names(bench.send(.flush)) == ["final", "closed"])
  }

  @Test func `what is said of a chunk is not what clients are told`() throws {
    var bench = ServiceBench.stream { profile in
      profile.language = { _, voice in voice == 7 ? "de" : nil }
      profile.breaks = .exact(most: 10_000)
      profile.rewrite = { text, _, language in
        ChunkRewriter(language: language, numbers: .unclear).rewrite(text)
      }
    }
    _ = bench.send(text("Es kostet 5 €.\n\nGut.", flush: true))
    let job = try #require(bench.jobs.first)
    #expect(job.utterance.text == "Es kostet 5 €." && job.utterance.language == "de")
    #expect(job.spoken.string == "Es kostet fünf Euro.\n\n")
    #expect(job.spoken.source(of: 10..<19) == 10..<13)
    #expect(job.breaks == .exact(most: 10_000))
    #expect(names(bench.speak()).first == "started 0 Es kostet 5 €.")
  }

  @Test func `pieces of a slow text end at clauses as the settings have it`() {
    let text = "There was once upon a time a king, who"
    func texts(_ startsEarly: Bool, _ adapt: (inout TurnSettings) -> Void) -> [String] {
      var bench = ServiceBench.stream { $0.startsEarly = startsEarly }
      var frame = KugelServiceCoreTests.text(text)
      adapt(&frame.settings)
      _ = bench.send(frame)
      _ = bench.send(KugelServiceCoreTests.text(" had"), after: .milliseconds(400))
      _ = bench.send(
        KugelServiceCoreTests.text(" a daughter and a son, and", voice: nil),
        after: .milliseconds(50))
      return bench.texts
    }
    let first = "There was once upon a time a king,"
    #expect(texts(true) { _ in } == [first])
    #expect(texts(true) { $0.autoMode = true } == [first, "who had a daughter and a son,"])
    #expect(texts(true) { $0.chunkLengthSchedule = [120, 200] } == [])
    #expect(texts(false) { $0.autoMode = true } == [])
  }

  @Test func `text for the next turn waits until this one has ended`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("One.", flush: true))
    _ = bench.send(text("Two.", voice: 8, flush: true))
    #expect(bench.texts == ["One."])
    #expect(names(bench.speak()).suffix(2) == ["final", "closed"])
    #expect(bench.jobs.map(\.utterance.voice) == [8])
    #expect(names(bench.speak()).last == "closed")
  }

  @Test func `settings are sticky, and a turn keeps those it began with`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("One. ", voice: 7))
    _ = bench.send(text("Two. ", voice: 8))
    _ = bench.send(.flush)
    #expect(bench.jobs.map(\.utterance.voice) == [7, 7])
    _ = bench.speakAll()
    _ = bench.send(text("Three.", voice: nil, flush: true))
    #expect(bench.jobs.map(\.utterance.voice) == [8])
  }

  @Test func `cancel drops everything and is acknowledged, also with nothing to cancel`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("One. Two.", flush: true))
    _ = bench.send(text("Next turn.", flush: true))
    let job = bench.jobs[0]
    _ = bench.after(.zero, .engine(.started, job: job.id))
    #expect(
      bench.after(.zero, .frame(.cancel)) == [
        .abort, .send(ServiceFrame(.interrupted)), .turnEnded(.interrupted, context: nil),
      ])
    #expect(bench.after(.zero, .engine(.samples([1]), job: job.id)) == [])
    #expect(bench.send(.cancel) == [.interrupted])
    _ = bench.send(text("After.", flush: true))
    #expect(names(bench.speakAll()).last == "closed")
  }

  @Test func `the end of a turn is said once, of those of which something went to the engine`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("One.", flush: true))
    // An error beside the turn does not end it.
    _ = bench.after(.zero, .unreadable(.validation("no")))
    #expect(bench.ends == [])
    _ = bench.speakAll()
    #expect(bench.ends == ["- completed"])
    for frame in [ClientFrame.flush, .cancel, text(" ", flush: true)] { _ = bench.send(frame) }
    _ = bench.speakAll()
    #expect(bench.ends == ["- completed"])
    _ = bench.send(text("Two.", flush: true))
    _ = bench.send(.cancel)
    _ = bench.send(text("Three.", flush: true))
    _ = bench.after(.zero, .engine(.failed(.generationFailed), job: bench.jobs[0].id))
    #expect(bench.ends == ["- completed", "- interrupted", "- failed"])
  }

  @Test func `close and flush without a turn are answered`() {
    var bench = ServiceBench.stream()
    #expect(bench.send(.close) == [.sessionClosed(TurnTotals(), usage: nil)])
    #expect(bench.send(.flush) == [.sessionClosed(TurnTotals(), usage: nil)])
  }

  @Test func `close_socket ends the turn before it closes`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("One."))
    #expect(bench.after(.zero, .frame(.closeSocket)) == [])
    let job = bench.jobs[0].id
    _ = bench.after(.zero, .engine(.started, job: job))
    let last = bench.after(.zero, .engine(.finished, job: job))
    #expect(names(messages(last)) == ["complete 0", "final", "closed"])
    #expect(last.last == .close(code: 1000, reason: ""))
  }

  @Test func `flush and close_socket back to back close once, after the audio`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("One.", flush: true))
    #expect(bench.after(.zero, .frame(.closeSocket)) == [])
    #expect(names(bench.speakAll()).last == "closed")
    #expect(bench.after(.zero, .frame(text("Late."))) == [])
  }

  @Test func `five seconds without text end the turn with a warning`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("One moment "))
    #expect(bench.service.deadline == benchStart + .milliseconds(500))
    #expect(names(messages(bench.after(.milliseconds(500), .tick))) == [])
    #expect(bench.texts == ["One moment"])
    #expect(bench.service.deadline == nil)
    _ = bench.speakAll()
    #expect(bench.service.deadline == bench.now + .seconds(5))
    #expect(bench.after(.milliseconds(4_999), .tick) == [])
    #expect(
      names(messages(bench.after(.milliseconds(1), .tick))) == ["warning", "final", "closed"])
  }

  @Test func `the idle clock stands still while audio is sent`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("Hello."))
    _ = bench.after(.zero, .sending(true))
    _ = bench.speakAll()
    #expect(bench.service.deadline == nil)
    _ = bench.after(.seconds(30), .sending(false))
    #expect(bench.service.deadline == bench.now + .seconds(5))
  }

  @Test func `no voice and an unknown voice are refused, and the connection stays`() {
    var bench = ServiceBench.stream()
    #expect(names(bench.send(text("Hi.", voice: nil))) == ["error 400 MISSING_VOICE_ID"])
    #expect(names(bench.send(text("Hi.", voice: 100))) == ["error 404 NOT_FOUND"])
    _ = bench.send(text("Hi.", flush: true))
    #expect(names(bench.speakAll()).last == "closed")
  }

  @Test func `too long a turn is refused`() {
    var bench = ServiceBench.stream { $0.charactersPerTurn = 10 }
    _ = bench.send(text("12345"))
    #expect(names(bench.send(text("678901"))) == ["error 400 VALIDATION_ERROR"])
  }

  @Test func `an update is acknowledged at once and counts from the next turn`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("One."))
    var update = SettingsUpdate()
    update.speed = 1.2
    #expect(
      bench.send(.update(update)) == [
        .settingsUpdated(
          SettingsInEffect(
            cfgScale: 2, temperature: nil, maxNewTokens: 2048, language: nil, normalize: true,
            speed: 1.2))
      ])
    _ = bench.send(text(" Two.", flush: true))
    #expect(bench.jobs.map(\.utterance.speed) == [1, 1])
    _ = bench.speakAll()
    _ = bench.send(text("Three.", flush: true))
    #expect(bench.jobs.map(\.utterance.speed) == [1.2])
  }

  @Test func `an engine that fails ends the turn with an error`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("One.", flush: true))
    let error = ServiceError("Audio generation failed", name: "INTERNAL_ERROR", code: 500)
    let actions = bench.after(.zero, .engine(.failed(error), job: bench.jobs[0].id))
    #expect(messages(actions) == [.error(error)])
    #expect(!bench.service.isBusy)
  }

  @Test func `a drained service ends its turn, then says that it restarts`() {
    var bench = ServiceBench.stream()
    _ = bench.send(text("One.", flush: true))
    #expect(bench.after(.zero, .drain) == [])
    let job = bench.jobs[0].id
    let last = bench.after(.zero, .engine(.finished, job: job))
    #expect(last.last == .close(code: 1012, reason: "service restart"))
    var idle = ServiceBench.stream()
    #expect(idle.after(.zero, .drain) == [.close(code: 1012, reason: "service restart")])
  }

  @Test func `usage counts seconds and characters, and names the model`() throws {
    var bench = ServiceBench.stream { profile in
      profile.reportsUsage = true
      profile.costCentsPerMinute = 6
    }
    var frame = text("Hallo Welt.", flush: true)
    frame.settings.model = "kugel-3"
    _ = bench.send(frame)
    guard case .sessionClosed(_, let usage) = try #require(bench.speakAll().last) else {
      Issue.record("no session_closed")
      return
    }
    let seconds = 11.0 / 24_000
    #expect(
      usage
        == Usage(
          audioSeconds: seconds, characters: 11, costCents: 6 * seconds / 60, currency: "eur",
          model: "kugel-3"))
  }

  @Test func `a refused text is the end of its turn, also when it was to be flushed`() {
    var bench = ServiceBench.stream()
    #expect(
      names(bench.send(text("Hi.", voice: nil, flush: true))) == ["error 400 MISSING_VOICE_ID"])
    _ = bench.send(text("Hi.", flush: true))
    #expect(names(bench.speakAll()).last == "closed")
    var frame = text("Hi.", voice: 100, flush: true)
    frame.closeSocket = true
    let actions = bench.after(.zero, .frame(frame))
    #expect(names(messages(actions)) == ["error 404 NOT_FOUND"])
    #expect(actions.last == .close(code: 1000, reason: ""))
  }
}
