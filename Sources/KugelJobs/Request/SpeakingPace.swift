import KugelWire

/// How fast is spoken, as users say it.
package struct SpeakingPace: Equatable, Sendable {
  /// Words a minute.
  package var rate: Int?
  /// A multiple of the normal pace.
  package var speed: Double?

  package init(rate: Int?, speed: Double?) {
    self.rate = rate
    self.speed = speed
  }

  /// Nothing was said of it.
  package var isUsual: Bool { rate == nil && speed == nil }

  /// A multiple of the normal pace.
  package func multiple(for engine: EngineName) throws(UserError) -> Double {
    switch (rate, speed) {
    case (nil, nil): return 1
    case (_?, _?): throw .usage("--rate and --speed say the same; give one of them")
    case (let rate?, nil):
      let taken = try engine.take(.rate, .number(Double(rate)))
      return (taken.number ?? 1) / Double(SettingTerms.normalRate)
    case (nil, let speed?): return try engine.take(.speed, .number(speed)).number ?? 1
    }
  }
}
