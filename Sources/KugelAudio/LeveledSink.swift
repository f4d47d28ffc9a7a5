import Glibc
import KugelSystem

/// Brings a sound to a loudness before it goes on: it is kept in a file of its own until it is known as a
/// whole, then raised or lowered, so that nothing is made twice.
package final class LeveledSink: AudioSink {
  /// -1 dBTP: what coders make of a peak must not be cut off.
  private static let highest = 0.891

  package let target: String
  private let draft: String
  private let loudness: Double
  private let sink: any AudioSink
  private var meter: LoudnessMeter?
  private var kept: FileSink?
  private var rate = 0

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
      kept = try FileSink(path: draft, format: .wav, rate: rate, overwrite: true)
    }
    meter?.add(samples)
    try kept?.write(samples, rate: rate)
  }

  package func finish() throws(SinkError) {
    guard let kept, let meter else { return try sink.finish() }
    try kept.finish()
    let factor = Self.factor(meter.loudness, peak: meter.truePeak, wanted: loudness)
    do throws(SoundReadError) {
      let reader = try SoundReader(path: draft, outputRate: rate)
      while let piece = try reader.read(frames: 65_536) {
        do throws(SinkError) {
          try sink.write(piece.map { Self.scaled($0, factor) }, rate: rate)
        } catch {
          try? sink.cut()
          throw SoundReadError(cause: "\(error)")
        }
      }
    } catch {
      throw .failed(target: target, cause: error.cause)
    }
    try sink.finish()
    unsafe unlink(draft.nameBytes)
  }

  package func cut() throws(SinkError) {
    try? kept?.cut()
    unsafe unlink(draft.nameBytes)
    try sink.cut()
  }

  /// What samples are multiplied by; as much as the highest peak allows.
  ///
  /// - Parameter loudness: LUFS; nil for silence, which stays.
  package static func factor(_ loudness: Double?, peak: Double, wanted: Double) -> Double {
    guard let loudness else { return 1 }
    let factor = pow(10, (wanted - loudness) / 20)
    return peak * factor > highest ? highest / peak : factor
  }

  static func scaled(_ sample: Int16, _ factor: Double) -> Int16 {
    Int16(max(-32_768, min(32_767, (Double(sample) * factor).rounded())))
  }
}
