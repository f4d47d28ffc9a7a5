/// Stages one behind another that never see our tags or what is to be spelled: those pass by.
package struct GuardedSteps: Sendable {
  private var steps: [StageStep]
  private var isInSpell = false

  package init(_ stages: [any TextStage]) { steps = stages.map(StageStep.init) }

  /// - Parameter text: with whole tags.
  package mutating func feed(_ text: SourcedText, into output: inout SourcedText) {
    guard !steps.isEmpty else {
      output.append(text)
      return
    }
    let scalars = text.scalars
    guard isInSpell || scalars.contains("<") else {
      run(text, from: 0, .more, into: &output)
      return
    }
    var start = 0
    var index = 0
    var endings = text.endings[...]
    while index < scalars.count {
      guard scalars[index] == "<",
        let (tag, end) = MarkupTag.read(
          in: scalars, at: index, before: Self.end(of: &endings, behind: index) ?? scalars.count),
        isInSpell ? tag.name == "spell" && tag.isClosing : MarkupTag.known.contains(tag.name)
      else {
        index += 1
        continue
      }
      pass(text, start..<index, into: &output)
      run(SourcedText(), from: 0, .end, into: &output)
      output.append(text, index..<end)
      if tag.name == "spell" { isInSpell = !tag.isClosing && !tag.isSelfClosing }
      (start, index) = (end, end)
    }
    pass(text, start..<scalars.count, into: &output)
  }

  /// Where the block ends that an index is in: no tag goes on behind it.
  private static func end(
    of endings: inout ArraySlice<SourcedText.Ending>, behind index: Int
  ) -> Int? {
    while let first = endings.first, first.offset <= index { endings.removeFirst() }
    return endings.first?.offset
  }

  package mutating func pause(into output: inout SourcedText) {
    run(SourcedText(), from: 0, .pause, into: &output)
  }

  /// Gives up waiting; the text goes on.
  package mutating func release(into output: inout SourcedText) {
    run(SourcedText(), from: 0, .release, into: &output)
  }

  package mutating func end(into output: inout SourcedText) {
    run(SourcedText(), from: 0, .end, into: &output)
    isInSpell = false
  }

  /// Scalars that wait in the stages.
  package var heldCount: Int { steps.reduce(0) { $0 + $1.heldCount } }

  private mutating func pass(
    _ text: SourcedText, _ range: Range<Int>, into output: inout SourcedText
  ) {
    if isInSpell {
      output.append(text, range)
    } else {
      run(text[range], from: 0, .more, into: &output)
    }
  }

  /// Through all stages from one on; each ends or pauses before the next does.
  private mutating func run(
    _ text: SourcedText, from first: Int, _ ahead: TextAhead, into output: inout SourcedText
  ) {
    var current = text
    for index in first..<steps.count {
      var next = SourcedText()
      steps[index].feed(current, into: &next)
      if ahead == .pause { steps[index].pause(into: &next) }
      if ahead == .release { steps[index].release(into: &next) }
      if ahead == .end { steps[index].end(into: &next) }
      current = next
    }
    output.append(current)
  }
}
