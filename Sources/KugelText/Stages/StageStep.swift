/// A stage and what it has not read yet.
package struct StageStep: Sendable {
  package var stage: any TextStage
  package private(set) var held = SourcedText()

  package init(_ stage: any TextStage) { self.stage = stage }

  /// Scalars that wait.
  package var heldCount: Int { held.count + stage.heldCount }

  /// - Parameter text: its marks end what is before them for the stage too.
  package mutating func feed(_ text: SourcedText, into output: inout SourcedText) {
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

  package mutating func pause(into output: inout SourcedText) {
    push(SourcedText(), .pause, into: &output)
  }

  /// Gives up waiting, though what comes may belong to what was let go.
  package mutating func release(into output: inout SourcedText) {
    push(SourcedText(), .release, into: &output)
  }

  package mutating func end(into output: inout SourcedText) {
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
