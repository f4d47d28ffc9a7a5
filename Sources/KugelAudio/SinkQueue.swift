/// Samples on their way to a sink's thread, and what the thread is to do. Pure; guarded by `SinkRunner`.
struct SinkQueue {
  enum Work: Equatable {
    case write([Int16], rate: Int)
    case finish
    case cut
  }

  private enum Ending { case finish, cut }

  /// Seconds of sound not yet taken.
  private(set) var seconds = 0.0
  private var pieces: [(samples: [Int16], rate: Int)] = []
  /// Pieces before this index are taken already.
  private var head = 0
  private var ending: Ending?
  private let low: Double
  private let channels: Int
  private var wasHigh = false

  /// - Parameters:
  ///   - capacity: seconds; the feeder is told when less than half of it is left.
  ///   - channels: interleaved in the samples.
  init(capacity: Double, channels: Int = 1) {
    low = capacity / 2
    self.channels = channels
  }

  var acceptsMore: Bool { ending == nil }

  mutating func offer(_ samples: [Int16], rate: Int) {
    guard acceptsMore, !samples.isEmpty, rate > 0 else { return }
    pieces.append((samples, rate))
    seconds += Double(samples.count) / Double(rate * channels)
    if seconds >= low { wasHigh = true }
  }

  mutating func finish() {
    if ending == nil { ending = .finish }
  }

  mutating func cut() {
    ending = .cut
    (pieces, head, seconds) = ([], 0, 0)
  }

  /// - Returns: the next work, nil while there is none; and whether the queue just became low after having
  ///   been high.
  mutating func take() -> (work: Work, becameLow: Bool)? {
    if ending == .cut { return (.cut, false) }
    guard head < pieces.count else { return ending == .finish ? (.finish, false) : nil }
    let piece = pieces[head]
    pieces[head].samples = []
    head += 1
    seconds -= Double(piece.samples.count) / Double(piece.rate * channels)
    if head == pieces.count {
      (pieces, head, seconds) = ([], 0, 0)
    } else if head >= 1024 {
      pieces.removeFirst(head)
      head = 0
    }
    let becameLow = wasHigh && seconds < low
    if becameLow { wasHigh = false }
    return (.write(piece.samples, rate: piece.rate), becameLow)
  }
}
