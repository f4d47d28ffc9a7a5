import KugelAudio
import KugelWire

/// Where the sound of one run goes: speakers and files, independent of one another. A broken one ends
/// itself, not the others.
final class OutputSet {
  private var files: [SinkRunner]
  private var recorder: Recorder?
  private var playback: (any Playback)?
  /// Recordings that are being ended.
  private var ending: [Recorder] = []
  /// Those that have ended, until somebody asks.
  private var ended: [RecordingReport] = []
  private var tape: HeardTape?
  private(set) var errors: [SinkError] = []
  private let capacity: Double
  private(set) var isHeld = false
  /// Samples of all frames so far.
  private var offered = 0
  /// Times the speakers had nothing to play in the middle of a turn.
  var gaps: Int { playback?.gaps ?? lastGaps }
  private var lastGaps = 0
  /// Of sound given to files.
  private(set) var writtenSeconds = 0.0
  private var finished = false

  private struct Recorder {
    let runner: SinkRunner
    let path: String
    var seconds = 0.0
  }

  /// - Parameters:
  ///   - capacity: seconds of audio that may wait for the slowest sink.
  ///   - recordsHeard: files get what was heard only, when it was.
  init(
    _ files: [SinkRunner], playback: (any Playback)? = nil, capacity: Double,
    recordsHeard: Bool = false
  ) {
    // Else nobody would say when to go on.
    precondition(files.allSatisfy { $0.lowSeconds <= capacity * 0.9 }, "a sink tells too early")
    self.files = files
    self.playback = playback
    self.capacity = capacity
    tape = recordsHeard && playback != nil ? HeardTape() : nil
  }

  /// No sink is left to write to or to wait for.
  var isEmpty: Bool { files.isEmpty && playback == nil && recorder == nil && ending.isEmpty }
  /// Nothing is left that keeps or plays what will come.
  var isDeaf: Bool { files.isEmpty && playback == nil }

  /// Samples heard of all that were given here; without speakers, written is heard.
  var position: Int { playback?.position ?? offered }

  func play(_ frame: AudioFrame) {
    offered += frame.samples.count
    playback?.offer(frame.samples, rate: frame.rate)
    if tape == nil {
      write(frame.samples, rate: frame.rate)
    } else {
      tape?.append(frame.samples, rate: frame.rate)
      advance()
    }
    isHeld = queuedSeconds > capacity
  }

  private func write(_ samples: [Int16], rate: Int) {
    let seconds = Double(samples.count) / Double(max(rate, 1))
    for file in files { file.offer(samples, rate: rate) }
    writtenSeconds += seconds
    recorder?.runner.offer(samples, rate: rate)
    recorder?.seconds += seconds
  }

  private func advance() {
    for piece in tape?.advance(to: position) ?? [] { write(piece.samples, rate: piece.rate) }
  }

  /// Silence at once; more may follow.
  ///
  /// - Returns: samples heard of all.
  func silence() -> Int {
    guard let playback else { return offered }
    let position = playback.silence()
    for piece in tape?.advance(to: position) ?? [] { write(piece.samples, rate: piece.rate) }
    tape?.drop()
    isHeld = false
    return position
  }

  func endTurn() { playback?.endTurn() }
  func textIsComplete(_ complete: Bool) { playback?.textIsComplete(complete) }
  func pause(_ paused: Bool) { playback?.pause(paused) }
  func setVolume(decibels: Double) { playback?.setVolume(decibels: decibels) }

  /// Everything given here was heard.
  var isQuiet: Bool { position >= offered }

  var cushion: Duration { playback?.cushion ?? .zero }

  func waitForSilence(atMost patience: Duration) { playback?.waitForSilence(atMost: patience) }

  /// Records what is heard from now on in place of what was recorded to before.
  func record(to runner: SinkRunner?, path: String = "") {
    advance()
    if let recorder {
      recorder.runner.finish()
      ending.append(recorder)
    }
    recorder = runner.map { Recorder(runner: $0, path: path) }
  }

  /// The recordings that have ended since the last call.
  func endedRecordings() -> [RecordingReport] {
    defer { ended = [] }
    return ended
  }

  func finish() {
    finished = true
    playback?.finish()
    if playback?.state == .finished { endPlayback() }
    // What is still to be heard belongs into the files.
    if tape == nil || playback == nil { finishFiles() }
  }

  private func finishFiles() {
    for file in files { file.finish() }
    record(to: nil)
  }

  func cut() {
    playback?.cut()
    for file in files { file.cut() }
    recorder?.runner.cut()
    // A sink that is cut while nothing runs has nothing to report.
    if playback?.state == .finished { endPlayback() }
  }

  var deadline: ContinuousClock.Instant? { playback?.deadline }

  func tick(at now: ContinuousClock.Instant) {
    playback?.tick(at: now)
    advance()
    if isHeld { isHeld = queuedSeconds > capacity * 0.9 }
  }

  /// Looks at the sinks again; call it after any of them reported a change.
  func update() {
    advance()
    files.removeAll(where: isOver)
    ending.removeAll(where: isOver)
    if let recorder, isOver(recorder) { self.recorder = nil }
    switch playback?.state {
    case .finished: endPlayback()
    case .failed(let error):
      errors.append(error)
      endPlayback()
    case .running, nil: break
    }
    // A little below the mark, so that reading does not stop and go with every frame.
    if isHeld { isHeld = queuedSeconds > capacity * 0.9 }
  }

  /// Nobody hears any more; what is kept is kept.
  private func endPlayback() {
    lastGaps = gaps
    playback = nil
    advance()
    if finished && tape != nil { finishFiles() }
  }

  private func isOver(_ recorder: Recorder) -> Bool {
    guard isOver(recorder.runner) else { return false }
    var hasFailed = false
    if case .failed = recorder.runner.state { hasFailed = true }
    ended.append(
      RecordingReport(path: recorder.path, seconds: recorder.seconds, hasFailed: hasFailed))
    return true
  }

  private func isOver(_ runner: SinkRunner) -> Bool {
    switch runner.state {
    case .running: return false
    case .finished: return true
    case .failed(let error):
      errors.append(error)
      return true
    }
  }

  private var queuedSeconds: Double {
    max(files.map(\.queuedSeconds).max() ?? 0, playback?.queuedSeconds ?? 0)
  }
}

/// What became of something that was recorded in a conversation.
struct RecordingReport: Equatable {
  var path: String
  var seconds: Double
  var hasFailed: Bool
}
