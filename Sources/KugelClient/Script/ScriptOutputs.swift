import KugelAudio
import KugelScreenplay

/// Where the sound of a script goes: the mix, the speakers' stems, and the lines, each output
/// independent of the others. Used on one thread.
package final class ScriptOutputs {
  /// What a file of its own is made by, called on a thread of the file's own; nil makes none.
  package typealias Maker = (_ number: Int, _ name: String?) -> SinkRunner?

  /// Lines whose files may be unfinished before reading stops.
  private static let mostOpenLines = 32

  private let rate: Int
  private let capacity: Double
  private var mixes: [SinkRunner]
  private var playback: (any Playback)?
  private let channels: Int
  private let makeStem: Maker?
  private let makeLine: Maker?
  private var stems: [SinkRunner?] = []
  private var lines: [Int: SinkRunner?] = [:]
  private var ending: [SinkRunner] = []
  package private(set) var errors: [SinkError] = []
  private var hasFinished = false
  /// Frames of the mix given to the outputs.
  private var position = 0

  /// - Parameters:
  ///   - rate: Hz, of everything.
  ///   - channels: of the mix.
  ///   - mixes: files that take the mix.
  ///   - playback: plays the mix.
  ///   - capacity: seconds of sound that may wait for the slowest output.
  ///   - stem: makes the output of a speaker's track, by number from 0 and name; nil is that of sounds.
  ///   - line: makes the output of a line, by number from 1 and speaker.
  package init(
    rate: Int, channels: Int = 1, mixes: [SinkRunner], playback: (any Playback)? = nil,
    capacity: Double,
    stem: Maker? = nil, line: Maker? = nil
  ) {
    self.rate = rate
    self.mixes = mixes
    self.playback = playback
    self.channels = channels
    plays = playback != nil
    self.capacity = capacity
    makeStem = stem
    makeLine = line
  }

  package var keepsStems: Bool { makeStem != nil }
  /// Whether somebody was to listen.
  let plays: Bool
  /// Nothing is left to write to or to wait for.
  var isEmpty: Bool {
    mixes.isEmpty && playback == nil && ending.isEmpty && openStems.isEmpty && openLines.isEmpty
  }
  /// Nothing is left that keeps or plays what will come.
  var isDeaf: Bool {
    mixes.isEmpty && playback == nil && (makeStem == nil || (!stems.isEmpty && openStems.isEmpty))
      && makeLine == nil
  }

  private var openStems: [SinkRunner] { stems.compactMap(\.self) }
  private var openLines: [SinkRunner] { lines.values.compactMap(\.self) }

  /// Frames of the mix that have been played; without speakers, written is heard.
  var heard: Int { playback.map { $0.position / channels } ?? position }

  var deadline: ContinuousClock.Instant? { playback?.deadline }

  func tick(at now: ContinuousClock.Instant) { playback?.tick(at: now) }

  func pause(_ paused: Bool) { playback?.pause(paused) }

  /// Nothing more follows for now: what waits to be played need not wait for it.
  func endTurn() { playback?.endTurn() }

  /// Whether the script is known to its end.
  func textIsComplete(_ complete: Bool) { playback?.textIsComplete(complete) }

  /// Whether no more sound should be made for now.
  var isHeld: Bool {
    let queued = (mixes + openStems + openLines + ending).map(\.queuedSeconds).max() ?? 0
    return max(queued, playback?.queuedSeconds ?? 0) > capacity
      || openLines.count + ending.count > Self.mostOpenLines
  }

  func play(_ audio: MixedAudio, frames: Int, tracks: [String?]) {
    for mix in mixes { mix.offer(audio.samples, rate: rate) }
    playback?.offer(audio.samples, rate: rate)
    while makeStem != nil, stems.count < audio.stems.count {
      let stem = makeStem?(stems.count, tracks[stems.count])
      stems.append(stem)
      if let stem { silence(stem, frames: audio.start) }
    }
    for (stem, samples) in zip(stems, audio.stems) { stem?.offer(samples, rate: rate) }
    position = audio.start + frames
  }

  /// One second of nothing is shared by all of a long silence.
  private func silence(_ stem: SinkRunner, frames: Int) {
    let second = [Int16](repeating: 0, count: rate)
    for _ in 0..<(frames / rate) { stem.offer(second, rate: rate) }
    stem.offer(Array(second.prefix(frames % rate)), rate: rate)
  }

  func playLine(_ samples: [Int16], number: Int, speaker: String?) {
    guard let makeLine else { return }
    let line: SinkRunner?
    if let known = lines[number] {
      line = known
    } else {
      line = makeLine(number, speaker)
      lines[number] = line
    }
    line?.offer(samples, rate: rate)
  }

  func endLine(_ number: Int) {
    guard let line = lines.removeValue(forKey: number) ?? nil else { return }
    line.finish()
    ending.append(line)
  }

  func finish() {
    guard !hasFinished else { return }
    hasFinished = true
    playback?.finish()
    for sink in mixes + openStems + openLines { sink.finish() }
    update()
  }

  /// Silence at once; files keep what was written.
  func cut() {
    hasFinished = true
    playback?.cut()
    for sink in mixes + openStems + openLines + ending { sink.cut() }
    update()
  }

  /// Looks at the outputs again; call it after any of them reported a change.
  func update() {
    switch playback?.state {
    case nil, .running: break
    case .finished: playback = nil
    case .failed(let error):
      errors.append(error)
      playback = nil
    }
    mixes.removeAll(where: isOver)
    ending.removeAll(where: isOver)
    for index in stems.indices {
      if let stem = stems[index], isOver(stem) { stems[index] = nil }
    }
    for (number, line) in lines {
      if let line, isOver(line) { lines.updateValue(nil, forKey: number) }
    }
  }

  private func isOver(_ sink: SinkRunner) -> Bool {
    switch sink.state {
    case .running: return false
    case .finished: return true
    case .failed(let error):
      errors.append(error)
      return true
    }
  }
}
