import Testing

@testable import KugelSession
@testable import KugelWire

private let restart = ServiceFailure.closed(code: 1012)

@Suite struct MultiSessionTests {
  @Test func `a context is opened early, and its turns follow`() {
    var bench = MultiSessionBench.open()
    #expect(bench.after(.zero, .open("a", .voiced)) == ["send a voice 7 \" \""])
    #expect(bench.after(.zero, .open("a", .voiced)) == [])
    #expect(bench.after(.zero, .text("One", context: "a")) == ["a began 1", "send a \"One\""])
    #expect(bench.after(.zero, .text(" two", context: "a")) == ["send a \" two\""])
    #expect(bench.after(.zero, .endTurn(context: "a")) == ["send a flush"])
    #expect(bench.speak("One two", "a") == ["a segment One two", "a play 7 of 1"])
    #expect(bench.hear(.final(FinalStatistics()), "a") == ["a ended 1 complete"])
  }

  @Test func `frames of every context are delivered, in whatever order they come`() {
    var bench = MultiSessionBench.open(["a", "b"])
    _ = bench.say("One.", "a")
    _ = bench.say("Two two.", "b")
    #expect(bench.speak("Two two.", "b").last == "b play 8 of 2")
    #expect(bench.speak("One.", "a").last == "a play 4 of 1")
    #expect(bench.hear(.final(FinalStatistics()), "a") == ["a ended 1 complete"])
    #expect(bench.hear(.final(FinalStatistics()), "b") == ["b ended 2 complete"])
    #expect(bench.hear(.audio(.of([1])), "c") == [])
  }

