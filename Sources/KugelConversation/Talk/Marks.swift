import KugelSession

/// Places in the text of turns that are told when they are heard.
struct Marks: Sendable {
  struct Mark: Equatable, Sendable {
    let name: String
    let turn: Int
    /// Scalars of the turn before it that are no white space.
    let solid: Int
    let origin: Conversation.Origin
  }

  private var marks: [Mark] = []

  var isEmpty: Bool { marks.isEmpty }
  /// The turn of the first that was not heard.
  var firstTurn: Int? { marks.first?.turn }

  /// At the end of the turn's text as far as it goes.
  mutating func add(_ name: String, to turn: SpokenTurn, _ origin: Conversation.Origin) {
    marks.append(
      Mark(
        name: name, turn: turn.number, solid: turn.text.withoutWhitespace.count, origin: origin))
  }

  /// Takes those of a turn that have been heard.
  ///
  /// - Parameter isOver: everything of the turn was.
  mutating func takeHeard(of turn: SpokenTurn, isOver: Bool) -> [Mark] {
    guard turn.played > 0, marks.contains(where: { $0.turn == turn.number }) else { return [] }
    let solid = isOver ? .max : (turn.cut ?? turn.heard).heard.withoutWhitespace.count
    let heard = marks.filter { $0.turn == turn.number && $0.solid <= solid }
    marks.removeAll { heard.contains($0) }
    return heard
  }

  /// Nothing of the turn is left.
  mutating func over(_ turn: Int) { marks.removeAll { $0.turn == turn } }
}
