import KugelConversation
import KugelSession
import Testing

private let text = "Sure, what do you want to know about bread? There is much to say of it."

@Suite struct ConversationTests {
  @Test func `sound stops before the service is told`() {
    var talk = Conversation(Conversation.Setup(style: .prompt))
    let now = ContinuousClock.now
    var run = Happenings()
    _ = talk.receive(
      .happened(run.observe(.text("Hi."), [.turnBegan(1)], at: now)), in: run, at: now)
    let first = talk.receive(.interrupt, in: run, at: now)
    guard first.count == 1, case .silence = first[0] else {
      Issue.record("\(first)")
      return
    }
    let cut = run.silenced(at: 0, now: now)
    let second = talk.receive(.silenced(cut), in: run, at: now)
    guard second.count == 1, case .session(.cancel) = second[0] else {
      Issue.record("\(second)")
      return
    }
  }

  @Test func `what is heard is what was played, and nothing of it comes later`() throws {
    var talk = VirtualTalk(.prompt)
    talk.type(text)
    talk.advance(.milliseconds(700))
    talk.interrupt()
    let heard = talk.heard
    #expect(heard == Array(VirtualTalk.tone(text).prefix(heard.count)))
    #expect(heard.count > 12_000)
    talk.advance(.seconds(3))
    #expect(talk.heard == heard)
    let cut = try #require(talk.answers.compactMap(\.heard).first)
    #expect(cut.heard + cut.unheard == text)
    #expect(!cut.isEstimated)
    let words = cut.heard.split(separator: " ").joined(separator: " ")
    let least = VirtualTalk.tone(words).count
    #expect(abs(least - heard.count) < 3000)
  }

  @Test func `two interrupts within a second leave, at any other time they do not`() {
    var talk = VirtualTalk(.prompt)
    talk.interrupt()
    talk.advance(.milliseconds(1200))
    talk.interrupt()
    talk.advance(.milliseconds(100))
    #expect(!talk.isFinished)
    talk.advance(.milliseconds(800))
    talk.interrupt()
    talk.advance(.milliseconds(100))
    #expect(talk.isFinished)
    #expect(talk.conversation.wasInterrupted)
  }

  @Test func `a cancel that is never acknowledged costs the connection, not the next turn`() {
    var world = VirtualTalk.World()
    world.ignoresCancel = true
    world.pace = 1.5
    var talk = VirtualTalk(.prompt, world: world)
    talk.type(text)
    talk.advance(.milliseconds(300))
    talk.interrupt()
    let before = talk.heard.count
    talk.type("Next one.")
    talk.finish()
    #expect(Array(talk.heard.dropFirst(before)) == VirtualTalk.tone("Next one."))
    #expect(talk.openings == 2)
    #expect(talk.reports.map(\.ending) == [.cancelled, .complete])
  }

  @Test func `a connection found dead between turns is opened again`() {
    var talk = VirtualTalk()
    talk.type(["One.", "", "/wait heard"])
    talk.advance(.seconds(2))
    talk.breakConnection()
    #expect(talk.openings == 1)
    talk.type(["Two.", ""])
    talk.finish()
    #expect(talk.openings == 2)
    #expect(talk.heard == VirtualTalk.tone("One. Two."))
  }

  @Test func `a drop in the middle is mended, and what was heard counts from before`() {
    var world = VirtualTalk.World()
    world.pace = 1.5
    var talk = VirtualTalk(.script, world: world)
    talk.type([text, ""])
    talk.advance(.milliseconds(600))
    talk.breakConnection()
    talk.finish()
    #expect(talk.heard == VirtualTalk.tone(text))
    #expect(talk.lines.contains("turn 1 resumed"))
    #expect(talk.lines.contains { $0.hasPrefix("retry 1 in ") })
  }

  @Test func `a script ends when nobody answers, a prompt stays`() {
    for style in [ConversationStyle.script, .prompt] {
      var world = VirtualTalk.World()
      world.policy.retries = 1
      world.isUnreachable = true
      var talk = VirtualTalk(style, world: world)
      talk.type(["Hello.", ""])
      talk.advance(.seconds(30))
      #expect(talk.isFinished == (style == .script))
      #expect((talk.conversation.gone != nil) == (style == .script))
    }
  }

  @Test func `text behind a failure is not spoken, the next turn is`() {
    var talk = VirtualTalk()
    talk.type(["/set lang=xx", "One."])
    talk.advance(.seconds(1))
    talk.type(["Two.", "", "/set lang=en", "Three.", ""])
    talk.finish()
    #expect(talk.heard == VirtualTalk.tone("Three."))
    #expect(talk.reports.count == 2)
    #expect(talk.conversation.totals.failed == 1)
  }

  @Test func `pausing holds the sound and what waits for it`() {
    var talk = VirtualTalk()
    talk.type(["/say \(text)", "/wait heard"])
    talk.advance(.milliseconds(400))
    talk.give(.togglePause)
    let before = talk.happenings.ledger.isIdle
    talk.advance(.seconds(30))
    #expect(!before && !talk.happenings.ledger.isIdle)
    talk.give(.togglePause)
    talk.advance(.seconds(30))
    #expect(talk.happenings.ledger.isIdle)
    talk.give(.togglePause)
    talk.type("/say More.")
    talk.finish()
    #expect(!talk.isPaused)
    #expect(talk.heard == VirtualTalk.tone(text) + VirtualTalk.tone("More."))
  }

  @Test func `voices change between turns on one connection`() {
    var talk = VirtualTalk()
    talk.type(["/say One two.", "/set voice=tone-2", "/say Three four."])
    talk.finish()
    #expect(
      talk.heard == VirtualTalk.tone("One two.") + VirtualTalk.tone("Three four.", voice: 2))
    #expect(talk.openings == 1)
  }

  @Test func `the last event is nothing that comes after a turn's end`() throws {
    var talk = VirtualTalk()
    talk.type(["/say \(text)", "/wait heard"])
    talk.finish()
    let names = talk.events.map(\.body.name)
    #expect(names.prefix(3) == ["turn.begin", "text", "connect"])
    for name in ["segment", "audio", "first_byte", "first_sound", "word", "turn.end", "usage"] {
      #expect(names.contains(name))
    }
    #expect(names.last == "heard")
    let audio = talk.events.compactMap { event -> Int? in
      if case .audio(let samples, _) = event.body { samples } else { nil }
    }
    #expect(audio.reduce(0, +) == VirtualTalk.tone(text).count)
    let sources = talk.events.compactMap { event -> String? in
      guard case .word(let word, _, let source?, _) = event.body else { return nil }
      let scalars = Array(text.unicodeScalars)[source]
      #expect(String(String.UnicodeScalarView(scalars)) == word)
      return word
    }
    #expect(sources.count == text.split(separator: " ").count)
  }
}

extension Conversation.Answer {
  fileprivate var heard: HeardText? {
    if case .cancelled(_, let text, _) = reply { text } else { nil }
  }
}
