import Testing

@testable import KugelSession
@testable import KugelWire

private let start = ContinuousClock.now

@Suite struct SessionTalkTests {
  private let nothing = ServiceMessage.sessionClosed(TurnTotals(), usage: nil)

  @Test func `while a cancel is unanswered no end is expected for nothing`() {
    var talk = SessionTalk()
    talk.expectStrayClose()
    _ = talk.cancel(givingUpAt: start)
    talk.expectStrayClose()
    #expect(talk.acknowledgementDue == start)
    talk.acknowledged()
    // Everything up to the acknowledgement was of the cancelled turns, strays among it.
    #expect(talk.acknowledgementDue == nil && !talk.takesAsStray(nothing))
  }

  @Test func `an end for nothing is taken once, and not behind the next turn's sound`() {
    var talk = SessionTalk()
    talk.expectStrayClose()
    let (first, second) = (talk.takesAsStray(nothing), talk.takesAsStray(nothing))
    #expect(first && !second)
    talk.expectStrayClose()
    #expect(talk.takesAsStray(.generationStarted(chunk: 0, text: "One.")) == false)
    #expect(talk.takesAsStray(nothing) == false)
  }

  @Test func `an error is a refusal of an update only when it says so and one is under way`() {
    var talk = SessionTalk()
    let refusal = ServiceError.invalidUpdate("speed")
    #expect(talk.takesAsRefusal(refusal) == false)
    _ = talk.update(SettingsUpdate())
    // A text about settings is no refusal of them.
    #expect(talk.takesAsRefusal(.validation("the settings of the voice are broken")) == false)
    let (first, second) = (talk.takesAsRefusal(refusal), talk.takesAsRefusal(refusal))
    #expect(first && !second)
  }

  @Test func `settings travel with the first text that needs them, and again after a cancel`() {
    var talk = SessionTalk()
    let turn = WireTurn(turn: 1, settings: .voiced)
    #expect(talk.frame("One.", of: turn, flush: false).settings == .voiced)
    #expect(talk.frame("Two.", of: turn, flush: false).settings == TurnSettings())
    _ = talk.cancel(givingUpAt: start)
    #expect(talk.frame("Three.", of: turn, flush: false).settings == .voiced)
  }
}

@Suite struct SessionCourseTests {
  @Test func `it begins once, and what is over neither goes on nor finishes`() {
    var course = SessionCourse()
    course.finish()
    #expect(course.since == nil && !course.isFinishing)
    course.begin(at: start)
    course.begin(at: start + .seconds(1))
    #expect(course.since == start)
    course.finish()
    #expect(course.since == start && course.isFinishing)
    course.end()
    course.begin(at: start)
    course.finish()
    #expect(course.isOver && course.since == nil && !course.isFinishing)
  }
}

@Suite struct LinkTalkTests {
  @Test func `what was said over a connection goes with it`() {
    var link = SessionLink<SessionTalk>(policy: SessionPolicy(), chance: 0)
    link.talk?.expectStrayClose()
    #expect(link.talk == nil)
    link.opened(SessionTalk())
    _ = link.talk?.cancel(givingUpAt: start)
    #expect(link.talk?.acknowledgementDue == start)
    link.drop()
    #expect(link.talk == nil && link.isDown)
    link.opened(SessionTalk())
    #expect(link.talk?.acknowledgementDue == nil)
  }
}

@Suite struct ClientContextTests {
  private func context() -> ClientContext {
    ClientContext(name: "anna", settings: .voiced, limit: 100, at: start)
  }

  @Test func `only a context that the service does not have is opened again`() {
    var context = context()
    context.open(at: start)
    context.wantsToReopen(true)
    #expect(context.isOpen && !context.reopens)
    context.connectionLost()
    #expect(context.reopens && !context.takesPlace)
    context.open(at: start)
    context.beginClosing(givingUpAt: start)
    context.connectionLost()
    #expect(!context.reopens)
  }

  @Test func `what is sent to a context that is being closed does not open it`() {
    var context = context()
    context.open(at: start)
    context.beginClosing(givingUpAt: start + .seconds(5))
    context.sent(at: start)
    #expect(context.isClosing && context.takesPlace)
    context.abandoned()
    #expect(!context.takesPlace && context.wireName == "anna~1")
  }
}
