import Testing

@testable import KugelServiceCore
@testable import KugelWire

private func request(_ words: String, voice: Int? = 7) -> ClientFrame {
  text(words, voice: voice, flush: true)
}

private func final(_ messages: [ServiceMessage]) -> FinalStatistics? {
  messages.lazy.compactMap { if case .final(let statistics) = $0 { statistics } else { nil } }.first
}

@Suite struct OneShotServiceTests {
  @Test func `a request is audio and then final, without chunk messages`() {
    var bench = ServiceBench.oneShot()
    #expect(bench.send(request("One. Two.")) == [])
    #expect(bench.texts == ["One.", "Two."])
    #expect(names(bench.speakAll()) == ["audio 0 of 0", "audio 1 of 1", "final"])
    #expect(!bench.service.isBusy)
  }

  @Test func `final counts samples at 24 kHz whatever rate was delivered`() throws {
    var bench = ServiceBench.oneShot { $0.reportsUsage = true }
    var frame = request("abcd")
    frame.settings.sampleRate = 8000
    _ = bench.send(frame)
    let job = try #require(bench.jobs.first)
    #expect(job.rate == 8000)
    _ = bench.after(.milliseconds(5), .engine(.started, job: job.id))
    _ = bench.after(
      .milliseconds(15), .engine(.samples([Int16](repeating: 1, count: 80)), job: job.id))
    let messages = messages(bench.after(.milliseconds(10), .engine(.finished, job: job.id)))
    let statistics = try #require(final(messages))
    #expect(statistics.chunks == 1)
    #expect(statistics.totalSamples == 240)
    #expect(statistics.durationMilliseconds == 10)
    #expect(statistics.generationMilliseconds == 25)
    #expect(statistics.realTimeFactor == 2.5)
    #expect(statistics.timeToFirstAudioMilliseconds == 20)
    #expect(statistics.originalText == "abcd")
    #expect(statistics.speed == 1)
    #expect(statistics.usage == Usage(audioSeconds: 0.01, characters: 4, model: "kugel-3.5"))
  }

  @Test func `requests are spoken one after another, each with its own settings`() {
    var bench = ServiceBench.oneShot()
    _ = bench.send(request("One."))
    _ = bench.send(request("Two.", voice: 8))
    #expect(bench.texts == ["One."])
    #expect(names(bench.speak()) == ["audio 0 of 0", "final"])
    #expect(bench.jobs.map(\.utterance.voice) == [8])
    #expect(names(bench.speak()) == ["audio 0 of 0", "final"])
    #expect(names(bench.send(request("Three.", voice: nil))) == ["error 400 MISSING_VOICE_ID"])
  }

  @Test func `cancel ends the request under way without final and keeps those behind it`() {
    var bench = ServiceBench.oneShot()
    _ = bench.send(request("One."))
    _ = bench.send(request("Two."))
    let late = bench.jobs[0].id
    #expect(bench.send(.cancel) == [.interrupted])
    #expect(bench.texts == ["Two."])
    #expect(bench.after(.zero, .engine(.finished, job: late)) == [])
    #expect(names(bench.speakAll()).last == "final")
    #expect(bench.send(.cancel) == [.interrupted])
  }

  @Test func `each request ends once`() {
    var bench = ServiceBench.oneShot()
    for word in ["One.", "Two.", "Three."] { _ = bench.send(request(word)) }
    _ = bench.send(.cancel)
    _ = bench.speak()
    _ = bench.after(.zero, .engine(.failed(.generationFailed), job: bench.jobs[0].id))
    _ = bench.send(.cancel)
    #expect(bench.ends == ["- interrupted", "- completed", "- failed"])
  }

  @Test func `an update sets the defaults of later requests, and temperature begins at 0_4`() {
    var bench = ServiceBench.oneShot()
    var update = SettingsUpdate()
    update.speed = 1.1
    guard case .settingsUpdated(let settings) = bench.send(.update(update)).first else {
      Issue.record("no acknowledgement")
      return
    }
    #expect(settings.speed == 1.1)
    #expect(settings.temperature == 0.4)
    _ = bench.send(request("One."))
    #expect(bench.jobs.last?.utterance.speed == 1.1)
    var own = request("Two.")
    own.settings.speed = 0.9
    _ = bench.speakAll()
    _ = bench.send(own)
    #expect(bench.jobs.last?.utterance.speed == 0.9)
  }

