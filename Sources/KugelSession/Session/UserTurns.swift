import KugelText
import KugelWire

/// The turns of one speaker as the user counts them, oldest first: begun and not yet reported.
///
/// Pure.
struct UserTurns: Sendable {
  private struct Turn: Sendable {
    var report: TurnReport
    /// As they were when it began; what is changed later is for later turns.
    @Boxed var settings: TurnSettings
    var ended = false
    /// White space before the first word; a turn of nothing else is never sent.
    var leadingBlank = ""
    var hasWords = false
    var ration: TurnRation
  }

  /// What became of a piece of text.
  struct Taken {
    /// Counts from 1.
    var turn: Int
    /// Whether the turn began with it.
    var began: Bool
    /// To be sent.
    var parts: [TurnRation.Part] = []
  }

  /// Unicode scalars that one turn on the wire may hold.
  private let limit: Int
  private var turns: [Turn] = []
  /// Text of a turn that has failed, up to its end, is not spoken.
  private var discarding = false

  init(limit: Int) { self.limit = limit }

  var isEmpty: Bool { turns.isEmpty }
  /// The number of the oldest.
  var first: Int? { turns.isEmpty ? nil : turns[0].report.turn }

  func contains(_ turn: Int) -> Bool { index(of: turn) != nil }

  func settings(of turn: Int) -> TurnSettings {
    index(of: turn).map { turns[$0].settings } ?? TurnSettings()
  }

  mutating func note(_ turn: Int, _ change: (inout TurnReport) -> Void) {
    guard let index = index(of: turn) else { return }
    change(&turns[index].report)
  }

  /// Looks at numbers alone: it is asked for every frame, and a turn is much to copy.
  private func index(of turn: Int) -> Int? {
    turns.indices.first { turns[$0].report.turn == turn }
  }

  // MARK: What the user does

  /// Begins a turn that has no text yet.
  ///
  /// - Returns: whether one began: none does while one is open.
  mutating func begin(_ number: Int, settings: TurnSettings) -> Bool {
    guard !discarding, turns.last.map(\.ended) ?? true else { return false }
    turns.append(
      Turn(report: TurnReport(turn: number), settings: settings, ration: TurnRation(limit: limit)))
    return true
  }

  /// Takes text for the turn that is open, or begins one.
  ///
  /// - Parameters:
  ///   - number: of a turn that begins.
  ///   - goesOn: whether the last turn on the wire is of that number and takes more text.
  /// - Returns: nil when the text is nobody's.
  mutating func append(
    _ text: String, beginning number: Int, settings: TurnSettings = TurnSettings(),
    at now: ContinuousClock.Instant, goesOn: (Int) -> Bool
  ) -> Taken? {
    guard !discarding, !text.isEmpty else { return nil }
    let begins = begin(number, settings: settings)
    let last = turns.count - 1
    var taken = Taken(turn: turns[last].report.turn, began: begins)
    var text = text
    if !turns[last].hasWords {
      guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
        turns[last].leadingBlank += text
        return taken
      }
      if !turns[last].leadingBlank.isEmpty { text = turns[last].leadingBlank + text }
      turns[last].leadingBlank = ""
      turns[last].hasWords = true
      turns[last].report.firstTextAt = now
    }
    turns[last].report.characters += text.unicodeScalars.count
    if !goesOn(taken.turn) { turns[last].ration.reset() }
    taken.parts = turns[last].ration.take(text)
    return taken
  }

  /// The text of the open turn is complete.
  ///
  /// - Returns: its number; nil when none is open.
  mutating func end() -> Int? {
    discarding = false
    guard let last = turns.indices.last, !turns[last].ended else { return nil }
    turns[last].ended = true
    return turns[last].report.turn
  }

  /// Ends them all.
  mutating func cancel() -> [TurnReport] {
    discarding = false
    defer { turns = [] }
    return turns.map { turn in
      var report = turn.report
      report.ending = .cancelled
      return report
    }
  }

  // MARK: Their ends

  /// Reports the turns that are complete, oldest first.
  ///
  /// - Parameter wire: what has not been answered.
  mutating func settle(_ wire: [WireTurn]) -> [TurnReport] {
    var reports: [TurnReport] = []
    while let first = turns.first, first.ended,
      !wire.contains(where: { $0.turn == first.report.turn })
    {
      var report = first.report
      if !first.hasWords { report.ending = .empty }
      reports.append(report)
      turns.removeFirst()
    }
    return reports
  }

  /// Ends one; text that still comes for it is not spoken.
  mutating func fail(_ turn: Int, _ failure: SessionFailure) -> TurnReport? {
    guard let index = index(of: turn) else { return nil }
    var failed = turns.remove(at: index)
    if !failed.ended { discarding = true }
    failed.report.ending = .failed(failure)
    return failed.report
  }
}
