import Glibc

/// Makes samples louder or softer and puts silence before the first, on their way to a file.
final class LevelSink: AudioSink {
  private let inner: any AudioSink
  private let gain: Double
  private let channels: Int
  /// Seconds, still to be written.
  private var leadIn: Double

  /// - Parameters:
  ///   - decibels: 0 leaves the level as it is.
  ///   - leadIn: of silence.
  ///   - channels: interleaved in what is written.
  init(_ inner: any AudioSink, decibels: Double, leadIn: Duration, channels: Int) {
    self.inner = inner
    gain = pow(10, decibels / 20)
    self.leadIn = leadIn / .seconds(1)
    self.channels = channels
  }

  var target: String { inner.target }
  var patience: Double { inner.patience }
  var interrupter: @Sendable () -> Void { inner.interrupter }

  func write(_ samples: [Int16], rate: Int) throws(SinkError) {
    guard !samples.isEmpty else { return }
    if leadIn > 0 {
      let frames = Int((leadIn * Double(rate)).rounded())
      leadIn = 0
      try inner.write([Int16](repeating: 0, count: frames * channels), rate: rate)
    }
    try inner.write(gain == 1 ? samples : samples.map(scaled), rate: rate)
  }

  private func scaled(_ sample: Int16) -> Int16 {
    Int16(max(-32_768, min(32_767, (Double(sample) * gain).rounded())))
  }

  func endTurn() throws(SinkError) { try inner.endTurn() }
  func finish() throws(SinkError) { try inner.finish() }
  func cut() throws(SinkError) { try inner.cut() }
}
