/// Brings interleaved samples to another number of channels.
enum ChannelMap {
  /// Mono goes to every channel; several become one as their mean; of others the first keep their
  /// place, and channels without a source are silent.
  static func convert(_ samples: [Int16], from source: Int, to target: Int) -> [Int16] {
    guard source != target else { return samples }
    if source == 1 { return samples.flatMap { repeatElement($0, count: target) } }
    var converted: [Int16] = []
    converted.reserveCapacity(samples.count / source * target)
    for frame in stride(from: 0, to: samples.count - source + 1, by: source) {
      if target == 1 {
        let sum = samples[frame..<(frame + source)].reduce(0) { $0 + Int($1) }
        converted.append(Int16(sum / source))
      } else {
        for channel in 0..<target {
          converted.append(channel < source ? samples[frame + channel] : 0)
        }
      }
    }
    return converted
  }
}
