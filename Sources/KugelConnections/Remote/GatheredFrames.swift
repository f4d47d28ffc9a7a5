import KugelWire

/// What came over a socket in one piece, until it is handed over. Pure.
struct GatheredFrames {
  /// What sound must have in common to be one frame.
  private struct Kind: Equatable {
    let context: String?
    let chunk: Int
    let rate: Int
  }

  /// Samples that are joined at most, about: more would be moved again and again while they grow, in memory that is
  /// fetched from the system and given back each time.
  static let longest = 16_384

  private var frames: [ServiceFrame] = []
  /// Whether sound that follows sound is handed over as one frame, with the first one's number.
  private let joins: Bool
  /// Of the sound at the end, which may become longer; nil where something else is there.
  private var kind: Kind?
  private var samples: [Int16] = []
  private var index = 0

  init(joins: Bool) { self.joins = joins }

  mutating func add(_ frame: ServiceFrame) {
    guard joins, case .audio(let audio) = frame.message else {
      close()
      return frames.append(frame)
    }
    let kind = Kind(context: frame.context, chunk: audio.chunk, rate: audio.rate)
    if kind == self.kind, samples.count + audio.samples.count <= Self.longest {
      samples.reserveCapacity(Self.longest)
      samples += audio.samples
    } else {
      close()
      (self.kind, samples, index) = (kind, audio.samples, audio.index)
    }
  }

  /// - Returns: all there is, in order; from then on there is nothing.
  mutating func take() -> [ServiceFrame] {
    close()
    defer { frames = [] }
    return frames
  }

  private mutating func close() {
    guard let kind else { return }
    let audio = AudioFrame(samples: samples, rate: kind.rate, index: index, chunk: kind.chunk)
    frames.append(ServiceFrame(.audio(audio), context: kind.context))
    (self.kind, samples) = (nil, [])
  }
}
