import KugelAudio

/// Files that hold a part of the mix each: the stems of speakers, and single lines. Used on one thread.
package final class PartFiles {
  /// Makes a file's sink, which opens it on a thread of its own; nil makes none.
  package typealias Maker = (_ number: Int, _ name: String?) -> SinkRunner?

  /// Lines whose files may be unfinished before reading stops.
  private static let mostOpenLines = 32

  private let rate: Int
  private let makeStem: Maker?
  private let makeLine: Maker?
  private var stems: [SinkRunner?] = []
  private var lines: [Int: SinkRunner?] = [:]
  private var ending: [SinkRunner] = []

  /// - Parameters:
  ///   - rate: Hz, of everything.
  ///   - stem: makes the output of a speaker's track, by number from 0 and name; nil is that of sounds.
  ///   - line: makes the output of a line, by number from 1 and speaker.
  package init(rate: Int, stem: Maker?, line: Maker?) {
    self.rate = rate
    makeStem = stem
    makeLine = line
  }

  package var keepsStems: Bool { makeStem != nil }
  var isEmpty: Bool { ending.isEmpty && openStems.isEmpty && openLines.isEmpty }
  /// Nothing is left that keeps what will come.
  var isDeaf: Bool {
    (makeStem == nil || (!stems.isEmpty && openStems.isEmpty)) && makeLine == nil
  }
  /// So many files are open that more lines should wait.
  var isFull: Bool { openLines.count + ending.count > Self.mostOpenLines }

  var queuedSeconds: Double { all.map(\.queuedSeconds).max() ?? 0 }

  private var openStems: [SinkRunner] { stems.compactMap(\.self) }
  private var openLines: [SinkRunner] { lines.values.compactMap(\.self) }
  private var all: [SinkRunner] { openStems + openLines + ending }

  /// - Parameters:
  ///   - samples: of each track, all equally long.
  ///   - start: frames of the mix before them.
  ///   - names: of the tracks.
  func play(stems samples: [[Int16]], from start: Int, of names: [String?]) {
    guard let makeStem else { return }
    while stems.count < samples.count {
      let stem = makeStem(stems.count, names[stems.count])
      stems.append(stem)
      if let stem { silence(stem, frames: start) }
    }
    for (stem, samples) in zip(stems, samples) { stem?.offer(samples, rate: rate) }
  }

  /// One second of nothing is shared by all of a long silence.
  private func silence(_ stem: SinkRunner, frames: Int) {
    let second = [Int16](repeating: 0, count: rate)
    for _ in 0..<(frames / rate) { stem.offer(second, rate: rate) }
    stem.offer(Array(second.prefix(frames % rate)), rate: rate)
  }

  func play(line number: Int, _ samples: [Int16], speaker: String?) {
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

  func end(line number: Int) {
    guard let line = lines.removeValue(forKey: number) ?? nil else { return }
    line.finish()
    ending.append(line)
  }

  func finish() { for sink in openStems + openLines { sink.finish() } }
  func cut() { for sink in all { sink.cut() } }

  /// Forgets what has ended.
  ///
  /// - Returns: what ended otherwise than it should.
  func update() -> [SinkError] {
    var errors: [SinkError] = []
    ending.removeAll { $0.isOver(telling: &errors) }
    for index in stems.indices {
      if let stem = stems[index], stem.isOver(telling: &errors) { stems[index] = nil }
    }
    for (number, line) in lines {
      if let line, line.isOver(telling: &errors) { lines.updateValue(nil, forKey: number) }
    }
    return errors
  }
}
