@testable import KugelMeasure

/// Reports with made-up figures.
enum Reports {
  static func conditions(
    engine: String = "kugel", strategy: Strategy = .full,
    place: BenchConditions.Place = .network
  ) -> BenchConditions {
    var conditions = BenchConditions(
      engine: engine, place: place, voice: "1071", textName: "short", text: "Hello there.",
      strategy: strategy)
    conditions.model = "kugel-3"
    conditions.address = "tts.example:443"
    return conditions
  }

  /// A warm turn for each first sound, with a leading silence of 10 ms.
  static func turns(_ firstSounds: [Double], server: Bool = true) -> [TurnSample] {
    firstSounds.enumerated().map { index, value in
      var turn = TurnSample(phase: .warm, turn: index + 1)
      turn.start = Double(index) * 1000
      turn.firstByte = value - 10
      turn.firstSound = value
      turn.leadingSilence = 10
      turn.firstSoundServer = server ? value / 2 : nil
      turn.realTimeFactor = 0.11
      turn.frameGaps = [40, 41, 42]
      turn.frames = 4
      turn.lateFrames = [1, 0, 0]
      turn.audioSeconds = 1.5
      turn.sampleRate = 24_000
      return turn
    }
  }

  static func measured(
    _ firstSounds: [Double], conditions: BenchConditions? = nil, server: Bool = true
  ) -> BenchCase {
    BenchCase(
      conditions: conditions ?? self.conditions(), turns: turns(firstSounds, server: server))
  }

  static func report(_ cases: [BenchCase]) -> BenchReport {
    BenchReport(
      environment: BenchReport.Environment(
        kugel: "0.0", began: "2024-05-17T10:00:00Z", machine: "a machine", cores: 2,
        system: "Linux"),
      planned: BenchReport.Planned(
        warm: cases.first?.turns(in: .warm).count ?? 0, warmup: 2, cold: 0, bargeIn: 0),
      cases: cases)
  }

  /// 100 values around `middle`, always the same.
  static func spread(around middle: Double, by width: Double = 10, count: Int = 100) -> [Double] {
    var generator = SplitMix(seed: 7)
    return (0..<count).map { _ in
      middle + width * (Double(generator.index(below: 2001)) / 1000 - 1)
    }
  }
}
