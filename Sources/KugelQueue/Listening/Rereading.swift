/// Where in what was received the sound is, when one may go back in it and on. Pure.
///
/// Everything received is given to the speakers. Going somewhere makes them drop what they have not
/// played, and all from there on is given again. Positions count samples of all that was received.
package struct Rereading: Sendable {
  package enum Step: Equatable, Sendable {
    /// A sentence.
    case back, on
    /// To the beginning of what is being said.
    case start
  }

  /// Hz of what is received.
  package var rate: Int
  /// Interleaved in it.
  private let channels: Int
  /// Samples that are kept at most.
  private let capacity: Int
  package private(set) var received = 0
  /// Where the item began that is being said.
  package private(set) var start = 0
  /// Sentences begin here; in order, each once.
  package private(set) var marks: [Int] = []
  /// What had been given to the speakers when it was last gone somewhere, and where that was.
  private var jump = (given: 0, position: 0)
  /// The furthest that was heard before it was gone back.
  private var furthest = 0

  /// - Parameter capacity: samples that are kept.
  package init(rate: Int, channels: Int = 1, capacity: Int) {
    self.rate = max(rate, 1)
    self.channels = channels
    self.capacity = capacity
  }

  /// What lies before is not kept any more.
  package var kept: Range<Int> { max(start, received - capacity)..<received }

  package mutating func receive(_ count: Int) { received += count }

  /// Something else is said from here on; what was said before cannot be gone back to.
  package mutating func begin() {
    start = received
    marks = []
  }

  /// A sentence begins so many seconds into what is received.
  package mutating func mark(seconds: Double) {
    let mark = Int((seconds * Double(rate)).rounded()) * channels
    guard mark >= start, !marks.contains(mark) else { return }
    let place = marks.firstIndex { $0 > mark } ?? marks.count
    marks.insert(mark, at: place)
    // What is not kept needs none, and a text of one-word sentences no more than can be gone through.
    if marks.count > 4096 { marks.removeFirst() }
  }

  /// - Parameter played: samples of all that were given to the speakers, heard or dropped.
  package func position(played: Int) -> Int {
    min(received, jump.position + max(0, played - jump.given))
  }

  /// The furthest that was ever heard.
  package func furthest(played: Int) -> Int { max(furthest, position(played: played)) }

  /// Something that was heard before is being heard.
  package func isBehind(played: Int) -> Bool { position(played: played) < furthest }

  /// Where a step leads to; nil when nowhere else.
  package func target(_ step: Step, from position: Int) -> Int? {
    let begins = ([kept.lowerBound] + marks).filter(kept.contains)
    switch step {
    case .start: return kept.isEmpty ? nil : kept.lowerBound
    case .on:
      guard position < received else { return nil }
      return begins.first { $0 > position } ?? received
    case .back:
      // Shortly after a sentence began it is the one before that is meant.
      let reach = position - rate * channels * 3 / 2
      return begins.last { $0 <= reach } ?? begins.first { $0 < position }
    }
  }

  /// The sample of all that were given to the speakers which is this one, where it was given last.
  package func played(of sample: Int) -> Int { jump.given + sample - jump.position }

  /// Goes there: the speakers have dropped what they had not played, and are given `target` and all behind
  /// it next.
  ///
  /// - Parameters:
  ///   - position: where it was left.
  ///   - played: samples of all that were given, heard or dropped.
  package mutating func go(to target: Int, from position: Int, played: Int) {
    furthest = max(furthest, position)
    jump = (played, target)
  }

  /// The speakers have dropped what they had not played, and that is not wanted any more.
  package mutating func drop(played: Int) { go(to: received, from: received, played: played) }
}
