/// Hands samples on at the pace at which they sound, in frames of 20 ms: for telephony and live pipes.
///
/// Each frame has an absolute deadline, so that late wake-ups do not add up.
package final class PacedSink: AudioSink {
  static let frameSeconds = 0.02

  private let inner: any AudioSink
  private let channels: Int
  private let control: PaceControl
  private var pacer = Pacer()

  /// - Parameters:
  ///   - channels: interleaved in what is written.
  ///   - control: counts what is let through, and holds it.
  package init(_ inner: any AudioSink, channels: Int = 1, control: PaceControl = PaceControl()) {
    self.inner = inner
    self.channels = channels
    self.control = control
  }

  package var target: String { inner.target }

  package var interrupter: @Sendable () -> Void {
    { [control, other = inner.interrupter] in
      control.cut()
      other()
    }
  }

  package var silencer: @Sendable () -> Void { { [control] in control.hush() } }

  package func write(_ samples: [Int16], rate: Int) throws(SinkError) {
    let frame = max(1, Int(Double(rate) * Self.frameSeconds)) * channels
    var rest = samples[...]
    while !rest.isEmpty {
      let piece = rest.prefix(frame)
      rest = rest.dropFirst(frame)
      let due = pacer.due(at: .now)
      guard wait(for: piece.count, rate: rate, until: due) else { return }
      pacer.passed(piece.count / channels, rate: rate, due: due)
      try inner.write(Array(piece), rate: rate)
    }
  }

  package func hush() throws(SinkError) { control.wasHushed() }
  package func endTurn() throws(SinkError) { try inner.endTurn() }
  package func finish() throws(SinkError) { try inner.finish() }
  package func cut() throws(SinkError) { try inner.cut() }

  /// - Returns: whether the frame is let through.
  private func wait(
    for samples: Int, rate: Int, until due: ContinuousClock.Instant
  ) -> Bool {
    while !control.isOver {
      let left = due - .now
      guard left <= .zero else {
        control.wait(left)
        continue
      }
      switch control.claim(samples, seconds: Double(samples / channels) / Double(rate)) {
      case .passes: return true
      case .isDropped: return false
      case .waits: control.wait(nil)
      }
    }
    return false
  }
}

/// When each frame is due. Pure.
struct Pacer {
  private var next: ContinuousClock.Instant?

  /// - Returns: when the next frame is to be handed on: at the end of those before. Once there was nothing
  ///   to hand on, time begins anew, so that no burst makes up for it.
  func due(at now: ContinuousClock.Instant) -> ContinuousClock.Instant {
    next.map { $0 + .seconds(2 * PacedSink.frameSeconds) > now ? $0 : now } ?? now
  }

  /// So many samples of a channel were handed on; what was dropped takes no time.
  mutating func passed(_ samples: Int, rate: Int, due: ContinuousClock.Instant) {
    next = due + .nanoseconds(Int64(samples) * 1_000_000_000 / Int64(rate))
  }
}
