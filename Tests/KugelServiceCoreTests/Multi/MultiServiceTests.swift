import Testing

@testable import KugelServiceCore
@testable import KugelText
@testable import KugelWire

@Suite struct MultiServiceTests {
  @Test func `the first frame creates a context, a blank in it makes no sound`() {
    for text in [" ", "", "\n "] {
      var bench = MultiBench()
      #expect(bench.send(.of("n", text: text, voice: 7)) == ["n created"])
      #expect(bench.jobs == [])
      #expect(bench.send(.of("n", text: text, voice: 7)) == [])
    }
  }

  @Test func `real text in the first frame is spoken`() {
    var bench = MultiBench()
    #expect(bench.send(.of("n", text: "It was late.", voice: 7)) == ["n created"])
    #expect(
      bench.speakAll() == ["n started 0 It was late.", "n audio 0", "n complete 0"])
    #expect(bench.send(.of("n", flush: true)) == ["n final"])
  }

  @Test func `a flush is answered when its audio is done, and the context goes on`() {
    var bench = MultiBench()
    _ = bench.send(.of("n", text: "One. Two", voice: 7, flush: true))
    #expect(bench.texts == ["n: One.", "n: Two"])
    #expect(!bench.speak().contains("n final"))
    #expect(bench.speak().last == "n final")
    #expect(bench.send(.of("n", text: "Three", flush: true)) == [])
    #expect(
      bench.speakAll() == ["n started 2 Three", "n audio 2", "n complete 2", "n final"])
    #expect(
      bench.send(.closing("n")) == ["n final", "n closed 13 characters"])
  }

  @Test func `a flush of nothing is answered at once, two flushes of one text once`() {
    var bench = MultiBench()
    _ = bench.send(.of("n", text: " ", voice: 7))
    #expect(bench.send(.of("n", text: "", flush: true)) == ["n final"])
    _ = bench.send(.of("n", text: "One.", flush: true))
    #expect(bench.send(.of("n", text: "", flush: true)) == [])
    #expect(bench.speakAll().filter { $0 == "n final" }.count == 1)
  }

  @Test func `each flush of a text of its own is answered in order`() {
    var bench = MultiBench()
    _ = bench.send(.of("n", text: "One.", voice: 7, flush: true))
    _ = bench.send(.of("n", text: "Two.", flush: true))
    #expect(bench.speak().last == "n final")
    #expect(bench.speak().last == "n final")
  }

  @Test func `a graceful close speaks what is there, then says final and closed`() {
    var bench = MultiBench()
    _ = bench.send(.of("n", text: "It was", voice: 7))
    #expect(bench.send(.closing("n")) == [])
    #expect(
      bench.speakAll() == [
        "n started 0 It was", "n audio 0", "n complete 0", "n final", "n closed 6 characters",
      ])
    #expect(!bench.service.isBusy)
  }

  @Test func `flush and close together are one final`() {
    var bench = MultiBench()
    _ = bench.send(.of("n", text: "One.", voice: 7, flush: true))
    _ = bench.send(.of("n", text: "", flush: true))
    _ = bench.send(.closing("n"))
    #expect(bench.speakAll().suffix(3) == ["n complete 0", "n final", "n closed 4 characters"])
  }

  @Test func `an immediate close says no final, and nothing comes after it`() {
    var bench = MultiBench()
    _ = bench.send(.of("n", text: "One. Two. Three.", voice: 7, flush: true))
    _ = bench.speak()
    let late = bench.jobs[0]
    #expect(bench.send(.closing("n", immediate: true)) == ["n closed 16 characters"])
    #expect(bench.jobs == [])
    #expect(bench.after(.zero, .engine(.samples([1]), job: late.id)) == [])
  }

  @Test func `a context without a voice fails at its first text, top-level voices do not help`() {
    var bench = MultiBench()
    let frame = ClientFrame.of("n", text: " ") { $0.settings.voice = .id(7) }
    #expect(bench.send(frame) == ["n created"])
    #expect(bench.send(.of("n", text: "Hello.")) == ["n error MISSING_VOICE_ID"])
    #expect(bench.send(.closing("n")) == ["n final", "n closed"])
    _ = bench.send(.of("n", text: " ", voice: 500))
    #expect(bench.send(.of("n", text: "Hello.")) == ["n error NOT_FOUND"])
  }

  @Test func `session settings are sticky, and a context keeps those it began with`() {
    var bench = MultiBench()
    _ = bench.send(
      .of("a", text: " ", voice: 7) {
        $0.settings.speed = 1.1
        $0.settings.sampleRate = 16_000
      })
    _ = bench.send(.of("b", text: " ", voice: 8) { $0.settings.speed = 0.9 })
    _ = bench.send(.of("a", text: "One.", flush: true))
    _ = bench.send(.of("b", text: "Two.", flush: true))
    #expect(bench.jobs.map(\.utterance.speed) == [1.1, 0.9])
    #expect(bench.jobs.map(\.utterance.voice) == [7, 8])
    #expect(bench.jobs.map(\.rate) == [16_000, 16_000])
  }

  @Test func `an update is for contexts that come later`() {
    var bench = MultiBench()
    var update = SettingsUpdate()
    update.speed = 1.2
    _ = bench.send(.of("a", text: " ", voice: 7))
    #expect(bench.send(.update(update)) == ["updated"])
    _ = bench.send(.of("b", text: " ", voice: 7))
    _ = bench.send(.of("a", text: "One.", flush: true))
    _ = bench.send(.of("b", text: "Two.", flush: true))
    #expect(bench.jobs.map(\.utterance.speed) == [1, 1.2])
    #expect(bench.send(.update(SettingsUpdate())) == ["error VALIDATION_ERROR"])
  }

  @Test func `the hint that some clients send first creates nothing and is no error`() {
    var bench = MultiBench()
    let hint = ClientFrame.of(nil, text: "") {
      $0.settings.voice = .id(7)
      $0.settings.model = "kugel-3.5"
    }
    #expect(bench.send(hint) == [])
    #expect(!bench.service.isBusy)
    #expect(bench.send(.of(nil, text: "Hello.")) == ["error VALIDATION_ERROR"])
  }

  @Test func `an error of the engine is for its context only`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One. Two.", voice: 7, flush: true))
    _ = bench.send(.of("b", text: "Three.", voice: 8, flush: true))
    let job = bench.jobs[0]
    #expect(
      bench.after(.zero, .engine(.failed(.generationFailed), job: job.id))
        == ["a error INTERNAL_ERROR"])
    #expect(bench.texts == ["b: Three."])
    #expect(bench.speakAll().last == "b final")
    _ = bench.send(.of("a", text: "Four.", flush: true))
    #expect(bench.speakAll().last == "a final")
  }

  @Test func `cancel of one context closes it and leaves the others`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One.", voice: 7, flush: true))
    _ = bench.send(.of("b", text: "Two.", voice: 8, flush: true))
    #expect(bench.send(.cancelling("a")) == ["a interrupted", "a closed"])
    #expect(bench.texts == ["b: Two."])
    #expect(bench.send(.cancelling("x")) == ["x interrupted"])
  }

  @Test func `cancel of all is of those that still take text`() {
    var bench = MultiBench()
    for name in ["a", "b", "c"] {
      _ = bench.send(.of(name, text: "One.", voice: 7, flush: true))
    }
    _ = bench.send(.closing("b"))
    #expect(bench.send(.cancel) == ["interrupted", "a closed", "c closed"])
    #expect(bench.texts == ["b: One."])
    #expect(bench.speakAll().last == "b closed 4 characters")
    #expect(bench.send(.cancel) == ["interrupted"])
  }

  @Test
  func `the twenty-first context is refused, the others and the place of one that goes are not`() {
    var bench = MultiBench()
    for number in 1...20 {
      #expect(bench.send(.of("c\(number)", text: " ", voice: 7)) == ["c\(number) created"])
    }
    #expect(bench.send(.of("late", text: " ", voice: 7)) == ["late error TOO_MANY_CONTEXTS"])
    #expect(bench.send(.of("c1", text: "Still here.", flush: true)) == [])
    #expect(bench.speakAll().last == "c1 final")
    _ = bench.send(.closing("c2"))
    #expect(bench.send(.of("late", text: " ", voice: 7)) == ["late created"])
  }

  @Test func `what nobody has is closed, flushed and kept alive without being created`() {
    var bench = MultiBench()
    #expect(bench.send(.closing("x")) == ["x closed"])
    #expect(bench.send(.of("x", flush: true)) == ["x final"])
    #expect(bench.send(.of("x") { $0.keepAlive = true }) == [])
    #expect(!bench.service.isBusy)
  }

  @Test func `word times are of their context, and the session asks for them`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One.", voice: 7) { $0.settings.wordTimestamps = true })
    #expect(bench.jobs[0].utterance.wantsWordTimes)
    let word = WordTime(
      word: "One", startMilliseconds: 0, endMilliseconds: 9, characterStart: 0, characterEnd: 3)
    _ = bench.after(.zero, .engine(.started, job: bench.jobs[0].id))
    #expect(bench.after(.zero, .engine(.words([word]), job: bench.jobs[0].id)) == ["a words"])
  }

  @Test func `the limit of characters counts from flush to flush`() {
    var bench = MultiBench { $0.charactersPerTurn = 10 }
    _ = bench.send(.of("a", text: "12345678.", voice: 7, flush: true))
    #expect(bench.send(.of("a", text: "12345678.", flush: true)) == [])
    _ = bench.speakAll()
    _ = bench.send(.of("a", text: "123456"))
    #expect(bench.send(.of("a", text: "789012")) == ["a error VALIDATION_ERROR"])
  }

  @Test func `a name is free again once its context has closed`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One.", voice: 7, flush: true))
    _ = bench.send(.closing("a"))
    // It still speaks; the frames are for the context that comes after it.
    #expect(bench.send(.of("a", text: " ", voice: 8)) == [])
    #expect(bench.send(.of("a", text: "Two.", flush: true)) == [])
    #expect(
      bench.speak().suffix(3) == ["a final", "a closed 4 characters", "a created"])
    #expect(bench.jobs.map(\.utterance.voice) == [8])
    #expect(bench.speak().last == "a final")
  }

  @Test func `a close of the context to come closes both`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One.", voice: 7, flush: true))
    _ = bench.send(.closing("a"))
    _ = bench.send(.of("a", text: "Two.", voice: 8))
    #expect(
      bench.send(.closing("a", immediate: true)) == ["a closed", "a created", "a closed"])
    #expect(bench.jobs == [])
  }

  @Test func `a close is answered once, however often it comes`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One.", voice: 7, flush: true))
    #expect(bench.send(.closing("a")) == [])
    #expect(bench.send(.closing("a")) == [])
    #expect(bench.speak().suffix(2) == ["a final", "a closed 4 characters"])
    #expect(bench.send(.closing("a")) == [])
    #expect(bench.send(.closing("a", immediate: true)) == [])
  }

  @Test func `a close of what was never there is answered once`() {
    var bench = MultiBench()
    #expect(bench.send(.closing("x")) == ["x closed"])
    for _ in 0..<100 { #expect(bench.send(.closing("x")) == []) }
    #expect(bench.send(.closing("y")) == ["y closed"])
  }

  @Test func `a context that comes again is closed again`() {
    var bench = MultiBench()
    for _ in 0..<3 {
      #expect(bench.send(.of("a", text: " ", voice: 7)) == ["a created"])
      #expect(bench.send(.closing("a")) == ["a final", "a closed"])
      #expect(bench.send(.closing("a")) == [])
    }
  }

  @Test func `each flush of a context is a turn, and so is what a close speaks`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One.", voice: 7, flush: true))
    _ = bench.send(.of("a", text: "Two.", flush: true))
    _ = bench.speak()
    #expect(bench.ends == ["a completed"])
    _ = bench.send(.of("a", text: "Three"))
    _ = bench.send(.closing("a"))
    _ = bench.speakAll()
    #expect(bench.ends == ["a completed", "a completed", "a completed"])
  }

  @Test func `a flush of what was spoken ends its turn at once, one of nothing ends none`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One. ", voice: 7))
    _ = bench.speakAll()
    #expect(bench.ends == [])
    _ = bench.send(.of("a", flush: true))
    #expect(bench.ends == ["a completed"])
    _ = bench.send(.of("a", flush: true))
    _ = bench.send(.closing("a"))
    #expect(bench.ends == ["a completed"])
  }

  @Test func `turns that are cut or fail end so, all that were open`() {
    var bench = MultiBench()
    for name in ["a", "b"] {
      _ = bench.send(.of(name, text: "One.", voice: 7, flush: true))
      _ = bench.send(.of(name, text: "Two.", flush: true))
    }
    _ = bench.send(.cancelling("a"))
    _ = bench.after(.zero, .engine(.failed(.generationFailed), job: bench.jobs[0].id))
    #expect(bench.ends == ["a interrupted", "a interrupted", "b failed", "b failed"])
    _ = bench.send(.of("b", text: "Three.", flush: true))
    _ = bench.speakAll()
    #expect(bench.ends.last == "b completed")
    _ = bench.send(.of("late", text: "x"))
    _ = bench.send(.closing("late", immediate: true))
    #expect(bench.ends.count == 5)
  }

  @Test func `only the latest ends are remembered`() {
    var farewells = Farewells()
    for number in 0..<1000 { #expect(farewells.remember("\(number)") == true) }
    #expect(farewells.remember("999") == false)
    #expect(farewells.remember("0") == true)
    let long = String(repeating: "n", count: 1000)
    #expect(farewells.remember(long) == true)
    #expect(farewells.remember(long) == true, "it would take too much room")
  }
}
