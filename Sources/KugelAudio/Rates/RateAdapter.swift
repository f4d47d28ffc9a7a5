/// Brings samples of changing rates to one rate.
package struct RateAdapter {
  /// Hz.
  package let outputRate: Int
  private let channels: Int
  private var converter: RateConverter?

  /// - Parameter channels: interleaved in what is converted.
  package init(to outputRate: Int, channels: Int = 1) {
    self.outputRate = outputRate
    self.channels = channels
  }

  /// Whether samples of this rate go on as they are, with nothing before them.
  func passesOn(_ rate: Int) -> Bool { rate == outputRate && converter == nil }

  /// - Parameter rate: of `samples`, Hz. Where it changes, the old signal ends in full first.
  /// - Returns: what is ready at `outputRate`; nil when there is no way between the two rates.
  package mutating func convert(_ samples: [Int16], rate: Int) -> [Int16]? {
    guard rate > 0 else { return nil }
    if rate == outputRate {
      let tail = flush()
      return tail.isEmpty ? samples : tail + samples
    }
    if let converter, converter.inputRate == rate { return converter.convert(samples) }
    let tail = flush()
    guard let next = RateConverter(from: rate, to: outputRate, channels: channels) else {
      return nil
    }
    converter = next
    return tail + next.convert(samples)
  }

  /// Ends the signal; what follows begins a new one.
  package mutating func flush() -> [Int16] {
    guard let ending = converter else { return [] }
    converter = nil
    return ending.flush()
  }
}
