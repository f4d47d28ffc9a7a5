import KugelWire

/// One turn on the wire: everything sent for it, kept until replaying it is out of the question.
struct WireTurn: Equatable, Sendable {
  /// The turn as the user counts it; a long one travels in several parts.
  let turn: Int
  @Boxed private(set) var settings: TurnSettings
  /// Text as sent, in order.
  var text: [String] = []
  var flushed = false
  /// The service has been told, over this connection.
  var flushSent = false
  /// When its silence began to count.
  var flushedAt: ContinuousClock.Instant?
  /// The service ended it by itself: what is sent now belongs to its next turn.
  var endedByService = false
  var lastHeard: ContinuousClock.Instant?
  var progress = ChunkProgress()

  /// Samples at the start of the answer that were received over an earlier connection, at `skipRate`.
  var skip = 0
  /// Hz.
  private(set) var skipRate = 0

  init(turn: Int, settings: TurnSettings) {
    self.turn = turn
    _settings = Boxed(wrappedValue: settings)
  }

  var hasAudio: Bool { progress.samples > 0 }
  var isOpen: Bool { !flushed && !endedByService }
  /// Whether there is anything to say.
  var hasWords: Bool {
    text.contains { $0.unicodeScalars.contains { !$0.properties.isWhitespace } }
  }

  /// What of a frame was not received over an earlier connection; nil where that is nothing.
  mutating func received(_ frame: AudioFrame) -> AudioFrame? {
    let skipped = skipped(of: frame)
    progress.received(frame)
    guard skipped < frame.samples.count else { return nil }
    var fresh = frame
    if skipped > 0 { fresh.samples.removeFirst(skipped) }
    return fresh
  }

  /// How many samples of a frame were received before.
  private mutating func skipped(of frame: AudioFrame) -> Int {
    guard skip > 0 else { return 0 }
    if skipRate != frame.rate {
      if skipRate > 0 { skip = skip * frame.rate / skipRate }
      skipRate = frame.rate
    }
    let skipped = min(skip, frame.samples.count)
    skip -= skipped
    return skipped
  }

  /// The same turn, to be spoken again from its start.
  func restarted() -> WireTurn {
    var turn = WireTurn(turn: turn, settings: settings)
    turn.text = text
    turn.flushed = flushed
    turn.flushedAt = flushedAt
    return turn
  }

  /// The part of the turn behind what was received; nil when that cannot be found in the text.
  ///
  /// White space may be all that is left.
  func resumed() -> WireTurn? {
    guard let point = ResumePoint(in: text, after: progress, owing: skip) else { return nil }
    var turn = restarted()
    turn.text = point.rest(of: text)
    turn.skip = point.skip
    turn.skipRate = progress.rate
    return turn
  }
}
