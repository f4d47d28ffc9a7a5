import KugelAudio
import KugelQueue

/// Where the sound of one run goes: speakers, files, a recording, the parts of a script. They are
/// independent of one another; a broken one ends itself, not the others.
package final class OutputSet {
  private var files: [SinkRunner]
  private var recorder: Recorder?
  private var playback: (any Playback)?
  /// The same, also when they have ended: what was said is kept then.
  private let speakers: (any Playback)?
  /// What holds a part of the sound only; nil when nothing does.
  package let parts: PartFiles?
  /// Recordings that are being ended.
  private var ending: [Recorder] = []
  /// Those that have ended, until somebody asks.
  private var ended: [FileReport] = []
  private var tape: HeardTape?
  package private(set) var errors: [SinkError] = []
  private let capacity: Double
  private let channels: Int
  /// Whether somebody was to listen, while it sounds.
  package let plays: Bool
  /// No more sound should be made for now.
  private(set) var isHeld = false
  /// Samples of all that was given here.
  private(set) var offered = 0
  /// Times the speakers had nothing to play in the middle of a turn.
  var gaps: Int { playback?.gaps ?? lastGaps }
  private var lastGaps = 0
  /// Of sound given to files; where they take it at its own pace, of what they have taken.
  var writtenSeconds: Double { speakers?.keptSeconds ?? givenSeconds }
  private var givenSeconds = 0.0
  /// Where the sound broke off for good, with nobody left to keep the rest.
  private var brokenOffAt: Int?
  private var finished = false

  private struct Recorder {
    let runner: SinkRunner
    let path: String
    var seconds = 0.0
  }

  /// - Parameters:
  ///   - files: take everything.
  ///   - playback: plays everything, or takes it as if it did.
  ///   - channels: interleaved in what is played.
  ///   - capacity: seconds of audio that may wait for the slowest sink.
  ///   - recordsHeard: files get what was heard only, when it was.
  package init(
    _ files: [SinkRunner], playback: (any Playback)? = nil, channels: Int = 1, capacity: Double,
    recordsHeard: Bool = false, parts: PartFiles? = nil
  ) {
    // Else nobody would say when to go on.
    precondition(files.allSatisfy { $0.lowSeconds <= capacity * 0.9 }, "a sink tells too early")
    self.files = files
    self.playback = playback
    speakers = playback
    self.channels = channels
    self.capacity = capacity
    self.parts = parts
    plays = playback != nil
    tape = recordsHeard && playback != nil ? HeardTape() : nil
  }

  /// No sink is left to write to or to wait for.
  var isEmpty: Bool {
    files.isEmpty && playback == nil && recorder == nil && ending.isEmpty && parts?.isEmpty ?? true
  }
  /// Nothing is left that keeps or plays what will come.
  var isDeaf: Bool { files.isEmpty && playback == nil && parts?.isDeaf ?? true }

  /// Samples heard of all that were given here; where nothing plays, written is heard.
  var position: Int { playback?.position ?? brokenOffAt ?? offered }
  /// The sound broke off, and what is left of it nobody will hear.
  var isBrokenOff: Bool { brokenOffAt != nil }

  func play(_ samples: [Int16], rate: Int) {
    offered += samples.count
    playback?.offer(samples, rate: rate)
    if tape == nil {
      write(samples, rate: rate)
    } else {
      tape?.append(samples, rate: rate)
      advance()
    }
    lookAtRoom()
  }

  private func write(_ samples: [Int16], rate: Int) {
    let seconds = Double(samples.count) / Double(max(rate, 1) * channels)
    for file in files { file.offer(samples, rate: rate) }
    givenSeconds += seconds
    recorder?.runner.offer(samples, rate: rate)
    recorder?.seconds += seconds
  }

  private func advance() {
    for piece in tape?.advance(to: position) ?? [] { write(piece.samples, rate: piece.rate) }
  }

  /// Silence at once; more may follow.
  ///
  /// - Returns: samples heard of all.
  @discardableResult func silence() -> Int {
    guard let playback else { return position }
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
  var isQuiet: Bool {
    guard let playback else { return true }
    return playback.position >= offered && !playback.isBehind
  }
  /// There are no speakers, or they have ended.
  var isMute: Bool { playback == nil }

  // MARK: Going back and on

  var progress: (heard: Double, left: Double)? { playback?.progress }
  func beginItem() { playback?.beginItem() }
  func markSentence(at seconds: Double) { playback?.markSentence(at: seconds) }
  func keepItem(text: String?, source: String?) {
    speakers?.keepItem(text: text, source: source)
  }
  func go(_ step: Rereading.Step) -> Bool { playback?.go(step) ?? false }

  /// The speakers are there, and play.
  var isPlaying: Bool { playback?.state == .running }

  var cushion: Duration { playback?.cushion ?? .zero }

  /// When a sample, counted from the first that was given here, leaves the speakers or left them; nil
  /// while that is not known.
  func instant(ofSample sample: Int) -> ContinuousClock.Instant? {
    playback?.instant(ofSample: sample)
  }

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

  /// The recordings and the parts that have ended since the last call.
  func endedFiles() -> [FileReport] {
    defer { ended = [] }
    return ended + (parts?.endedFiles() ?? [])
  }

  func finish() {
    finished = true
    playback?.finish()
    parts?.finish()
    if playback?.state == .finished { endPlayback() }
    // What is still to be heard belongs into the files.
    if tape == nil || playback == nil { finishFiles() }
  }

  private func finishFiles() {
    for file in files { file.finish() }
    record(to: nil)
  }

  /// Silence at once, and for good; files keep what was written.
  func cut() {
    playback?.cut()
    for file in files { file.cut() }
    recorder?.runner.cut()
    parts?.cut()
    // A sink that is cut while nothing runs has nothing to report.
    if playback?.state == .finished { endPlayback() }
  }

  var deadline: ContinuousClock.Instant? { playback?.deadline }

  func tick(at now: ContinuousClock.Instant) {
    playback?.tick(at: now)
    advance()
    lookAtRoom()
  }

  /// Looks at the sinks again; call it after any of them reported a change.
  func update() {
    advance()
    files.removeAll(where: isOver)
    ending.removeAll(where: isOver)
    if let recorder, isOver(recorder) { self.recorder = nil }
    errors += parts?.update() ?? []
    switch playback?.state {
    case .finished: endPlayback()
    case .failed(let error):
      errors.append(error)
      let position = position
      endPlayback()
      if isDeaf { brokenOffAt = position }
    case .running, nil: break
    }
    lookAtRoom()
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
    ended.append(
      FileReport(
        path: recorder.path, seconds: recorder.seconds,
        state: recorder.runner.hasFailed ? .failed : .complete))
    return true
  }

  private func isOver(_ runner: SinkRunner) -> Bool { runner.isOver(telling: &errors) }

  /// A little below the mark it is given free, so that reading does not stop and go with every frame.
  private func lookAtRoom() {
    let limit = isHeld ? capacity * 0.9 : capacity
    isHeld = queuedSeconds > limit || parts?.isFull ?? false
  }

  private var queuedSeconds: Double {
    max(
      files.map(\.queuedSeconds).max() ?? 0, playback?.queuedSeconds ?? 0,
      parts?.queuedSeconds ?? 0)
  }
}
