/// What waits on the way to a client, each with the time at which it leaves.
///
/// Order is kept within a context; nil is the connection itself.
struct FaultQueue: Sendable {
  struct Entry: Sendable {
    var step: FaultLine.Step
    var context: String?
    /// When it leaves.
    var release: ContinuousClock.Instant
    /// When it would leave if no audio were held up before it.
    var earliest: ContinuousClock.Instant
    /// Nobody wants it any more once the client cancels.
    var isOfTurn = false
  }

  private var entries: ArraySlice<Entry> = []
  private(set) var bytes = 0

  var deadline: ContinuousClock.Instant? { entries.first?.release }

  /// When the last of a context leaves.
  func end(of context: String?) -> ContinuousClock.Instant? {
    entries.last { $0.context == context }?.release
  }

  var end: ContinuousClock.Instant? { entries.last?.release }

  mutating func insert(_ entry: Entry) {
    var index = entries.endIndex
    while index > entries.startIndex, entries[index - 1].release > entry.release { index -= 1 }
    entries.insert(entry, at: index)
    bytes += entry.step.byteCount
  }

  mutating func take(by now: ContinuousClock.Instant) -> FaultLine.Step? {
    guard let first = entries.first, first.release <= now else { return nil }
    bytes -= first.step.byteCount
    entries.removeFirst()
    return first.step
  }

  /// Forgets what a context's turn was still to say and was held up; the rest waits no longer for that.
  mutating func cut(_ context: String?) {
    var kept: [Entry] = []
    entries.removeAll { entry in
      guard entry.context == context else { return false }
      bytes -= entry.step.byteCount
      if !entry.isOfTurn || entry.release == entry.earliest { kept.append(entry) }
      return true
    }
    for entry in kept {
      var entry = entry
      entry.release = max(entry.earliest, end(of: context) ?? entry.earliest)
      insert(entry)
    }
  }
}

extension FaultLine.Step {
  fileprivate var byteCount: Int {
    if case .send(let message) = self { message.count } else { 0 }
  }
}
