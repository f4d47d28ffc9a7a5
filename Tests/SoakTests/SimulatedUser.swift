import TestSupport

/// Somebody who talks: turns in tokens, pauses, now and then a barge-in.
struct SimulatedUser {
  enum Act: Equatable {
    case text(String)
    case endTurn
    case cancel
  }

  private static let words = [
    "the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog.", "Then", "it", "sleeps!",
    "Really?", "yes,", "indeed.", "Dr.", "Smith", "says", "3.14", "is", "enough.",
  ]

  private var random: SeededGenerator
  private var acts: [(at: Duration, act: Act)] = []
  private var head = 0
  /// What the turn that was made last says.
  private(set) var text = ""

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  var due: Duration? { head < acts.count ? acts[head].at : nil }

  mutating func next(at now: Duration) -> Act? {
    guard let due, due <= now else { return nil }
    defer { head += 1 }
    return acts[head].act
  }

  /// The next turn, once nothing of the last is left.
  mutating func plan(at now: Duration) {
    guard due == nil else { return }
    var at = now + .milliseconds(Int.random(in: 500...15_000, using: &random))
    (acts, head, text) = ([], 0, "")
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      let token = (Self.words.randomElement(using: &random) ?? "word") + " "
      text += token
      acts.append((at, .text(token)))
      at += .milliseconds(Int.random(in: 5...90, using: &random))
    }
    acts.append((at, .endTurn))
    guard Int.random(in: 0..<6, using: &random) == 0 else { return }
    acts.append((at + .milliseconds(Int.random(in: 0...400, using: &random)), .cancel))
  }
}
