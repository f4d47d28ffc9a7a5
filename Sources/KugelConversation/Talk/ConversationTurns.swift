import KugelSession
import KugelWire

/// The turns of a conversation as it speaks of them: who asked for each, what it came to, the marks in
/// its text, and the barge-in that is planned for it.
struct ConversationTurns: Sendable {
  typealias Answer = Conversation.Answer
  typealias Origin = Conversation.Origin

  private let style: ConversationStyle
  private(set) var records = TurnRecords()
  private var marks = Marks()
  private var bargeIn = BargeInPlan()
  /// What the requests are called that began the turns.
  private var ids: [Int: RequestID] = [:]
  /// Text up to the end of a turn that has failed is not spoken.
  private var hasLostText = false

  init(style: ConversationStyle) { self.style = style }

  // MARK: What happens

  /// - Parameter id: of the request whose text was taken last.
  /// - Returns: what is to be said of it.
  mutating func hear(_ happening: Happening, id: RequestID?) -> [Answer] {
    let number = happening.turn ?? 0
    switch happening.what {
    case .turnBegan:
      ids[number] = id
      bargeIn.began(number)
      return [tell(.started, number)]
    case .firstSound(let after): return [tell(.firstSound(after), number)]
    case .soundReached(let moment):
      bargeIn.soundReached(number, at: moment)
      return []
    case .turnEnded(let turn, let report): return ended(turn, report)
    case .heard(let turn):
      let heard =
        reached(turn, isOver: true)
        + (turn.samples > 0 ? [tell(.heard(samples: turn.samples), number)] : [])
      return heard + over(turn)
    case .cut(let turn): return cut(turn)
    case .resumed: return [tell(.resumed, number)]
    case .retrying(let attempt, let delay, let cause):
      return [
        Answer(.retrying(attempt: attempt, delay: delay, cause: cause.cause), origin: Origin())
      ]
    case .settingsRefused(let error): return [problem(error.message, Origin())]
    case .unreachable(let failure): return [Answer(.unreachable(failure), origin: Origin())]
    case .connecting, .connected, .keptAlive, .greeted, .reused, .settingsUpdated, .contexts,
      .contextClosed, .written, .text, .segment, .words, .sound, .placed, .firstByte, .ranDry,
      .finished:
      return []
    }
  }

  private mutating func ended(_ turn: SpokenTurn, _ report: TurnReport) -> [Answer] {
    let figures = records.ended(turn, report)
    var answers = report.warnings.map { tell(.warning($0), turn.number) }
    switch report.ending {
    case .complete: answers.append(tell(.done(figures), turn.number))
    case .empty: answers.append(tell(.empty(figures), turn.number))
    case .cancelled: break
    case .failed(let failure):
      // Its text may still be coming.
      hasLostText = hasLostText || turn.wasOpen
      answers.append(tell(.failed(figures, failure), turn.number))
    }
    if style == .json, report.ending != .empty {
      answers.append(tell(.usage(report.usage), turn.number))
    }
    return answers
  }

  private mutating func cut(_ turn: SpokenTurn) -> [Answer] {
    let wasDone = turn.report?.ending != .cancelled
    if wasDone { records.cutAfterItsEnd() }
    // It was cut, whoever wanted it.
    _ = bargeIn.over(turn.number)
    let marks = reached(turn, isOver: false)
    let text = turn.cut ?? turn.heard
    return marks + [tell(.cancelled(TurnFigures(turn), text, wasDone: wasDone), turn.number)]
      + over(turn)
  }

  /// Nothing of the turn is left.
  private mutating func over(_ turn: SpokenTurn) -> [Answer] {
    records.over(turn)
    ids[turn.number] = nil
    marks.over(turn.number)
    return bargeIn.over(turn.number).map {
      [Answer(reply: .notArmed, turn: turn.number, origin: $0)]
    } ?? []
  }

