import KugelNumbers
import KugelText

/// From what is written to what is said, as it comes.
///
/// Every cut between pieces gives the same text, but for what is let go after a pause. Pure: opens
/// nothing, reads no clock.
///
/// Source: interface notes, section 4.2.
package struct TextPipeline: Sendable {
  /// After so long without anything new, what waits is let go.
  package static let patience = Duration.milliseconds(250)

  private var front: [StageStep]
  private var back: GuardedSteps
  private var sentences: SentenceMarker?
  private let isRaw: Bool
  /// Scalars of the source read so far.
  private var place = 0
  private var lastNews: ContinuousClock.Instant?

  package init(_ filters: TextFilters, for target: TextTarget = TextTarget()) {
    isRaw = filters.isRaw
    let names = filters.names
    var front: [any TextStage] = [NewlineStage(), TerminalStage(), LetterStage()]
    if names.contains(.think) { front.append(ReasoningStage()) }
    if names.contains(.markdown) {
      var options = MarkdownOptions()
      (options.code, options.tables) = (filters.code, filters.tables)
      options.links = filters.links
      options.phrases = .of(target.language)
      front.append(MarkdownStage(options))
    } else {
      front.append(ParagraphStage(marksLines: filters.marksLines))
    }
    front.append(TagStage())
    self.front = front.map(StageStep.init)
    var back: [any TextStage] = []
    if names.contains(.url) { back.append(LinkStage(filters.links, language: target.language)) }
    if names.contains(.emoji) { back.append(EmojiStage(filters.emoji, language: target.language)) }
    if !filters.lexicon.entries.isEmpty {
      back.append(
        LexiconStage(filters.lexicon, language: target.language, takesIPA: target.takesIPA))
    }
    if names.contains(.numbers), let stage = NumberStage(language: target.language) {
      back.append(stage)
    }
    self.back = GuardedSteps(back)
    sentences = filters.marksSentences ? SentenceMarker(language: target.language) : nil
  }

  /// - Returns: what can be said of the text so far; its source is the text from its beginning.
  package mutating func feed(
    _ text: String, at now: ContinuousClock.Instant
  ) -> SourcedText {
    guard !text.isEmpty else { return SourcedText() }
    let written = SourcedText(text, at: place)
    place += written.count
    lastNews = now
    return run(written, .more)
  }

  /// When what waits will be let go; nil while nothing does.
  package var deadline: ContinuousClock.Instant? {
    guard let lastNews, isWaiting else { return nil }
    return lastNews + Self.patience
  }

  /// Lets go of what has waited long enough.
  package mutating func tick(at now: ContinuousClock.Instant) -> SourcedText {
    guard let deadline, now >= deadline else { return SourcedText() }
    lastNews = nil
    return run(SourcedText(), .pause)
  }

  /// The text has ended; the next begins anew, its places go on.
  package mutating func finish() -> SourcedText {
    lastNews = nil
    return run(SourcedText(), .end)
  }

  /// A block of reasoning was never closed, so all behind it was left out.
  package var isReasoningUnclosed: Bool {
    front.contains { ($0.stage as? ReasoningStage)?.isUnclosed ?? false }
  }

  /// Scalars that wait.
  package var heldCount: Int { front.reduce(back.heldCount) { $0 + $1.heldCount } }

  private var isWaiting: Bool { heldCount > 0 || sentences != nil }

  private mutating func run(_ text: SourcedText, _ ahead: TextAhead) -> SourcedText {
    guard !isRaw else { return text }
    var current = text
    for index in front.indices {
      var next = SourcedText()
      front[index].feed(current, into: &next)
      if ahead == .pause { front[index].pause(into: &next) }
      if ahead == .end { front[index].end(into: &next) }
      current = next
    }
    var said = SourcedText()
    back.feed(current, into: &said)
    if ahead == .pause { back.pause(into: &said) }
    if ahead == .end { back.end(into: &said) }
    guard sentences != nil else { return said }
    var marked = SourcedText()
    sentences?.feed(said, into: &marked)
    if ahead == .pause { sentences?.pause(into: &marked) }
    if ahead == .end { sentences?.end(into: &marked) }
    return marked
  }
}