  @Test func `a refused update leaves the defaults and the socket alone`() {
    var bench = ServiceBench.oneShot()
    var update = SettingsUpdate()
    update.forbidden = ["voice_id"]
    #expect(names(bench.send(.update(update))) == ["error 400 VALIDATION_ERROR"])
    #expect(names(bench.send(.update(SettingsUpdate()))) == ["error 400 VALIDATION_ERROR"])
    _ = bench.send(request("One."))
    #expect(names(bench.speakAll()) == ["audio 0 of 0", "final"])
  }

  @Test(arguments: [("", 400), (" \n", 400), (String(repeating: "a", count: 10_001), 400)])
  func `a text that cannot be spoken is refused`(words: String, code: Int) {
    var bench = ServiceBench.oneShot()
    #expect(names(bench.send(request(words))) == ["error \(code) VALIDATION_ERROR"])
    #expect(!bench.service.isBusy)
  }

  @Test func `what has no text is refused, and so is an unknown voice or model`() {
    var bench = ServiceBench.oneShot()
    #expect(names(bench.send(ClientFrame())) == ["error 400 VALIDATION_ERROR"])
    #expect(names(bench.send(request("Hi.", voice: 100))) == ["error 404 NOT_FOUND"])
    var frame = request("Hi.")
    frame.settings.model = "gpt"
    #expect(names(bench.send(frame)) == ["error 400 VALIDATION_ERROR"])
    let malformed = request("<prosody rate=\"fast\">Hi.")
    #expect(names(bench.send(malformed)) == ["error 400 VALIDATION_ERROR"])
  }

  @Test func `a failing engine ends the request, and the next one is spoken`() {
    var bench = ServiceBench.oneShot()
    _ = bench.send(request("One."))
    _ = bench.send(request("Two."))
    let failed = bench.after(.zero, .engine(.failed(.generationFailed), job: bench.jobs[0].id))
    #expect(names(messages(failed)) == ["error 500 INTERNAL_ERROR"])
    #expect(bench.texts == ["Two."])
  }

  @Test func `a text without sound is a request with nothing in it`() {
    var bench = ServiceBench.oneShot()
    #expect(names(bench.send(request("..."))) == ["final"])
  }

  @Test func `the model of the address is reported`() {
    var defaults = TurnSettings()
    defaults.model = "kugel-2"
    var bench = ServiceBench.oneShot(defaults) { $0.reportsUsage = true }
    _ = bench.send(request("One."))
    #expect(final(bench.speakAll())?.usage?.model == "kugel-2")
  }

  @Test func `a drain lets the request end and closes with 1012`() {
    var bench = ServiceBench.oneShot()
    _ = bench.send(request("One."))
    _ = bench.send(request("Two."))
    #expect(bench.after(.zero, .drain) == [])
    let job = bench.jobs[0].id
    _ = bench.after(.zero, .engine(.started, job: job))
    let last = bench.after(.zero, .engine(.finished, job: job))
    #expect(last.last == .drained)
    #expect(bench.after(.zero, .frame(request("Three."))) == [])
    var idle = ServiceBench.oneShot()
    #expect(idle.after(.zero, .drain) == [.drained])
  }

  @Test func `a client that is gone is not spoken for`() {
    var bench = ServiceBench.oneShot()
    _ = bench.send(request("One."))
    #expect(bench.after(.zero, .disconnected) == [.abort])
    #expect(!bench.service.isBusy)
  }

  @Test func `the profile may refuse, and says who speaks a language`() {
    var bench = ServiceBench.oneShot { profile in
      profile.refusal = { $0.projectID == 9 ? .rateLimited : nil }
      profile.voiceInLanguage = { _, voice, language in language == "de" ? 50 : voice }
    }
    var frame = request("Hi.")
    frame.settings.projectID = 9
    #expect(names(bench.send(frame)) == ["error 429 RATE_LIMITED"])
    frame.settings.projectID = nil
    frame.settings.language = "de"
    _ = bench.send(frame)
    #expect(bench.jobs.map(\.utterance.voice) == [50])
  }

  @Test func `only so much text may wait`() {
    var bench = ServiceBench.oneShot { $0.waitingBytes = 40 }
    _ = bench.send(request("One."))
    #expect(bench.send(request("Two.")) == [])
    #expect(names(bench.send(request("Three."))) == ["error 429 RATE_LIMITED"])
    #expect(names(bench.speak()) == ["audio 0 of 0", "final"])
    #expect(bench.send(request("Four.")) == [])
    var stream = ServiceBench.stream { $0.waitingBytes = 40 }
    _ = stream.send(text("One.", flush: true))
    #expect(stream.send(text("Two.", flush: true)) == [])
    #expect(names(stream.send(.flush)) == ["error 429 RATE_LIMITED"])
    #expect(names(stream.speakAll()).count { $0 == "closed" } == 2)
  }
}
