/// One subtitle.
package struct Cue: Equatable, Sendable {
  package struct Word: Equatable, Sendable {
    package var text: String
    /// Seconds.
    package var from: Double
    package var to: Double

    package init(text: String, from: Double, to: Double) {
      self.text = text
      self.from = from
      self.to = to
    }
  }

  /// Seconds.
  package var from: Double
  package var to: Double
  package var lines: [String]
  package var words: [Word]
  /// Its times are a share of a longer time, for no word was timed.
  package var isEstimated: Bool
  package var speaker: String?

  package init(
    from: Double, to: Double, lines: [String], words: [Word] = [], isEstimated: Bool = false,
    speaker: String? = nil
  ) {
    self.from = from
    self.to = to
    self.lines = lines
    self.words = words
    self.isEstimated = isEstimated
    self.speaker = speaker
  }

  package var text: String { lines.joined(separator: " ") }
}
