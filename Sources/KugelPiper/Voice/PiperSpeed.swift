/// What a voice's length scale has to be for a pace.
///
/// Each id lasts at least one frame, so that half the length is not half the time: with r frames an id the
/// time is about (r − 0.5) × length + 0.5 frames.
package enum PiperSpeed {
  /// Words a minute that can be asked for; beyond them nearly all ids last one frame.
  package static let rates = 80...350
  /// Frames an id of the voices that were measured.
  package static let usualFrames = 2.05

  /// - Parameters:
  ///   - speed: multiple of the normal pace.
  ///   - frames: of the voice, for an id at the normal pace.
  package static func length(speed: Double, frames: Double) -> Double {
    let frames = frames.isFinite ? min(max(frames, 1.2), 20) : usualFrames
    return max(0.05, (frames / speed - 0.5) / (frames - 0.5))
  }
}