  @Test func `the next turn of a context waits for the end of the one before`() {
    var bench = MultiSessionBench.open(["a"])
    _ = bench.say("One.", "a")
    #expect(bench.say("Two.", "a") == ["a began 2"])
    #expect(
      bench.hear(.final(FinalStatistics()), "a") == ["a ended 1 complete", "send a \"Two.\" flush"])
    // A second answer to the first flush would come before any sound of the second.
    #expect(bench.speak("Two.", "a").last == "a play 4 of 2")
  }

  @Test func `a text longer than a turn may be travels in parts, one turn for the user`() {
    var bench = MultiSessionBench.open(["a"]) { $0.charactersPerTurn = 10 }
    #expect(
      bench.say("Long one. Two.", "a") == ["a began 1", "send a \"Long one. \" flush"])
    #expect(bench.hear(.final(FinalStatistics()), "a") == ["send a \"Two.\" flush"])
    #expect(bench.hear(.final(FinalStatistics()), "a") == ["a ended 1 complete"])
  }

  @Test func `idle contexts are kept alive, speaking ones too`() {
    var bench = MultiSessionBench.open(["a", "b"])
    #expect(bench.session.deadline == bench.now + .seconds(10))
    _ = bench.after(.seconds(5), .text("One", context: "b"))
    #expect(bench.after(.seconds(5), .tick) == ["send a \"\""])
    #expect(bench.after(.seconds(5), .tick) == ["send b \"\""])
  }

  @Test func `where contexts differ, each says it again`() {
    var bench = MultiSessionBench.open()
    var fast = TurnSettings.voiced
    (fast.speed, fast.pitch) = (1.2, 40)
    let sent =
      bench.session.receive(.open("a", fast), at: bench.now)
      + bench.session.receive(.open("b", .voiced), at: bench.now)
    let settings = sent.compactMap { if case .send(let frame) = $0 { frame.settings } else { nil } }
    #expect(settings.map(\.speed) == [1.2, 1])
    #expect(settings.map(\.pitch) == [40, 50])
    #expect(settings.map(\.voice) == [nil, nil])
  }

  @Test func `the least recently used gives way, once it is closed`() {
    var bench = MultiSessionBench.open(["a", "b"]) { $0.contextLimit = 2 }
    _ = bench.after(.seconds(1), .text("One.", context: "a"))
    _ = bench.after(.zero, .endTurn(context: "a"))
    _ = bench.hear(.final(FinalStatistics()), "a")
    #expect(bench.after(.zero, .open("c", .voiced)) == [])
    #expect(bench.say("Three.", "c") == ["c began 2", "send b close"])
    #expect(
      bench.hear(.contextClosed(usage: Usage(audioSeconds: 2)), "b")
        == ["b gone 2.0", "send c voice 7 \" \"", "send c \"Three.\" flush"])
    #expect(bench.say("Two.", "b") == ["b began 3", "send a close"])
    #expect(bench.session.openContexts == 2)
  }

  @Test func `who speaks does not give way`() {
    var bench = MultiSessionBench.open(["a"]) { $0.contextLimit = 1 }
    _ = bench.say("One.", "a")
    _ = bench.after(.zero, .open("b", .voiced))
    #expect(bench.say("Two.", "b") == ["b began 2"])
    #expect(bench.hear(.final(FinalStatistics()), "a") == ["a ended 1 complete", "send a close"])
    #expect(bench.hear(.contextClosed(usage: nil), "a").suffix(1) == ["send b \"Two.\" flush"])
  }

  @Test func `a service with fewer places is understood`() {
    var bench = MultiSessionBench.open(["a", "b"])
    _ = bench.say("Two.", "b")
    #expect(bench.hear(.error(.tooManyContexts(limit: 1)), "b") == ["send a close"])
    #expect(bench.hear(.error(.tooManyContexts(limit: 1)), "b") == [])
    #expect(
      bench.hear(.contextClosed(usage: nil), "a")
        == ["a gone", "send b~1 voice 7 \" \"", "send b~1 \"Two.\" flush"])
    #expect(bench.speak("Two.", "b~1").last == "b play 4 of 1")
  }

  @Test func `a cancelled context is silent at once, and its name free when it is closed`() {
    var bench = MultiSessionBench.open(["a", "b"])
    _ = bench.say("One.", "a")
    _ = bench.say("Two.", "b")
    #expect(
      bench.after(.zero, .cancel(context: "a")) == ["a ended 1 cancelled", "send a close now"])
    #expect(bench.speak("One.", "a") == [])
    #expect(bench.say("Again.", "a") == ["a began 3"])
    #expect(
      bench.hear(.contextClosed(usage: nil), "a")
        == ["a gone", "send a voice 7 \" \"", "send a \"Again.\" flush"])
    #expect(bench.speak("Two.", "b").last == "b play 4 of 2")
    #expect(bench.after(.zero, .cancel(context: "x")) == [])
  }

  @Test func `a name whose end nobody acknowledged is not used again`() {
    var bench = MultiSessionBench.open(["a"])
    _ = bench.say("One.", "a")
    _ = bench.after(.zero, .cancel(context: "a"))
    _ = bench.say("Again.", "a")
    #expect(
      bench.after(.seconds(5), .tick)
        == ["a gone", "send a~1 voice 7 \" \"", "send a~1 \"Again.\" flush"])
    #expect(bench.speak("One.", "a") == [])
    #expect(bench.speak("Again.", "a~1").last == "a play 6 of 2")
  }

  @Test func `cancel of all is one message`() {
    var bench = MultiSessionBench.open(["a", "b"])
    _ = bench.say("One.", "a")
    _ = bench.say("Two.", "b")
    #expect(
      bench.after(.zero, .cancel(context: nil))
        == ["send cancel", "a ended 1 cancelled", "b ended 2 cancelled"])
    #expect(bench.hear(.interrupted) == [])
    #expect(bench.hear(.contextClosed(usage: nil), "a") == ["a gone"])
    #expect(bench.after(.zero, .finish) == [])
    #expect(bench.hear(.contextClosed(usage: nil), "b") == ["b gone", "send close socket"])
    #expect(
      bench.hear(.sessionClosed(TurnTotals(), usage: nil)) == ["disconnect", "finished"])
  }

  @Test func `an error of a context fails only its turn`() {
    var bench = MultiSessionBench.open(["a", "b"])
    _ = bench.say("One.", "a")
    _ = bench.say("Two.", "b")
    #expect(
      bench.hear(.error(.missingVoice), "a")
        == ["a ended 1 failed MISSING_VOICE_ID", "send a close now"])
    #expect(bench.speak("Two.", "b").last == "b play 4 of 2")
  }

  @Test func `an error of the session fails every turn`() {
    var bench = MultiSessionBench.open(["a", "b"])
    _ = bench.say("One.", "a")
    _ = bench.after(.zero, .text("Two.", context: "b"))
    #expect(
      bench.hear(.error(.insufficientCredits))
        == [
          "a ended 1 failed INSUFFICIENT_CREDITS", "send a close now",
          "b ended 2 failed INSUFFICIENT_CREDITS", "send b close now",
        ])
    // The rest of a turn that has failed is not spoken.
    #expect(bench.after(.zero, .text("More.", context: "b")) == [])
    #expect(bench.after(.zero, .endTurn(context: "b")) == [])
  }

  @Test func `before audio a lost connection is made again, every context first, then every turn`()
  {
    var bench = MultiSessionBench.open(["a", "b", "c"])
    _ = bench.say("One.", "a")
    _ = bench.after(.zero, .text("Two", context: "b"))
    #expect(bench.after(.zero, .lost(restart)) == ["retrying 1"])
    _ = bench.after(.seconds(1), .tick)
    #expect(
      bench.after(.zero, .opened) == [
        "send a voice 7 \" \"", "send b voice 7 \" \"", "send c voice 7 \" \"",
        "send a \"One.\" flush", "send b \"Two\"",
      ])
    #expect(bench.after(.zero, .endTurn(context: "b")) == ["send b flush"])
  }

  @Test func `after audio a turn goes on where it was cut`() {
    var bench = MultiSessionBench.open(["a"])
    _ = bench.say("One. Two.", "a")
    _ = bench.speak("One.", "a")
    _ = bench.hear(.generationStarted(chunk: 1, text: "Two."), "a")
    _ = bench.hear(.audio(.of([1])), "a")
    #expect(bench.after(.zero, .lost(restart)) == ["a resumed 1", "retrying 1"])
    _ = bench.after(.seconds(1), .tick)
    #expect(bench.after(.zero, .opened).last == "send a \"Two.\" flush")
    #expect(bench.speak("Two.", "a") == ["a segment Two.", "a play 3 of 1"])
  }

  @Test func `who may not go on fails, the others are replayed`() {
    var bench = MultiSessionBench.open(["a", "b"]) { $0.onDrop = .fail }
    _ = bench.say("One.", "a")
    _ = bench.say("Two.", "b")
    _ = bench.speak("One.", "a")
    #expect(bench.after(.zero, .lost(restart)) == ["a ended 1 failed -", "retrying 1"])
    _ = bench.after(.seconds(1), .tick)
    #expect(bench.after(.zero, .opened).last == "send b \"Two.\" flush")
  }

  @Test func `a connection that stays away fails everything`() {
    var bench = MultiSessionBench.open(["a"]) { $0.retries = 1 }
    _ = bench.say("One.", "a")
    _ = bench.after(.zero, .lost(restart))
    #expect(bench.after(.seconds(2), .tick) == ["connect"])
    #expect(bench.after(.zero, .lost(restart)) == ["a ended 1 failed -"])
    var refused = MultiSessionBench.open(["a"])
    _ = refused.say("One.", "a")
    #expect(refused.after(.zero, .lost(.closed(code: 4001))) == ["a ended 1 failed -"])
  }

  @Test func `a connection that is never made is tried again and then given up`() {
    var bench = MultiSessionBench { $0.retries = 1 }
    _ = bench.after(.zero, .start)
    _ = bench.after(.zero, .open("a", .voiced))
    _ = bench.say("One.", "a")
    #expect(bench.after(.seconds(5), .tick) == ["disconnect", "retrying 1"])
    #expect(bench.after(.milliseconds(100), .tick) == ["connect"])
    #expect(
      bench.after(.seconds(5), .tick) == ["disconnect", "a ended 1 timed out connect"])
  }

  @Test func `an idle connection that ends is opened again when it is needed`() {
    var bench = MultiSessionBench.open(["a"])
    #expect(bench.after(.zero, .lost(restart)) == [])
    #expect(bench.say("One.", "a") == ["a began 1", "connect"])
    #expect(
      bench.after(.zero, .opened) == ["send a voice 7 \" \"", "send a \"One.\" flush"])
  }

  @Test func `a service that says nothing to anybody times the turn out`() {
    var bench = MultiSessionBench.open(["a", "b"]) { $0.keepAlive = .seconds(100) }
    _ = bench.say("One.", "a")
    _ = bench.say("Two.", "b")
    // Busy with b: a waits its turn.
    _ = bench.hear(.audio(.of([1])), "b", after: .seconds(9))
    #expect(bench.after(.seconds(9), .tick) == [])
    #expect(
      bench.after(.seconds(1), .tick) == [
        "a ended 1 timed out first", "send a close now", "b ended 2 timed out stall",
        "send b close now",
      ])
  }

  @Test func `nobody is timed out while outputs are full`() {
    var bench = MultiSessionBench.open(["a"]) { $0.keepAlive = .seconds(1000) }
    _ = bench.say("One.", "a")
    _ = bench.after(.zero, .held(true))
    #expect(bench.after(.seconds(100), .tick) == [])
    _ = bench.after(.zero, .held(false))
    #expect(bench.after(.seconds(9), .tick) == [])
  }

  @Test func `without final a turn is over when all its text was spoken and nothing follows`() {
    var bench = MultiSessionBench.open(["a"])
    _ = bench.say("One. Two.", "a")
    _ = bench.speak("One.", "a")
    #expect(bench.after(.seconds(3), .tick) == [])
    _ = bench.speak("Two.", "a")
    #expect(bench.after(.milliseconds(1999), .tick) == [])
    #expect(bench.after(.milliseconds(1), .tick) == ["a ended 1 complete"])
  }

  @Test func `a context that the service closes takes its turn with it, an open turn goes on`() {
    var bench = MultiSessionBench.open(["a", "b"])
    _ = bench.say("One.", "a")
    _ = bench.speak("One.", "a")
    #expect(bench.hear(.contextClosed(usage: nil), "a") == ["a ended 1 complete", "a gone"])
    _ = bench.after(.zero, .text("Two. Three", context: "b"))
    _ = bench.speak("Two.", "b")
    #expect(bench.hear(.contextTimeout, "b") == [])
    #expect(
      bench.hear(.contextClosed(usage: nil), "b")
        == ["b gone", "send b voice 7 \" \"", "send b \"Three\""])
    #expect(bench.after(.zero, .endTurn(context: "b")) == ["send b flush"])
  }

  @Test func `a context that is not needed any more is closed when its turn is over`() {
    var bench = MultiSessionBench.open(["a"])
    _ = bench.after(.zero, .text("One.", context: "a"))
    #expect(bench.after(.zero, .close(context: "a")) == ["send a flush"])
    #expect(bench.hear(.final(FinalStatistics()), "a") == ["a ended 1 complete", "send a close"])
  }

  @Test func `the end closes every context for what it cost, then the connection`() {
    var bench = MultiSessionBench.open(["a", "b"])
    _ = bench.after(.zero, .text("One.", context: "a"))
    #expect(bench.after(.zero, .finish) == ["send a flush"])
    #expect(
      bench.hear(.final(FinalStatistics()), "a")
        == ["a ended 1 complete", "send a close", "send b close"])
    #expect(bench.hear(.contextClosed(usage: Usage(audioSeconds: 1)), "a") == ["a gone 1.0"])
    #expect(bench.hear(.contextClosed(usage: nil), "b") == ["b gone", "send close socket"])
    #expect(bench.after(.zero, .lost(.closed(code: 1000))) == ["finished"])
    #expect(bench.after(.zero, .start) == [])
  }

  @Test func `a service that does not say goodbye is left`() {
    var bench = MultiSessionBench.open(["a"])
    #expect(bench.after(.zero, .finish) == ["send a close"])
    #expect(bench.after(.seconds(5), .tick) == ["a gone", "send close socket"])
    #expect(bench.after(.seconds(5), .tick) == ["disconnect", "finished"])
  }

  @Test func `blank turns are empty and never sent`() {
    var bench = MultiSessionBench.open(["a"])
    #expect(bench.say(" \n", "a") == ["a began 1", "a ended 1 empty"])
  }

  @Test func `an update is told, and contexts to come have it`() {
    var bench = MultiSessionBench.open()
    var update = SettingsUpdate()
    update.temperature = 0.7
    #expect(bench.after(.zero, .update(update)) == ["send update"])
    #expect(bench.hear(.error(.invalidUpdate("temperature"))) == ["refused"])
    let sent = bench.session.receive(.open("a", .voiced), at: bench.now)
    guard case .send(let frame)? = sent.first else {
      Issue.record("a context that is opened is sent")
      return
    }
    #expect(frame.settings.temperature == 0.7)
  }
}
