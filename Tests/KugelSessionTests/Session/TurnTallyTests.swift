import KugelSession
import Testing

@Suite struct TurnTallyTests {
  private func report(
    _ turn: Int, _ ending: TurnReport.Ending, characters: Int = 0, samples: Int = 0
  ) -> TurnReport {
    var report = TurnReport(turn: turn)
    (report.ending, report.characters, report.audioSamples) = (ending, characters, samples)
    return report
  }

  @Test func `turns are counted by how they ended, and the first failure is kept`() {
    var tally = TurnTally()
    #expect(!tally.hadText && tally.isWhole)
    tally.add(report(1, .empty))
    #expect(!tally.hadText && tally.isWhole)
    tally.add(report(2, .complete, characters: 5, samples: 100))
    #expect(tally.hadText && tally.isWhole)
    tally.add(report(3, .cancelled, characters: 7, samples: 10))
    #expect(!tally.isWhole && tally.firstFailure == nil)
    tally.add(report(4, .failed(.timedOut(.stall, after: .seconds(1))), characters: 2))
    tally.add(report(5, .failed(.timedOut(.total, after: .seconds(9)))))
    #expect(tally.firstFailure == .timedOut(.stall, after: .seconds(1)))
    #expect((tally.characters, tally.audioSamples) == (14, 110))
    #expect([tally.complete, tally.empty, tally.cancelled, tally.failed] == [1, 1, 1, 2])
  }
}
