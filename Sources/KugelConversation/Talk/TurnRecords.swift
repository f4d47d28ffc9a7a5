import KugelSession
import KugelWire

/// What the turns of a conversation came to: all of them in sum, the last ones each.
struct TurnRecords: Sendable {
  /// How many are kept.
  private static let limit = 100

  private(set) var totals = ConversationTotals()
  private var figures: [TurnFigures] = []
  /// Of the last turn that was completed; a barge-in leaves it as it is.
  private(set) var lastFinal: FinalStatistics?

  var last: TurnFigures? { figures.last }

  func figures(of turn: Int) -> TurnFigures? { figures.last { $0.turn == turn } }

  /// The service has finished with a turn.
  mutating func ended(_ turn: SpokenTurn, _ report: TurnReport) -> TurnFigures {
    let figures = TurnFigures(turn, report)
    totals.add(figures)
    keep(figures)
    if report.ending == .complete, var final = report.final {
      final.originalText = nil
      lastFinal = final
    }
    return figures
  }

  /// The sound of a turn was cut that the service had finished.
  mutating func cutAfterItsEnd() { totals.cancelled += 1 }

  /// Nothing of a turn is left.
  mutating func over(_ turn: SpokenTurn) {
    var figures = TurnFigures(turn)
    figures.heard = turn.cut ?? turn.heard
    keep(figures)
  }

  mutating func problem() { totals.problems += 1 }
  mutating func missedExpectation() { totals.expectationsMissed += 1 }

  private mutating func keep(_ latest: TurnFigures) {
    figures.removeAll { $0.turn == latest.turn }
    // Texts of the last turn only: what is kept must not grow with the conversation.
    for index in figures.indices {
      figures[index].heard = nil
      figures[index].spokenText = ""
      figures[index].final?.originalText = nil
    }
    figures.append(latest)
    if figures.count > Self.limit { figures.removeFirst() }
  }
}
