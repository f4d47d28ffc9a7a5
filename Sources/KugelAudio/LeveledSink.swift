import Glibc
import KugelSystem

/// Brings a sound to a loudness before it goes on: it is kept in a file of its own until it is known as a
/// whole, then raised or lowered, so that nothing is made twice. Peaks that would be too high are limited.
package final class LeveledSink: AudioSink {
  /// -1 dBTP: what coders make of a peak must not be cut off.
  private static let highest = 0.891
  /// LU that the result may be off.
  private static let tolerance = 0.1
  /// Times that the limited sound is measured.
  private static let mostTries = 5
  /// How much more than without limiting the sound may be raised: 8 dB.
  private static let mostPressure = 2.5

  package let target: String
  private let draft: String
  private let loudness: Double
  private let sink: any AudioSink
  private var meter: LoudnessMeter?
  private var kept: FileSink?
  private var rate = 0
  /// LU that the sound stays below the loudness, because its peaks would be too high; known at the end.
  package private(set) var shortfall = 0.0

  /// - Parameters:
  ///   - loudness: LUFS.
  ///   - draft: path of the file that the sound is kept in meanwhile.
  package init(_ sink: any AudioSink, loudness: Double, draft: String) {
    self.sink = sink
    self.loudness = loudness
    self.draft = draft
    target = sink.target
  }

  deinit { unsafe unlink(draft.nameBytes) }

  package func write(_ samples: [Int16], rate: Int) throws(SinkError) {
    guard !samples.isEmpty else { return }
    if kept == nil {
      self.rate = rate
      guard let meter = LoudnessMeter(rate: rate) else {
        throw .failed(
          target: target, cause: "loudness needs libebur128, which is not installed (libebur128-1)")
      }
      self.meter = meter
      kept = FileSink(draft: draft, format: .wav, rate: rate)
    }
    meter?.add(samples)
    try kept?.write(samples, rate: rate)
  }

  package func finish() throws(SinkError) {
    guard let kept, let meter else { return try sink.finish() }
    try kept.finish()
    let level = try level(meter)
    try pass(level) { (samples) throws(SinkError) in
      do throws(SinkError) { try sink.write(samples, rate: rate) } catch {
        try? sink.cut()
        throw error
      }
    }
    try sink.finish()
    unsafe unlink(draft.nameBytes)
  }

  /// What is done to the sound.
  private struct Level {
    var factor: Double
    /// nil leaves peaks as they are.
    var ceiling: Double?
  }

  /// A limiter takes something of the loudness away: how much, only the sound itself tells.
  private func level(_ meter: LoudnessMeter) throws(SinkError) -> Level {
    guard let found = meter.loudness else { return Level(factor: 1) }
    let plain = pow(10, (loudness - found) / 20)
    guard meter.truePeak * plain > Self.highest else { return Level(factor: plain) }
    var level = Level(factor: plain, ceiling: Self.highest)
    for _ in 0..<Self.mostTries {
      guard let meter = LoudnessMeter(rate: rate) else { break }
      try pass(level) { (samples) throws(SinkError) in meter.add(samples) }
      let missing = loudness - (meter.loudness ?? loudness)
      let excess = meter.truePeak / Self.highest
      shortfall = max(0, missing)
      if abs(missing) <= Self.tolerance, excess <= 1 { break }
      if excess > 1 { level.ceiling = (level.ceiling ?? 1) / excess }
      // Beyond that it would sound squeezed.
      level.factor = min(level.factor * pow(10, missing / 20), plain * Self.mostPressure)
    }
    return level
  }

  /// Reads the sound once more.
  private func pass(
    _ level: Level, _ take: ([Int16]) throws(SinkError) -> Void
  ) throws(SinkError) {
    var limiter = level.ceiling.map {
      PeakLimiter(factor: level.factor, ceiling: $0, rate: rate)
    }
    let reader: SoundReader
    do throws(SoundReadError) { reader = try SoundReader(path: draft, outputRate: rate) } catch {
      throw .failed(target: target, cause: error.cause)
    }
    while true {
      let piece: [Int16]?
      do throws(SoundReadError) { piece = try reader.read(frames: 65_536) } catch {
        throw .failed(target: target, cause: error.cause)
      }
      guard let piece else { break }
      try take(limiter?.process(piece) ?? piece.map { Self.scaled($0, level.factor) })
    }
    if let rest = limiter?.finish() { try take(rest) }
  }

  package func cut() throws(SinkError) {
    try? kept?.cut()
    unsafe unlink(draft.nameBytes)
    try sink.cut()
  }

  static func scaled(_ sample: Int16, _ factor: Double) -> Int16 {
    Int16(max(-32_768, min(32_767, (Double(sample) * factor).rounded())))
  }
}
