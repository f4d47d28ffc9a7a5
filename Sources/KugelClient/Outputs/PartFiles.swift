import KugelAudio

/// A file that holds a part of the mix, and its sink.
package struct PartFile {
  package let path: String
  package let runner: SinkRunner

  package init(path: String, runner: SinkRunner) {
    self.path = path
    self.runner = runner
  }
}

/// Files that hold a part of the mix each: the stems of speakers, and single lines. Used on one thread.
package final class PartFiles {
  /// Makes a file, which is opened on a thread of its own.
  package typealias Maker = (_ number: Int, _ name: String?) -> PartFile

  /// Lines whose files may be unfinished before reading stops.
  private static let mostOpenLines = 32

  private let rate: Int
  private let makeStem: Maker?
  private let makeLine: Maker?
  /// nil are those that failed.
  private var stems: [Open?] = []
  private var lines: [Int: Open?] = [:]
  private var ending: [Open] = []
  private var ended: [FileReport] = []
  /// What is to come of the script does not.
  private var endsEarly = false
  private var isCut = false

  private struct Open {
    let file: PartFile
    let speaker: String?
    var number: Int?
    var scriptLine: Int?
    var samples = 0

    mutating func offer(_ samples: [Int16], rate: Int) {
      file.runner.offer(samples, rate: rate)
      self.samples += samples.count
    }
  }

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

  var queuedSeconds: Double { all.map(\.file.runner.queuedSeconds).max() ?? 0 }

  private var openStems: [Open] { stems.compactMap(\.self) }
  private var openLines: [Open] { lines.values.compactMap(\.self) }
  private var all: [Open] { openStems + openLines + ending }

  /// - Parameters:
  ///   - samples: of each track, all equally long.
  ///   - start: frames of the mix before them.
  ///   - names: of the tracks.
  func play(stems samples: [[Int16]], from start: Int, of names: [String?]) {
    guard let makeStem else { return }
    while stems.count < samples.count {
      let name = names[stems.count]
      var stem = Open(file: makeStem(stems.count, name), speaker: name)
      silence(&stem, frames: start)
      stems.append(stem)
    }
    for (index, samples) in samples.enumerated() { stems[index]?.offer(samples, rate: rate) }
  }

  /// One second of nothing is shared by all of a long silence.
  private func silence(_ stem: inout Open, frames: Int) {
    let second = [Int16](repeating: 0, count: rate)
    for _ in 0..<(frames / rate) { stem.offer(second, rate: rate) }
    stem.offer(Array(second.prefix(frames % rate)), rate: rate)
  }

  /// - Parameter scriptLine: where it stands in the script.
  func play(line number: Int, _ samples: [Int16], speaker: String?, scriptLine: Int?) {
    guard let makeLine else { return }
    let line =
      lines[number]
      ?? Open(
        file: makeLine(number, speaker), speaker: speaker, number: number, scriptLine: scriptLine)
    guard var line else { return }
    line.offer(samples, rate: rate)
    lines[number] = line
  }

  func end(line number: Int) {
    guard let line = lines.removeValue(forKey: number) ?? nil else { return }
    line.file.runner.finish()
    ending.append(line)
  }

  func finish() { for open in openStems + openLines { open.file.runner.finish() } }

  func cut() {
    (endsEarly, isCut) = (true, true)
    for open in all { open.file.runner.cut() }
  }

  /// What is open now will not hold all that it should.
  func endEarly() { endsEarly = true }

  /// Forgets what has ended.
  ///
  /// - Returns: what ended otherwise than it should.
  func update() -> [SinkError] {
    var errors: [SinkError] = []
    ending.removeAll { isOver($0, wasCut: isCut, &errors) }
    for index in stems.indices {
      if let stem = stems[index], isOver(stem, wasCut: endsEarly, &errors) { stems[index] = nil }
    }
    for (number, line) in lines {
      if let line, isOver(line, wasCut: endsEarly, &errors) {
        lines.updateValue(nil, forKey: number)
      }
    }
    return errors
  }

  private func isOver(_ open: Open, wasCut: Bool, _ errors: inout [SinkError]) -> Bool {
    guard open.file.runner.isOver(telling: &errors) else { return false }
    ended.append(
      FileReport(
        path: open.file.path, seconds: Double(open.samples) / Double(rate),
        state: open.file.runner.hasFailed ? .failed : wasCut ? .cut : .complete,
        speaker: open.speaker, number: open.number, scriptLine: open.scriptLine))
    return true
  }

  /// The files that have ended since the last call.
  func endedFiles() -> [FileReport] {
    defer { ended = [] }
    return ended
  }
}