  /// The sound has come further.
  mutating func heard(in ledger: TurnLedger) -> [Answer] {
    marks.firstTurn.flatMap { ledger.turn($0) }.map { reached($0, isOver: false) } ?? []
  }

  /// Tells the marks of a turn that have been heard.
  private mutating func reached(_ turn: SpokenTurn, isOver: Bool) -> [Answer] {
    marks.takeHeard(of: turn, isOver: isOver).map {
      Answer(reply: .mark($0.name), turn: turn.number, origin: $0.origin)
    }
  }

  /// About a turn, in the name of the request that began it.
  private func tell(_ reply: ConversationReply, _ turn: Int) -> Answer {
    var origin = Origin()
    origin.id = ids[turn]
    return Answer(reply: reply, turn: turn, origin: origin)
  }

  mutating func problem(_ message: String, _ origin: Origin) -> Answer {
    records.problem()
    return Answer(.problem(message), origin: origin)
  }

  // MARK: What is asked

  /// Another turn may begin.
  ///
  /// - Returns: whether the text of one that failed ends here.
  mutating func endLostText() -> Bool {
    defer { hasLostText = false }
    return hasLostText
  }

  mutating func mark(_ name: String, in turn: SpokenTurn, _ origin: Origin) {
    marks.add(name, to: turn, origin)
  }

  /// - Returns: whether what was expected came.
  mutating func expect(
    _ expectation: Expectation, in ledger: TurnLedger, _ origin: Origin
  ) -> Answer {
    let figures = ledger.turns.last.map { TurnFigures($0) } ?? records.last
    let actual = figures.flatMap { expectation.subject.value(of: $0, isLive: !ledger.isIdle) }
    let isMet = expectation.isMet(by: actual)
    if !isMet { records.missedExpectation() }
    return Answer(
      reply: .expectation(expectation, actual: actual, isMet: isMet), turn: figures?.turn,
      origin: origin)
  }

  /// - Parameter number: nil is the last one.
  /// - Returns: nil when nothing is known of it.
  func figures(of number: Int?, in ledger: TurnLedger) -> TurnFigures? {
    guard let number else {
      return ledger.turns.last.map { TurnFigures($0) } ?? records.last
    }
    return ledger.turn(number).map { TurnFigures($0) } ?? records.figures(of: number)
  }

  // MARK: Barge-in

  var isSilencing: Bool { bargeIn.isSilencing }
  /// When a planned barge-in is to happen.
  var due: ContinuousClock.Instant? { bargeIn.due }
  /// Whether the sound has to be looked at closely.
  var watchesSound: Bool { !marks.isEmpty || bargeIn.watchesSound }

  mutating func plan(after delay: Duration, of turn: SpokenTurn?, _ origin: Origin) {
    bargeIn.arm(turn: turn, delay: delay, origin)
  }

  mutating func dropPlan() { bargeIn.disarm() }
  mutating func silence() { bargeIn.silence() }
  mutating func silenced() { bargeIn.silenced() }

  /// Whether the sound is to be cut now, as planned.
  mutating func begins(at now: ContinuousClock.Instant) -> Bool {
    guard let due, now >= due else { return false }
    bargeIn.silence()
    return true
  }
}

extension Expectation.Subject {
  /// - Parameter isLive: the turn is not over; how it ends is not known.
  fileprivate func value(of figures: TurnFigures, isLive: Bool) -> Expectation.Value? {
    switch self {
    case .firstByte: figures.timeToFirstAudio.map { .time($0) }
    case .firstSound: figures.timeToFirstSound.map { .time($0) }
    case .audio: .time(.seconds(figures.audioSeconds))
    case .chars: .count(figures.characters)
    case .gaps: .count(figures.gaps)
    case .segments: .count(figures.segments)
    case .text: .text(figures.spokenText)
    case .heard: figures.heard.map { .text($0.heard) }
    case .unheard: figures.heard.map { .text($0.unheard) }
    case .ending: isLive ? nil : .text(figures.reason.rawValue)
    }
  }
}
