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

  /// A multiple of the normal pace.
  package func multiple(for engine: EngineName) throws(UserError) -> Double {
    switch (rate, speed) {
    case (nil, nil): return 1
    case (_?, _?): throw .usage("--rate and --speed say the same; give one of them")
    case (let rate?, nil):
      let range = engine.rates
      guard range.contains(rate) else {
        throw .value(
          of: "rate",
          "takes \(range.lowerBound) to \(range.upperBound) words a minute with "
            + "\(engine.rawValue), not \(rate)")
      }
      return Double(rate) / Double(EngineName.normalRate)
    case (nil, let speed?):
      // The limits as they are shown, so that what the message names is taken.
      let range = engine.speeds
      let (low, high) = (hundredths(range.lowerBound), hundredths(range.upperBound))
      guard (low...high).contains(speed) else {
        throw .value(
          of: "speed", "takes \(low) to \(high) with \(engine.rawValue), not \(speed)")
      }
      return min(max(speed, range.lowerBound), range.upperBound)
    }
  }
}

private func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
