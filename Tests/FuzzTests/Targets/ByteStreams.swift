@testable import KugelSession
@testable import KugelText

extension FuzzTarget {
  /// What comes in bytes: UTF-8, lines and turns, whole against cut.
  static let streams = FuzzTarget("streams") { input in
    var cuts = Cuts(of: input)
    let pieces = cuts.pieces(of: input)
    var (whole, cut) = (UTF8Decoder(), UTF8Decoder())
    let text = whole.decode(input) + whole.finish()
    var joined = ""
    for piece in pieces { joined += cut.decode(piece) }
    joined += cut.finish()
    try same(joined, text, "UTF-8 cut anywhere is the text of the whole")
    try same(
      cut.firstInvalidOffset ?? -1, whole.firstInvalidOffset ?? -1, "the first flaw is found alike")
    try same(
      whole.firstInvalidOffset == nil, String(validating: input, as: UTF8.self) != nil,
      "there is a flaw where the library says so")
    try linesAreAlike(text, &cuts)
    for mark in [TurnEnd.blankLine, .line, .nul, .endOfInput] {
      try turnsAreAlike(text, mark, &cuts)
    }
  }

  private static func linesAreAlike(_ text: String, _ cuts: inout Cuts) throws(Finding) {
    var (whole, cut) = (LineCutter(limit: 64), LineCutter(limit: 64))
    var expected = whole.append(text)
    if let last = whole.finish() { expected.append(last) }
    var lines: [LineCutter.Line] = []
    for piece in cuts.texts(of: text) { lines += cut.append(piece) }
    if let last = cut.finish() { lines.append(last) }
    try same(lines, expected, "lines cut anywhere are the lines of the whole")
  }

  private static func turnsAreAlike(
    _ text: String, _ mark: TurnEnd, _ cuts: inout Cuts
  ) throws(Finding) {
    let now = ContinuousClock.now
    var (whole, cut) = (TurnCutter(mark: mark), TurnCutter(mark: mark))
    let expected = whole.append(text, at: now) + whole.finish()
    var found: [TurnCutter.Piece] = []
    for piece in cuts.texts(of: text) { found += cut.append(piece, at: now) }
    found += cut.finish()
    try same(turns(of: found), turns(of: expected), "turns cut anywhere are those of the whole")
    try same(all(found), text, "the pieces of turns joined are the text")
  }

  /// What is spoken of each turn.
  private static func turns(of pieces: [TurnCutter.Piece]) -> [String] {
    var turns = [""]
    for piece in pieces {
      switch piece {
      case .text(let text): turns[turns.count - 1] += text
      case .skipped: break
      case .endTurn: turns.append("")
      }
    }
    return turns.map { $0.filter { !$0.isWhitespace } }
  }

  private static func all(_ pieces: [TurnCutter.Piece]) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text), .skipped(let text): text
      case .endTurn: ""
      }
    }.joined()
  }
}
