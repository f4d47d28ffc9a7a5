/// Brings interleaved samples to another number of channels.
enum ChannelMap {
  /// Mono goes to every channel; several become one as their mean; of others the first keep their
  /// place, and channels without a source are silent.
  static func sample(of channel: Int, among channels: Int, in frame: ArraySlice<Int16>) -> Int16 {
    if frame.count == 1 { return frame[frame.startIndex] }
    if channels == 1 { return Int16(frame.reduce(0) { $0 + Int($1) } / frame.count) }
    return channel < frame.count ? frame[frame.startIndex + channel] : 0
  }

  static func convert(_ samples: [Int16], from source: Int, to target: Int) -> [Int16] {
    guard source != target else { return samples }
    var converted: [Int16] = []
    converted.reserveCapacity(samples.count / source * target)
    for start in stride(from: 0, to: samples.count - source + 1, by: source) {
      for channel in 0..<target {
        converted.append(sample(of: channel, among: target, in: samples[start..<(start + source)]))
      }
    }
    return converted
  }
}
