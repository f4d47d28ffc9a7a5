import Testing

@testable import KugelServiceCore

@Suite struct ServiceMetricsTests {
  @Test func `what happened is counted`() {
    var metrics = ServiceMetrics()
    metrics.turnsInFlight = 2
    metrics.openContexts = 3
    metrics.turnEnded(.completed)
    metrics.turnEnded(.completed)
    metrics.turnEnded(.lost)
    metrics.audioSent(seconds: 1.5)
    metrics.failed(.rateLimited)
    metrics.answered(status: 404)
    metrics.socketOpened(.tts)
    metrics.socketOpened(.stream)
    metrics.socketClosed(.tts)
    let lines = metrics.text.split(separator: "\n").map(String.init)
    for line in [
      "kugel_turns_total{end=\"completed\"} 2", "kugel_turns_total{end=\"lost\"} 1",
      "kugel_turns_total{end=\"failed\"} 0", "kugel_turns_in_flight 2", "kugel_open_contexts 3",
      "kugel_audio_seconds_total 1.5", "kugel_errors_total{code=\"RATE_LIMITED\"} 1",
      "kugel_http_responses_total{status=\"404\"} 1",
      "kugel_open_sockets{endpoint=\"/ws/tts\"} 0",
      "kugel_open_sockets{endpoint=\"/ws/tts/stream\"} 1",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
  }

  @Test func `the histogram's buckets add up`() {
    var metrics = ServiceMetrics()
    for milliseconds in [1, 3, 40, 60_000] {
      metrics.firstAudio(after: .milliseconds(milliseconds))
    }
    let text = metrics.text
    #expect(text.contains("_bucket{le=\"0.001\"} 1\n"))
    #expect(text.contains("_bucket{le=\"0.005\"} 2\n"))
    #expect(text.contains("_bucket{le=\"10.0\"} 3\n"))
    #expect(text.contains("_bucket{le=\"+Inf\"} 4\n"))
    #expect(text.contains("kugel_first_audio_seconds_count 4\n"))
    #expect(text.contains("kugel_first_audio_seconds_sum 60.044\n"))
  }

  @Test func `every metric is explained once and has its type`() {
    let lines = ServiceMetrics().text.split(separator: "\n")
    let helps = lines.filter { $0.hasPrefix("# HELP ") }
    #expect(helps.count == Set(helps).count)
    #expect(helps.count == lines.count { $0.hasPrefix("# TYPE ") })
    for line in lines where !line.hasPrefix("#") {
      let parts = line.split(separator: " ")
      #expect(parts.count == 2 && Double(parts[1]) != nil, "\(line)")
    }
  }
}
