import KugelEngine

/// A voice that is ready to speak: what stands behind it is the library, or a stand-in of a test.
protocol PiperModel: Sendable {
  /// Frames that an id of it lasts at its normal pace, on average.
  var framesPerID: Double { get }

  /// Speaks one part of a sentence; blocks until it is done.
  ///
  /// - Parameters:
  ///   - stop: ends it soon, from any thread; what was taken stands.
  ///   - timed: is told, before the first sample, for how many frames each id lasts and how many samples a
  ///     frame has; not called where the model does not say so.
  ///   - take: takes samples in play order, from -1 to 1; false ends it.
  func speak(
    _ request: PiperRequest, stop: Cancellation,
    timed: (_ frames: [Int], _ hop: Int) -> Void, take: ([Float]) -> Bool
  ) throws(PiperModelError)
}

struct PiperRequest: Equatable, Sendable {
  var ids: [Int64]
  /// Noise, length, noise of the lengths.
  var scales: [Float]
  /// nil of a voice with one speaker.
  var speaker: Int?
}

struct PiperModelError: Error, Equatable {
  /// What the library says, or what is wrong with what it gave.
  var cause: String
}
