import KugelServiceCore
import KugelWire

/// What a connection adds to the server's figures. Pure: time and figures are arguments.
struct LaneFigures {
  /// Contexts that are being spoken; nil is the connection without contexts.
  private var openTurns: Set<String?> = []
  /// When the first text of those went to the engine whose audio has not begun.
  private var asked: [String?: ContinuousClock.Instant] = [:]
  private var contexts: Set<String> = []

  /// Text of a context goes to the engine.
  mutating func asking(for context: String?, at now: ContinuousClock.Instant) {
    if openTurns.insert(context).inserted { asked[context] = now }
  }

  /// A frame goes to the client.
  mutating func sending(
    _ frame: ServiceFrame, at now: ContinuousClock.Instant, counting metrics: inout ServiceMetrics
  ) {
    let name = frame.context
    switch frame.message {
    case .audio(let audio):
      metrics.audioSent(seconds: Double(audio.samples.count) / Double(audio.rate))
      if let begun = asked.removeValue(forKey: name) { metrics.firstAudio(after: now - begun) }
    case .contextCreated:
      if let name, contexts.insert(name).inserted { metrics.openContexts += 1 }
    case .contextClosed:
      if let name, contexts.remove(name) != nil { metrics.openContexts -= 1 }
    case .error(let error): metrics.failed(error)
    default: break
    }
  }

  /// As the core says it: of those of which something went to the engine.
  mutating func turnEnded(
    of context: String?, _ end: ServiceMetrics.TurnOutcome, counting metrics: inout ServiceMetrics
  ) {
    openTurns.remove(context)
    asked[context] = nil
    metrics.turnEnded(end)
  }

  /// The connection is gone, with whatever was under way.
  mutating func end(counting metrics: inout ServiceMetrics) {
    for name in openTurns { turnEnded(of: name, .lost, counting: &metrics) }
    metrics.openContexts -= contexts.count
    contexts = []
  }
}
