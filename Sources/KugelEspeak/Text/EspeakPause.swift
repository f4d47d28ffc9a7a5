/// The library's pauses, where it cannot speak one itself: it speaks a paragraph's end together with the
/// sentence before it, and where that has been spoken already, the rest of the pause is owed.
enum EspeakPause {
  /// Milliseconds behind a sentence, as measured; 40 units of the library (`CLAUSE_PERIOD` of espeak-ng
  /// 1.51).
  private static let sentence: [(wordsPerMinute: Double, milliseconds: Double)] = [
    (80, 885), (100, 709), (120, 548), (140, 431), (160, 350), (175, 301), (200, 235), (220, 193),
    (250, 142), (300, 82), (350, 37), (400, 25), (450, 48),
  ]

  /// By how much the pause behind a paragraph is longer than that behind a sentence: 30 units, 35 behind
  /// a question.
  private static let share = 35.0 / 40

  /// Milliseconds to add to a sentence's pause.
  static func paragraph(wordsPerMinute: Int) -> Int {
    let wanted = Double(wordsPerMinute)
    var below = sentence[0]
    for point in sentence {
      guard point.wordsPerMinute < wanted else {
        let span = point.wordsPerMinute - below.wordsPerMinute
        let part = span > 0 ? (wanted - below.wordsPerMinute) / span : 1
        let length = below.milliseconds + part * (point.milliseconds - below.milliseconds)
        return Int((length * share).rounded(.up)) + 1
      }
      below = point
    }
    return Int((below.milliseconds * share).rounded(.up)) + 1
  }
}
