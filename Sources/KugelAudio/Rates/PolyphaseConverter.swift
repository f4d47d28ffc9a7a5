import CPolyphase
import Glibc
import Synchronization

/// Converts mono 16-bit samples upwards by a fixed ratio of small numbers: the road that every sample
/// of the offline voice takes (22,050 to 24,000 Hz).
///
/// A windowed sinc of 48 taps for each of the ratio's phases: flat to 0.8 of the input's Nyquist
/// frequency, images 80 dB down. Whole numbers, so that every machine makes the same samples. libsoxr
/// would take more than a third of the whole work of speaking for this ratio; every other conversion is
/// libsoxr's.
@safe package final class PolyphaseConverter {
  private static let taps = KUGEL_POLYPHASE_TAPS
  /// By the number of phases; a converter is made for every sentence.
  private static let filters = Mutex<[Int: [Int16]]>([:])

  private let phases: Int
  private let step: Int
  /// `taps` coefficients for each phase, in units of 2^-15.
  private let filter: [Int16]
  /// Input that is still looked at, beginning with what lies before the first sample.
  private var input: [Int16]
  /// The phase of the next sample, which begins at the first of `input`.
  private var phase = 0
  private var taken = 0
  private var made = 0

  /// - Returns: nil for a ratio this is not meant for: downwards, or with too many phases.
  package init?(from inputRate: Int, to outputRate: Int) {
    let divisor = Self.greatestCommonDivisor(inputRate, outputRate)
    guard inputRate > 0, outputRate > inputRate, outputRate / divisor <= 320 else { return nil }
    phases = outputRate / divisor
    step = inputRate / divisor
    filter = Self.filters.withLock { [phases] filters in
      if let known = filters[phases] { return known }
      let made = Self.filter(phases: phases)
      filters[phases] = made
      return made
    }
    input = [Int16](repeating: 0, count: Self.taps / 2 - 1)
  }

  /// - Returns: the samples that no later input can change.
  package func convert(_ samples: [Int16]) -> [Int16] {
    taken += samples.count
    input.append(contentsOf: samples)
    return produce(atMost: .max)
  }

  /// The last samples; in all there are as many as the ratio says, rounded.
  package func flush() -> [Int16] {
    input.append(contentsOf: repeatElement(0, count: Self.taps))
    return produce(atMost: (taken * phases * 2 + step) / (step * 2) - made)
  }

  private func produce(atMost limit: Int) -> [Int16] {
    let room = input.count - Self.taps
    guard room >= 0 else { return [] }
    let possible = min(limit, ((room + 1) * phases - phase + step - 1) / step)
    guard possible > 0 else { return [] }
    var passed = 0
    let output = unsafe [Int16](unsafeUninitializedCapacity: possible) { buffer, count in
      passed = unsafe kugel_polyphase(
        input, filter, phases, step, &phase, buffer.baseAddress, possible)
      count = possible
    }
    made += possible
    input.removeFirst(min(passed, input.count))
    return output
  }

  /// Blackman-Harris windows around sincs, each phase with a sum of one so that none is louder.
  private static func filter(phases: Int) -> [Int16] {
    var filter: [Int16] = []
    filter.reserveCapacity(phases * taps)
    let half = Double(taps) / 2
    for phase in 0..<phases {
      let offset = Double(phase) / Double(phases)
      // sin(pi (j - x)) differs between taps in its sign only.
      let sine = sin(.pi * offset)
      let row = (0..<taps).map { tap -> Double in
        let x = Double(tap) - (half - 1) - offset
        guard abs(x) > 1e-9 else { return 1 }
        let sign: Double = (tap - taps / 2 + 1) % 2 == 0 ? -1 : 1
        let angle = .pi * (x / half)
        let c = cos(angle)
        // cos 2a and cos 3a by their formulas.
        let window =
          0.35875 + 0.48829 * c + 0.14128 * (2 * c * c - 1) + 0.01168 * (4 * c * c * c - 3 * c)
        return sign * sine / (.pi * x) * window
      }
      let sum = row.reduce(0, +)
      filter += row.map { Int16(clamping: Int(($0 / sum * 32_768).rounded())) }
    }
    return filter
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}
