import KugelWire
import Testing

@testable import KugelConversation
@testable import KugelSession

private let start = ContinuousClock.now

private func turn(_ number: Int, reached: ContinuousClock.Instant? = nil) -> SpokenTurn {
  var turn = SpokenTurn(number: number)
  turn.soundReachedAt = reached
  return turn
}

private func origin(_ line: Int) -> Conversation.Origin {
  var origin = Conversation.Origin()
  origin.line = line
  return origin
}

private func request(_ line: Int, _ command: ConversationCommand = .end) -> ConversationRequest {
  ConversationRequest(line: line, request: .success(command))
}

@Suite struct AgendaTests {
  @Test func `it waits for one thing at a time, whatever was waited for before`() {
    var agenda = Agenda()
    agenda.wait(for: .final, origin(1))
    agenda.ask(for: request(2))
    #expect(agenda.wait == nil && !agenda.isGoing)
    agenda.wait(for: .heard, origin(3))
    #expect(agenda.wait?.for == .heard && agenda.answered() == nil)
  }

  @Test
  func `a request that waits for the voices is done when they are known, unless it was dropped`() {
    var agenda = Agenda()
    agenda.ask(for: request(1))
    #expect(agenda.answered() == request(1) && agenda.isGoing)
    agenda.ask(for: request(2))
    agenda.drop()
    #expect(agenda.answered() == nil && agenda.isGoing)
  }

  @Test func `what has ended neither waits nor asks any more`() {
    var agenda = Agenda()
    agenda.add(request(1))
    agenda.end()
    agenda.drop()
    agenda.goOn()
    #expect(!agenda.isGoing && agenda.inputHasEnded && !agenda.wantsInput)
    agenda.add(request(2))
    #expect(agenda.takeFirst() == nil)
  }

  @Test func `a request that has to wait comes before those behind it`() {
    var agenda = Agenda()
    agenda.add(request(2))
    agenda.wait(for: .sound(turn: 1), before: request(1))
    agenda.goOn()
    #expect(agenda.takeFirst() == request(1) && agenda.takeFirst() == request(2))
  }
}

@Suite struct BargeInPlanTests {
  @Test func `it counts from the first sound of its turn, heard before or after it was planned`() {
    var plan = BargeInPlan()
    plan.arm(turn: nil, delay: .seconds(1), origin(1))
    plan.soundReached(1, at: start)
    #expect(plan.due == nil && plan.watchesSound)
    plan.began(2)
    plan.soundReached(2, at: start)
    #expect(plan.due == start + .seconds(1) && !plan.watchesSound)
    plan.arm(turn: turn(3, reached: start), delay: .seconds(2), origin(2))
    #expect(plan.due == start + .seconds(2))
  }

  @Test func `while the sound is cut nothing is planned, and nothing unplans that`() {
    var plan = BargeInPlan()
    plan.arm(turn: turn(1, reached: start), delay: .zero, origin(1))
    plan.silence()
    plan.disarm()
    #expect(plan.isSilencing && plan.due == nil && plan.over(1) == nil)
    plan.silenced()
    #expect(!plan.isSilencing)
  }

  @Test func `who planned it hears when its turn is over without it`() {
    var plan = BargeInPlan()
    plan.arm(turn: turn(4), delay: .zero, origin(7))
    #expect(plan.over(3) == nil)
    #expect(plan.over(4)?.line == 7)
    #expect(plan.over(4) == nil && !plan.watchesSound)
  }
}

@Suite struct PendingSettingsTests {
  @Test func `what belongs to turns waits for the open one, the volume does not`() throws {
    var settings = PendingSettings(Conversation.Setup(style: .script))
    let speed = try SettingChange(.speed, .number(1.1), offer: nil)
    let volume = try SettingChange(.volume, .number(-6), offer: nil)
    let first = try settings.take([speed, volume], isOpen: true)
    #expect(first.live == [volume] && first.later == [speed])
    #expect(settings.takeWaiting() == [speed] && settings.takeWaiting() == nil)
    let second = try settings.take([speed, volume], isOpen: false)
    #expect(second.live == [speed, volume] && settings.waiting == [])
  }
}
