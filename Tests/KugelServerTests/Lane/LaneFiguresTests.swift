import KugelServiceCore
import KugelWire
import Testing

@testable import KugelServer

@Suite struct LaneFiguresTests {
  private var figures = LaneFigures()
  private var metrics = ServiceMetrics()
  private let start = ContinuousClock.now

  private mutating func send(_ message: ServiceMessage, _ context: String? = nil, after ms: Int = 0)
  {
    figures.sending(
      ServiceFrame(message, context: context), at: start + .milliseconds(ms), counting: &metrics)
  }

  private func turns(_ end: ServiceMetrics.TurnOutcome) -> String? {
    metrics.text.split(separator: "\n").first {
      $0.hasPrefix("kugel_turns_total{end=\"\(end.rawValue)\"}")
    }.map { String($0.drop { $0 != " " }.dropFirst()) }
  }

  @Test mutating func `turns end when the core says so, whatever the client is told`() {
    figures.asking(for: nil, at: start)
    for message in [ServiceMessage.error(.rateLimited), .interrupted, .final(FinalStatistics())] {
      send(message)
    }
    for end in ServiceMetrics.TurnOutcome.allCases { #expect(turns(end) == "0") }
    figures.turnEnded(of: nil, .interrupted, counting: &metrics)
    figures.end(counting: &metrics)
    #expect(turns(.interrupted) == "1")
    #expect(turns(.lost) == "0")
  }

  @Test mutating func `contexts are turns of their own, and open until they are closed`() {
    for name in ["a", "b"] {
      send(.contextCreated, name)
      figures.asking(for: name, at: start)
    }
    #expect(metrics.openContexts == 2)
    figures.turnEnded(of: "a", .completed, counting: &metrics)
    send(.contextClosed(usage: nil), "a")
    #expect(turns(.completed) == "1")
    #expect(metrics.openContexts == 1)
    figures.end(counting: &metrics)
    #expect(turns(.lost) == "1")
    #expect(metrics.openContexts == 0)
  }

  @Test mutating func `the wait for the first audio counts once for each turn`() {
    figures.asking(for: nil, at: start)
    figures.asking(for: nil, at: start + .milliseconds(50))
    let audio = AudioFrame(samples: [1, 2], rate: 24_000, index: 0, chunk: 0)
    send(.audio(audio), after: 80)
    send(.audio(audio), after: 500)
    #expect(metrics.text.contains("kugel_first_audio_seconds_count 1\n"))
    #expect(metrics.text.contains("kugel_first_audio_seconds_sum 0.08"))
  }
}
