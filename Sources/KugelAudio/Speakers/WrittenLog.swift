/// What was written to a device lately: samples of the source, and silence put between them. Pure.
///
/// Maps what the device has played to positions in the source.
struct WrittenLog: Equatable {
  private struct Stretch: Equatable {
    /// nil is silence.
    var source: Int?
    var frames: Int
  }

  /// Frames given to the device in all.
  private(set) var written = 0
  /// Frames that lie before the first stretch.
  private var forgotten = 0
  /// The source position behind them.
  private var base = 0
  private var stretches: [Stretch] = []

  init() { stretches.reserveCapacity(64) }

  /// - Parameter source: position of the first frame; nil for silence.
  mutating func append(_ frames: Int, source: Int?) {
    guard frames > 0 else { return }
    written += frames
    if let last = stretches.last,
      source == nil && last.source == nil || last.source.map({ $0 + last.frames }) == source
    {
      stretches[stretches.count - 1].frames += frames
    } else {
      stretches.append(Stretch(source: source, frames: frames))
    }
  }

  /// The source position reached when all but `pending` frames have been heard.
  func heard(pending: Int) -> Int {
    var (rest, position) = (written - pending - forgotten, base)
    for stretch in stretches {
      guard rest > 0 else { break }
      if let source = stretch.source { position = source + min(rest, stretch.frames) }
      rest -= stretch.frames
    }
    return position
  }

  /// What comes next when all but `pending` frames have been heard: so much silence, then so much sound
  /// without a break.
  func ahead(pending: Int) -> (silence: Int, sound: Int) {
    var (skip, silence, sound) = (written - pending - forgotten, 0, 0)
    for stretch in stretches {
      let left = stretch.frames - max(0, skip)
      skip -= stretch.frames
      guard left > 0 else { continue }
      if stretch.source != nil {
        sound += left
      } else if sound == 0 {
        silence += left
      } else {
        break
      }
    }
    return (silence, sound)
  }

  /// The silence at the end of what was written, when all but `pending` frames have been heard.
  func silenceAtEnd(pending: Int) -> PlaybackPlan.Silence {
    guard let last = stretches.last, last.source == nil else { return .init() }
    let ahead = min(last.frames, pending)
    return .init(heard: last.frames - ahead, ahead: ahead)
  }

  /// The last `pending` frames will never be heard.
  mutating func takeBack(_ frames: Int) {
    var rest = min(frames, written - forgotten)
    written -= rest
    while rest > 0, let last = stretches.last {
      if last.frames > rest {
        stretches[stretches.count - 1].frames -= rest
        return
      }
      rest -= last.frames
      stretches.removeLast()
    }
  }

  /// Forgets stretches that have been heard whole.
  mutating func prune(pending: Int) {
    while let first = stretches.first, forgotten + first.frames <= written - pending {
      forgotten += first.frames
      if let source = first.source { base = source + first.frames }
      stretches.removeFirst()
    }
  }

  /// The source was left at `position`: what lies before it counts as over.
  mutating func skip(to position: Int) {
    (forgotten, base, stretches) = (written, position, [])
    stretches.reserveCapacity(64)
  }
}
