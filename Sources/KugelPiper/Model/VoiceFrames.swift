/// Frames of a text, as a model's parts hand them on: channel after channel, each with all its frames.
struct VoiceFrames {
  let channels: Int
  let count: Int
  private(set) var values: [Float]
  /// Frames from the first on that have been made.
  private(set) var ready: Int

  /// - Returns: nil for what has another form.
  init?(_ output: OnnxSession.Output) {
    guard output.shape.count == 3, output.shape[0] == 1, output.shape[1] > 0,
      output.values.count == Int(output.shape[1] * output.shape[2])
    else { return nil }
    (channels, count) = (Int(output.shape[1]), Int(output.shape[2]))
    values = output.values
    ready = count
  }

  /// Room for as many, of which none is made.
  init(like other: VoiceFrames) {
    (channels, count, ready) = (other.channels, other.count, 0)
    values = [Float](repeating: 0, count: other.values.count)
  }

  func part(_ range: Range<Int>) -> OnnxSession.Input {
    var part: [Float] = []
    part.reserveCapacity(channels * range.count)
    for channel in 0..<channels {
      part += values[(channel * count + range.lowerBound)..<(channel * count + range.upperBound)]
    }
    return .floats(part, shape: [1, Int64(channels), Int64(range.count)])
  }

  /// Takes those of a window that were to be made; false for what does not fit.
  mutating func take(_ output: OnnxSession.Output, _ window: FrameWindows.Window) -> Bool {
    let size = window.run.count
    guard output.shape == [1, Int64(channels), Int64(size)], output.values.count == channels * size
    else { return false }
    let offset = window.made.lowerBound - window.run.lowerBound
    for channel in 0..<channels {
      let (to, from) = (channel * count + window.made.lowerBound, channel * size + offset)
      values.replaceSubrange(
        to..<to + window.made.count, with: output.values[from..<from + window.made.count])
    }
    ready = window.made.upperBound
    return true
  }
}
