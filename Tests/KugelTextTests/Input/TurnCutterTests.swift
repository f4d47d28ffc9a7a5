import KugelText
import Testing

private let start = ContinuousClock.now

@Suite struct TurnCutterTests {
  private func cut(_ pieces: [String], _ mark: TurnEnd) -> [TurnCutter.Piece] {
    var cutter = TurnCutter(mark: mark)
    return pieces.flatMap { cutter.append($0, at: start) } + cutter.finish()
  }

  private func joined(_ pieces: [TurnCutter.Piece]) -> [String] {
    var turns = [""]
    for piece in pieces {
      switch piece {
      case .text(let text): turns[turns.count - 1] += text
      case .skipped: break
      case .endTurn: turns.append("")
      }
    }
    return turns
  }

  @Test(
    arguments: [
      (TurnEnd.endOfInput, ["a\n\nb"], ["a\n\nb", ""]),
      (.line, ["a\nb", "c\nd"], ["a\n", "bc\n", "d", ""]),
      (.line, ["a\n\n\nb\n"], ["a\n", "b\n", ""]),
      (.blankLine, ["a\nb\n \nc"], ["a\nb\n \n", "c", ""]),
      (.blankLine, ["a\n", "\n", "\n", "b"], ["a\n\n", "b", ""]),
      (.nul, ["a b\0c\n\0"], ["a b", "c\n", ""]),
      (.nul, ["\0\0a"], ["a", ""]),
      (.line, [], [""]),
    ])
  func `turns end at their marks, wherever the reads fall`(
    mark: TurnEnd, pieces: [String], turns: [String]
  ) {
    #expect(joined(cut(pieces, mark)) == turns)
    #expect(joined(cut(pieces.joined().map(String.init), mark)) == turns)
    #expect(whole(cut(pieces, mark)) == pieces.joined())
  }

  /// With what is of no turn.
  private func whole(_ pieces: [TurnCutter.Piece]) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text), .skipped(let text): text
      case .endTurn: ""
      }
    }.joined()
  }

  @Test func `silence ends a turn once`() {
    var cutter = TurnCutter(mark: .idle(.milliseconds(300)))
    #expect(cutter.deadline == nil)
    #expect(cutter.append("Hi", at: start) == [.text("Hi")])
    #expect(cutter.deadline == start + .milliseconds(300))
    #expect(cutter.tick(at: start + .milliseconds(299)) == [])
    #expect(cutter.tick(at: start + .milliseconds(300)) == [.endTurn])
    #expect(cutter.deadline == nil)
    #expect(cutter.finish() == [])
  }
}
