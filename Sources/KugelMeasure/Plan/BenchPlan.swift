/// In which order turns are measured.
package struct BenchPlan: Equatable, Sendable {
  package struct Step: Equatable, Sendable {
    /// Index of the case.
    package var measured: Int
    package var phase: TurnPhase
    /// Counts from 1 within case and phase.
    package var turn: Int

    package init(measured: Int, phase: TurnPhase, turn: Int) {
      self.measured = measured
      self.phase = phase
      self.turn = turn
    }
  }

  package let steps: [Step]

  /// One turn of each case, then the next of each: what else the machine or the network does meanwhile
  /// hits all alike.
  package init(cases: Int, counts: BenchReport.Planned) {
    let phases: [(TurnPhase, Int)] = [
      (.cold, counts.cold), (.warmup, counts.warmup), (.warm, counts.warm),
      (.bargeIn, counts.bargeIn),
    ]
    steps = phases.flatMap { phase, count in
      (0..<count).flatMap { turn in
        (0..<cases).map { Step(measured: $0, phase: phase, turn: turn + 1) }
      }
    }
  }
}
