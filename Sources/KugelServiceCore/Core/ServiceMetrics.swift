import KugelWire

/// Which sockets a service has, as its figures call them.
package enum SocketName: Hashable, CaseIterable, Sendable {
  case tts, stream, multi
  /// Of ElevenLabs: one context, and several.
  case context, contexts

  package init(_ endpoint: Endpoint) {
    self =
      switch endpoint {
      case .tts: .tts
      case .stream: .stream
      case .multi: .multi
      }
  }

  var path: String {
    switch self {
    case .tts: Endpoint.tts.path
    case .stream: Endpoint.stream.path
    case .multi: Endpoint.multi.path
    case .context: "/v1/text-to-speech/stream-input"
    case .contexts: "/v1/text-to-speech/multi-stream-input"
    }
  }
}

/// What a service has done since it started, as Prometheus reads it.
///
/// Source: Prometheus text exposition format 0.0.4.
package struct ServiceMetrics: Equatable, Sendable {
  package enum TurnOutcome: String, CaseIterable, Sendable {
    case completed, interrupted, failed, lost
  }

  /// Upper bounds of the histogram's buckets, seconds.
  package static let bounds = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]

  private var turns: [TurnOutcome: Int] = [:]
  private var errors: [String: Int] = [:]
  private var requests: [Int: Int] = [:]
  private var firstAudio = [Int](repeating: 0, count: bounds.count)
  private var firstAudioCount = 0
  private var firstAudioSum = 0.0
  private var audioSeconds = 0.0
  private var openSockets: [SocketName: Int] = [:]
  /// Contexts that are open now, of all sockets.
  package var openContexts = 0
  /// Turns and requests under way now.
  package var turnsInFlight = 0

  package init() {}

  package mutating func turnEnded(_ end: TurnOutcome) { turns[end, default: 0] += 1 }

  /// - Parameter wait: from the first text given to the engine to the first audio sent.
  package mutating func firstAudio(after wait: Duration) {
    let seconds = wait / .seconds(1)
    firstAudioCount += 1
    firstAudioSum += seconds
    if let bucket = Self.bounds.firstIndex(where: { seconds <= $0 }) { firstAudio[bucket] += 1 }
  }

  package mutating func audioSent(seconds: Double) { audioSeconds += seconds }

  package mutating func failed(_ error: ServiceError) { errors[error.name, default: 0] += 1 }

  package mutating func answered(status: Int) { requests[status, default: 0] += 1 }

  package mutating func socketOpened(_ name: SocketName) {
    openSockets[name, default: 0] += 1
  }

  package mutating func socketClosed(_ name: SocketName) {
    openSockets[name, default: 0] -= 1
  }

  package var text: String {
    var page = Page()
    page.metric(
      "kugel_turns_total", "counter", "Turns and requests that ended, by how.",
      TurnOutcome.allCases.map { ("{end=\"\($0.rawValue)\"}", "\(turns[$0] ?? 0)") })
    page.metric(
      "kugel_turns_in_flight", "gauge", "Turns and requests under way.", [("", "\(turnsInFlight)")])
    var sum = 0
    let buckets = zip(Self.bounds, firstAudio).map { bound, count in
      sum += count
      return ("_bucket{le=\"\(bound)\"}", "\(sum)")
    }
    page.metric(
      "kugel_first_audio_seconds", "histogram",
      "From the first text given to the engine to the first audio sent.",
      buckets + [
        ("_bucket{le=\"+Inf\"}", "\(firstAudioCount)"), ("_sum", "\(firstAudioSum)"),
        ("_count", "\(firstAudioCount)"),
      ])
    page.metric(
      "kugel_audio_seconds_total", "counter", "Audio sent, in seconds.", [("", "\(audioSeconds)")])
    page.metric(
      "kugel_errors_total", "counter", "Errors sent, by error code.",
      errors.sorted { $0.key < $1.key }.map { ("{code=\"\($0.key)\"}", "\($0.value)") })
    page.metric(
      "kugel_http_responses_total", "counter", "HTTP responses other than upgrades, by status.",
      requests.sorted { $0.key < $1.key }.map { ("{status=\"\($0.key)\"}", "\($0.value)") })
    page.metric(
      "kugel_open_sockets", "gauge", "Open WebSockets, by endpoint.",
      SocketName.allCases.map { ("{endpoint=\"\($0.path)\"}", "\(openSockets[$0] ?? 0)") })
    page.metric(
      "kugel_open_contexts", "gauge", "Open contexts of all sockets.", [("", "\(openContexts)")])
    return page.text
  }

  private struct Page {
    var text = ""

    mutating func metric(
      _ name: String, _ type: String, _ help: String, _ samples: [(suffix: String, value: String)]
    ) {
      text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
      for sample in samples { text += "\(name)\(sample.suffix) \(sample.value)\n" }
    }
  }
}
