import KugelAudio
import KugelClient
import KugelScreen
import KugelSession
import KugelText

/// Copies the text on as the voice gets it, each word when it is heard; without the times of words
/// each sentence when it begins. On the run's thread.
final class SpokenCopy: RunObserver {
  let interval = Duration.milliseconds(33)
  private let isTerminal: Bool
  /// nil: what is made counts as heard.
  private let clock: (any SoundClock)?
  private var copy: ([UInt8]) -> Void = { _ in }
  /// Its places are those in all that was sent.
  private var text = SpokenText(byWord: true)
  /// Where the turns begin in it.
  private var starts: [Int: Int] = [:]
  private var copied = 0
  /// Seconds of sound that have come.
  private var produced = 0.0
  private var chunk: (id: Int, turn: Int)?

  init(isTerminal: Bool, clock: (any SoundClock)?) {
    self.isTerminal = isTerminal
    self.clock = clock
  }

  func begin(_ copy: @escaping ([UInt8]) -> Void) { self.copy = copy }

  func hear(_ happening: Happening) {
    let turn = happening.turn ?? 0
    switch happening.what {
    case .turnBegan: starts[turn] = text.source.count
    // What comes from elsewhere does not steer a terminal.
    case .text(let more, from: _):
      text.append(isTerminal ? more.printable : more, at: text.source.count, turn: turn)
    case .segment(let segment):
      text.begin(
        chunk: segment.chunk, turn: turn, at: place(segment.said, in: turn),
        start: segment.startsAt)
    case .words(let words):
      let placed = words.map { word in
        var word = word
        word.source = place(word.said, in: turn)
        return word
      }
      text.add(placed, turn: turn)
    case .sound(let sound):
      if chunk.map({ $0 != (sound.chunk, turn) }) ?? true {
        chunk = (sound.chunk, turn)
        text.sounds(chunk: sound.chunk, turn: turn, start: sound.startsAt)
      }
      produced = max(produced, sound.startsAt + sound.seconds)
    case .heard: starts[turn] = nil
    default: break
    }
  }

  private func place(_ said: Range<Int>?, in turn: Int) -> Range<Int>? {
    guard let said, let start = starts[turn] else { return nil }
    return said.lowerBound + start..<said.upperBound + start
  }

  func hearEnd() { text.end() }

  func look(at now: ContinuousClock.Instant) {
    copy(until: clock?.heardSeconds(at: now) ?? produced)
  }

  func over() {
    let heard = clock?.heardSeconds(at: .now) ?? produced
    copy(until: heard)
    if text.isComplete, heard >= produced - 0.05 { copy(to: text.source.count) }
    if isTerminal, copied > 0, text.source[copied - 1] != "\n" { copy([0x0A]) }
  }

  private func copy(until heard: Double) {
    guard heard > 0, let current = text.current(at: heard) else { return }
    copy(to: current.range.upperBound)
  }

  /// With the marks that stand right behind.
  private func copy(to end: Int) {
    var end = end
    while end < text.source.count, !text.source[end].isWhite { end += 1 }
    guard end > copied else { return }
    copy(Array(String(scalars: text.source[copied..<end]).utf8))
    copied = end
  }
}
