/// What comes behind the text that a stage is given.
package enum TextAhead: Equatable, Sendable {
  /// More, soon.
  case more
  /// Nothing for a while: what only waits to see whether it becomes markup is let go as text.
  case pause
  /// Nothing for so long that what waits is given up; a word may still go on behind it.
  case release
  /// Nothing that belongs to it: a block or the whole text has ended.
  case end
}

/// One step on the way from what is written to what is said.
///
/// Pure: the clock is the caller's. A stage decides by what it has read and by at most
/// `Lookahead.limit` scalars behind it, never by where the text was cut, so that any cuts give the same
/// text.
package protocol TextStage: Sendable {
  /// Reads as much as can be decided.
  ///
  /// - Parameters:
  ///   - text: what was left over, and what has come; without marks.
  ///   - ahead: anything but `.more` makes the stage decide by what there is; `.end` leaves nothing over.
  ///   - output: takes what is said, with marks where something ends.
  /// - Returns: how many scalars were read. The rest is given again, with more behind it.
  mutating func read(_ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText) -> Int

  /// Scalars that wait within the stage, beside those that it left over.
  var heldCount: Int { get }
}

extension TextStage {
  package var heldCount: Int { 0 }
}
