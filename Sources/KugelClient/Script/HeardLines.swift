/// How far each speaker of a script has been heard, by how far the mix has. Pure.
///
/// A speaker's sound counts in the order in which it came, line after line; lines of one speaker that
/// overlap count one after the other.
struct HeardLines<Speaker: Hashable> {
  private struct Line {
    let number: Int
    /// Frames of the mix before it, once its place is known.
    var start: Int?
    /// Samples received, at `rate`.
    var received = 0
    /// Hz, 0 before the first sound.
    var rate = 0
    var hasEnded = false
  }

  private struct Part {
    /// Samples of the lines that are over.
    private var passed = 0
    var lines: [Line] = []
    private var told = 0

    mutating func change(_ number: Int, _ body: (inout Line) -> Void) {
      guard let index = lines.firstIndex(where: { $0.number == number }) else { return }
      body(&lines[index])
    }

    /// - Returns: samples heard; nil when they are no more than were told.
    mutating func heard(_ frames: Int, mixRate: Int) -> Int? {
      guard !lines.isEmpty else { return nil }
      let heard = heardOfFirst(frames, mixRate: mixRate)
      guard passed + heard > told else { return nil }
      told = passed + heard
      return told
    }

    /// Lets go what is over.
    ///
    /// - Returns: samples heard of the line that is not.
    private mutating func heardOfFirst(_ frames: Int, mixRate: Int) -> Int {
      while let first = lines.first, let start = first.start {
        let heard = min(first.received, max(0, frames - start) * first.rate / mixRate)
        guard first.hasEnded, heard == first.received else { return heard }
        passed += first.received
        lines.removeFirst()
      }
      return 0
    }
  }

  private let mixRate: Int
  private var parts: [Speaker: Part] = [:]
  /// Places of lines that may not have begun yet.
  private var places: [Int: Int] = [:]

  /// - Parameter mixRate: Hz, of the mix.
  init(mixRate: Int) { self.mixRate = mixRate }

  var speakers: [Speaker] { Array(parts.keys) }

  mutating func begin(line: Int, of speaker: Speaker) {
    parts[speaker, default: Part()].lines.append(Line(number: line, start: places[line]))
  }

  mutating func receive(_ samples: Int, rate: Int, line: Int, of speaker: Speaker) {
    parts[speaker]?.change(line) { line in
      line.received += samples
      if line.rate == 0 { line.rate = rate }
    }
  }

  /// Nothing more comes of the line.
  mutating func end(line: Int, of speaker: Speaker) {
    parts[speaker]?.change(line) { $0.hasEnded = true }
  }

  /// - Parameter start: frames of the mix before the line.
  mutating func place(line: Int, at start: Int) {
    places[line] = start
    for speaker in parts.keys { parts[speaker]?.change(line) { $0.start = start } }
  }

  /// Frames of the mix before the line; nil when that is not known, or not any more.
  func place(of line: Int) -> Int? { places[line] }

  /// Everything of the line is in the mix.
  mutating func forgetPlace(of line: Int) { places[line] = nil }

  /// - Parameter frames: of the mix that have been heard.
  /// - Returns: samples heard of each speaker that has come further, of all it was given.
  mutating func heard(_ frames: Int) -> [(speaker: Speaker, position: Int)] {
    parts.keys.compactMap { speaker in
      parts[speaker]?.heard(frames, mixRate: mixRate).map { (speaker, $0) }
    }
  }
}
