/// Hands samples on at the pace at which they sound, in frames of 20 ms: for telephony and live pipes.
///
/// Each frame has an absolute deadline, so that late wake-ups do not add up.
package final class PacedSink: AudioSink {
  static let frameSeconds = 0.02

  private let inner: any AudioSink
  private let interrupt = Interrupt()
  private var pacer = Pacer()

  package init(_ inner: any AudioSink) { self.inner = inner }

  package var target: String { inner.target }

  package var interrupter: @Sendable () -> Void {
    { [interrupt, other = inner.interrupter] in
      interrupt.raise()
      other()
    }
  }

  package func write(_ samples: [Int16], rate: Int) throws(SinkError) {
    let frame = max(1, Int(Double(rate) * Self.frameSeconds))
    var rest = samples[...]
    while !rest.isEmpty && !interrupt.isRaised {
      let piece = rest.prefix(frame)
      rest = rest.dropFirst(frame)
      let due = pacer.due(piece.count, rate: rate, at: .now)
      wait(until: due)
      guard !interrupt.isRaised else { return }
      try inner.write(Array(piece), rate: rate)
    }
  }

  package func endTurn() throws(SinkError) { try inner.endTurn() }
  package func finish() throws(SinkError) { try inner.finish() }
  package func cut() throws(SinkError) { try inner.cut() }

  private func wait(until due: ContinuousClock.Instant) {
    while !interrupt.isRaised {
      let left = due - .now
      guard left > .zero else { return }
      interrupt.wait(left)
    }
  }
}

/// When each frame is due. Pure.
struct Pacer {
  private var next: ContinuousClock.Instant?

  /// - Returns: when these samples are to be handed on: at the end of those before. Once there was nothing
  ///   to hand on, time begins anew, so that no burst makes up for it.
  mutating func due(
    _ samples: Int, rate: Int, at now: ContinuousClock.Instant
  ) -> ContinuousClock.Instant {
    let due = next.map { $0 + .seconds(2 * PacedSink.frameSeconds) > now ? $0 : now } ?? now
    next = due + .nanoseconds(Int64(samples) * 1_000_000_000 / Int64(rate))
    return due
  }
}
