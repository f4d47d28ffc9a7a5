/// What comes behind the text that a stage is given.
package enum TextAhead: Equatable, Sendable {
  /// More, soon.
  case more
  /// Nothing for a while: what only waits to see whether it becomes markup is let go as text.
  case pause
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

/// A stage and what it has not read yet.
struct StageStep: Sendable {
  var stage: any TextStage
  private(set) var held = SourcedText()

  init(_ stage: any TextStage) { self.stage = stage }

  /// Scalars that wait.
  var heldCount: Int { held.count + stage.heldCount }

  /// - Parameter text: its marks end what is before them for the stage too.
  mutating func feed(_ text: SourcedText, into output: inout SourcedText) {
    guard !text.endings.isEmpty else {
      if text.count > 0 { push(text, .more, into: &output) }
      return
    }
    var plain = text
    let endings = plain.takeEndings()
    var start = 0
    for ending in endings {
      push(plain[start..<ending.offset], .end, into: &output)
      output.append(ending.mark)
      start = ending.offset
    }
    if start < plain.count { push(plain[start..<plain.count], .more, into: &output) }
  }

  mutating func pause(into output: inout SourcedText) {
    push(SourcedText(), .pause, into: &output)
  }

  mutating func end(into output: inout SourcedText) {
    push(SourcedText(), .end, into: &output)
  }

  private mutating func push(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) {
    guard held.count > 0 else {
      let read = stage.read(text, ahead, into: &output)
      if read < text.count { held = text[read..<text.count] }
      return
    }
    held.append(text)
    let read = stage.read(held, ahead, into: &output)
    held.removeFirst(read)
  }
}

/// A look at what comes, that knows whether it would have liked to see more.
struct Lookahead {
  /// Scalars that a stage may wait for.
  static let limit = 64

  private let scalars: [Unicode.Scalar]
  private let end: Int
  private let isOpen: Bool
  /// Something was asked for that has not come yet, so nothing may be concluded.
  private(set) var isUndecided = false

  init(
    _ text: SourcedText, from start: Int, _ ahead: TextAhead, limit: Int = Lookahead.limit
  ) {
    scalars = text.scalars
    end = min(scalars.count, start + limit)
    isOpen = ahead == .more && scalars.count < start + limit
  }

  /// nil behind the text's end, and behind the limit.
  mutating func at(_ index: Int) -> Unicode.Scalar? {
    if index < end { return index >= 0 ? scalars[index] : nil }
    if isOpen { isUndecided = true }
    return nil
  }

  /// The first index from `start` on whose scalar is not such.
  mutating func skip(_ start: Int, while isSuch: (Unicode.Scalar) -> Bool) -> Int {
    var index = start
    while let scalar = at(index), isSuch(scalar) { index += 1 }
    return index
  }

  mutating func matches(_ word: String, at start: Int, ignoringCase: Bool = false) -> Bool {
    var index = start
    for wanted in word.unicodeScalars {
      guard let scalar = at(index) else { return false }
      guard scalar == wanted || ignoringCase && scalar.asciiLowered == wanted else { return false }
      index += 1
    }
    return true
  }
}

extension Unicode.Scalar {
  var asciiLowered: Unicode.Scalar {
    (0x41...0x5A).contains(value) ? Unicode.Scalar(UInt8(value) | 0x20) : self
  }
}
