import CSndfile
import Glibc

/// A sound file read back through libsndfile.
@safe struct Sound {
  let rate: Int
  let channels: Int
  /// The number of the format, as libsndfile knows it.
  let format: CInt
  /// Interleaved.
  let samples: [Int16]

  struct Unreadable: Error {
    let cause: String
  }

  init(_ path: String) throws {
    var description = SF_INFO()
    guard let file = unsafe sf_open(path, CInt(SFM_READ), &description) else {
      throw Unreadable(cause: unsafe String(cString: sf_strerror(nil)))
    }
    defer { unsafe sf_close(file) }
    rate = Int(description.samplerate)
    channels = Int(description.channels)
    format = description.format
    var all: [Int16] = []
    var block = [Int16](repeating: 0, count: 65_536)
    while true {
      let count = Int(unsafe sf_read_short(file, &block, sf_count_t(block.count)))
      if count <= 0 { break }
      all += block[..<count]
    }
    samples = all
  }
}

/// A sine of full seconds would hide errors at block borders; callers choose lengths that divide nothing.
func sine(
  _ hertz: Double, rate: Int, count: Int, amplitude: Double = 16_000
) -> [Int16] {
  (0..<count).map {
    Int16((amplitude * sin(2 * .pi * hertz * Double($0) / Double(rate))).rounded())
  }
}

/// Amplitude of one frequency in the middle of a signal, away from the edges.
func amplitude(of hertz: Double, in samples: [Int16], rate: Int) -> Double {
  let middle = samples[(samples.count / 4)..<(3 * samples.count / 4)]
  var (real, imaginary, weights) = (0.0, 0.0, 0.0)
  for (index, sample) in middle.enumerated() {
    let window = pow(sin(.pi * Double(index) / Double(middle.count)), 4)
    let angle = 2 * .pi * hertz * Double(index) / Double(rate)
    real += window * Double(sample) * cos(angle)
    imaginary += window * Double(sample) * sin(angle)
    weights += window
  }
  return 2 * (real * real + imaginary * imaginary).squareRoot() / weights
}

func decibels(_ ratio: Double) -> Double { 20 * log10(max(ratio, 1e-12)) }

/// Samples that repeat nowhere within reach, so that loss and reordering are seen.
func noise(_ count: Int) -> [Int16] {
  var state: UInt32 = 1
  return (0..<count).map { _ in
    state = state &* 1_664_525 &+ 1_013_904_223
    return Int16(truncatingIfNeeded: state >> 17) / 2
  }
}
