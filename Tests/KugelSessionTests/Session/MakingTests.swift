import KugelSession
import KugelWire
import Testing

/// What a service says its making took.
@Suite struct MakingTests {
  private func report(_ messages: [ServiceMessage]) throws -> TurnReport {
    var bench = SessionBench.open()
    _ = bench.after(.zero, .text("One. Two."))
    _ = bench.after(.zero, .endTurn)
    for message in messages { _ = bench.after(.zero, .received(message)) }
    return try #require(
      bench.after(.zero, .received(.sessionClosed(TurnTotals(), usage: nil))).reports.first)
  }

  private func chunk(_ number: Int, _ seconds: Double, _ milliseconds: Double) -> [ServiceMessage] {
    [
      .generationStarted(chunk: number, text: "One."),
      .chunkComplete(chunk: number, audioSeconds: seconds, generationMilliseconds: milliseconds),
    ]
  }

  @Test func `what the chunks took is added up, and is a share of their sound`() throws {
    let making = try report(chunk(0, 1, 100) + chunk(1, 3, 300)).making
    #expect(making == TurnReport.Making(milliseconds: 400, audioSeconds: 4))
    #expect(making?.realTimeFactor == 0.1)
  }

  @Test func `none is as good as not said`() throws {
    #expect(try report(chunk(0, 1, 0)).making == nil)
    #expect(TurnReport.Making(milliseconds: 5, audioSeconds: 0).realTimeFactor == nil)
  }

  @Test func `a request says it at its end, where no chunk did`() throws {
    var statistics = FinalStatistics()
    statistics.generationMilliseconds = 50
    let frame = AudioFrame(
      samples: [Int16](repeating: 1, count: 24_000), rate: 24_000, index: 0, chunk: 0)
    let making = try report([
      .generationStarted(chunk: 0, text: "One."), .audio(frame), .final(statistics),
    ]).making
    #expect(making == TurnReport.Making(milliseconds: 50, audioSeconds: 1))
    #expect(try report(chunk(0, 1, 100) + [.final(statistics)]).making?.milliseconds == 100)
  }
}
