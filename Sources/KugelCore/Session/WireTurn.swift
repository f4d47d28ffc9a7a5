/// One turn on the wire: everything sent for it, kept until replaying it is out of the question.
struct WireTurn: Equatable, Sendable {
  /// The turn as the user counts it; a long one travels in several parts.
  let turn: Int
  let settings: TurnSettings
  /// The user's turn goes on in another part.
  var continues = false
  /// Text as sent, in order.
  var text: [String] = []
  var flushed = false
  var flushedAt: ContinuousClock.Instant?
  var lastHeard: ContinuousClock.Instant?
  var progress = ChunkProgress()

  /// Samples at the start of the answer that were received over an earlier connection.
  var skip = 0

  init(turn: Int, settings: TurnSettings) {
    self.turn = turn
    self.settings = settings
  }

  var hasAudio: Bool { progress.samples > 0 }

  /// The same turn, to be spoken again from its start.
  func restarted() -> WireTurn {
    var turn = self
    turn.lastHeard = nil
    turn.progress = ChunkProgress()
    turn.skip = 0
    return turn
  }

  /// The part of the turn behind the last chunk that was received whole, less the samples of the
  /// next that are here already; nil when the chunks cannot be found in the text.
  func resumed() -> WireTurn? {
    guard let rest = ResumePoint.rest(of: text, after: progress.completed) else { return nil }
    var turn = restarted()
    turn.text = rest
    turn.skip = progress.currentSamples
    return turn
  }
}

/// How far the audio of a turn has come, in terms of the text chunks the service announced.
struct ChunkProgress: Equatable, Sendable {
  /// Texts of chunks whose audio is complete.
  var completed: [String] = []
  /// The chunk being received.
  var current: String?
  /// Samples received of the current chunk, at `rate`.
  var currentSamples = 0
  /// Samples received of the whole turn.
  var samples = 0
  var rate = 0

  mutating func began(_ text: String) {
    current = text
    currentSamples = 0
  }

  mutating func received(_ frame: AudioFrame) {
    samples += frame.samples.count
    currentSamples += frame.samples.count
    rate = frame.rate
  }

  mutating func ended() {
    if let current { completed.append(current) }
    current = nil
    currentSamples = 0
  }
}
