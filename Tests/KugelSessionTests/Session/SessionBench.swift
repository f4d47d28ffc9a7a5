import KugelSession
import KugelWire

/// A session with its clock, and what it did.
struct SessionBench {
  var session: SpeechSession
  var now = ContinuousClock.now

  init(policy: SessionPolicy = SessionPolicy(), settings: TurnSettings = .voiced) {
    session = SpeechSession(settings: settings, policy: policy)
  }

  mutating func after(_ wait: Duration = .zero, _ event: SpeechSession.Event)
    -> [SpeechSession.Action]
  {
    now += wait
    return session.receive(event, at: now)
  }

  /// Connected, with the actions of that left out.
  static func open(policy: SessionPolicy = SessionPolicy()) -> SessionBench {
    var bench = SessionBench(policy: policy)
    _ = bench.after(.zero, .start)
    _ = bench.after(.zero, .opened)
    return bench
  }
}

extension TurnSettings {
  static var voiced: TurnSettings {
    var settings = TurnSettings()
    settings.voice = .id(7)
    return settings
  }
}

extension AudioFrame {
  static func of(_ samples: [Int16], index: Int = 0) -> AudioFrame {
    AudioFrame(samples: samples, rate: 24_000, index: index, chunk: 0)
  }
}

extension [SpeechSession.Action] {
  /// Of the frames that are sent.
  var texts: [String] {
    compactMap { if case .send(let frame) = $0 { frame.text } else { nil } }
  }

  var reports: [TurnReport] {
    compactMap { if case .turnEnded(let report) = $0 { report } else { nil } }
  }

  var played: [Int16] {
    flatMap { action -> [Int16] in
      if case .play(let frame, turn: _) = action { frame.samples } else { [] }
    }
  }
}
