/// Samples on their way to a sink's thread, and what the thread is to do. Pure; guarded by `SinkRunner`.
struct SinkQueue {
  enum Work: Equatable {
    case write([Int16], rate: Int)
    case flush
    case fail(SinkError)
    case endTurn
    case hush
    case finish
    case cut
  }

  typealias Next = (work: Work, becameLow: Bool)

  private enum Ending { case finish, cut }

  /// Seconds of sound not yet taken.
  private(set) var seconds = 0.0
  /// Without samples: the end of a turn.
  private var pieces: [(samples: [Int16], rate: Int)] = []
  /// Pieces before this index are taken already.
  private var head = 0
  private var ending: Ending?
  /// The player counts them: each is told.
  private var hushesDue = 0
  /// What passed by the queue is still in the sink's hand.
  private var flushIsDue = false
  private var failure: SinkError?
  /// Nothing of the turn is still to be offered.
  private(set) var turnIsComplete = false
  let low: Double
  /// Seconds that may gather before the thread is woken for them.
  var patience = 0.0
  private let channels: Int
  private var wasHigh = false

  /// - Parameters:
  ///   - capacity: seconds; the feeder is told when less than half of it is left.
  ///   - channels: interleaved in the samples.
  init(capacity: Double, channels: Int = 1) {
    low = capacity / 2
    self.channels = channels
  }

  var acceptsMore: Bool { ending == nil && failure == nil }

  /// Whether samples may pass by: nothing is to be done before them.
  var isClear: Bool { acceptsMore && hushesDue == 0 && !flushIsDue && pieces.isEmpty }

  /// Samples come that may not be queued.
  mutating func beginTurn() { turnIsComplete = false }

  /// The sink has samples in hand that were not queued.
  mutating func flush() { flushIsDue = true }

  /// The sink failed to take samples that were not queued.
  mutating func fail(_ error: SinkError) { failure = error }

  /// Whether the thread is to be woken for the samples that wait.
  var isDue: Bool { seconds >= min(patience, low) }

  mutating func offer(_ samples: [Int16], rate: Int) {
    guard acceptsMore, !samples.isEmpty, rate > 0 else { return }
    pieces.append((samples, rate))
    turnIsComplete = false
    seconds += Double(samples.count) / Double(rate * channels)
    if seconds >= low { wasHigh = true }
  }

  mutating func endTurn() {
    guard acceptsMore, !turnIsComplete else { return }
    turnIsComplete = true
    pieces.append(([], 1))
  }

  /// Drops what is queued.
  ///
  /// - Parameter telling: whether the thread hears of it, before anything that follows.
  mutating func hush(telling: Bool = true) {
    guard acceptsMore else { return }
    (pieces, head, seconds) = ([], 0, 0)
    turnIsComplete = true
    if telling { hushesDue += 1 }
  }

  mutating func finish() {
    turnIsComplete = true
    if ending == nil { ending = .finish }
  }

  /// What only waited to become more is kept.
  mutating func cut() {
    ending = .cut
    if patience == 0 { (pieces, head, seconds) = ([], 0, 0) }
  }

  /// - Returns: the next work, nil while there is none; and whether the queue just became low after having
  ///   been high.
  mutating func take() -> Next? {
    if ending == .cut, head == pieces.count { return (.cut, false) }
    if hushesDue > 0 {
      hushesDue -= 1
      let becameLow = wasHigh
      wasHigh = false
      return (.hush, becameLow)
    }
    if let failure { return (.fail(failure), false) }
    if flushIsDue {
      flushIsDue = false
      return (.flush, false)
    }
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
    if piece.samples.isEmpty { return (.endTurn, becameLow) }
    return (.write(piece.samples, rate: piece.rate), becameLow)
  }
}
