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
  /// After so long a number, or a word of a lexicon, is taken for whole.
  package static let longPatience = Duration.milliseconds(500)

  private var front: [StageStep]
  /// An address is left open however long the writer pauses: none of its parts is a word.
  private var links = GuardedSteps([])
  private var back: GuardedSteps
  private var sentences: SentenceMarker?
  private let isRaw: Bool
  private let pauses: PauseLengths
  /// Where in the source ends what was said so far.
  private var saidEnd: Int
  /// Milliseconds of the pauses behind what was said so far.
  private var paused = 0
  /// Scalars of the source read so far.
  package private(set) var place: Int
  private var lastNews: ContinuousClock.Instant?
  /// What did not have to wait for long was let go since then.
  private var hasPaused = false

  /// - Parameter place: where in the source the text begins, in scalars.
  package init(
    _ filters: TextFilters, for target: TextTarget = TextTarget(), at place: Int = 0
  ) {
    isRaw = filters.isRaw
    pauses = filters.pauses
    self.place = place
    saidEnd = place
    let names = filters.names
    var front: [any TextStage] = [NewlineStage(), TerminalStage(), LetterStage()]
    if names.contains(.think) { front.append(ReasoningStage()) }
    if names.contains(.markdown) {
      var options = MarkdownOptions()
      (options.code, options.tables) = (filters.code, filters.tables)
      (options.links, options.readsNotes) = (filters.links, filters.readsNotes)
      options.phrases = .of(target.language)
      front += [UnseenStage(), MarkdownStage(options)] as [any TextStage]
    } else {
      let marksLines = filters.marksLines || filters.pauses.wantsLines
      front += [EntityStage(), ParagraphStage(marksLines: marksLines)] as [any TextStage]
    }
    front.append(TagStage())
    self.front = front.map(StageStep.init)
    var back: [any TextStage] = []
    if names.contains(.url) {
      links = GuardedSteps([LinkStage(filters.links, language: target.language)])
    }
    if names.contains(.emoji) { back.append(EmojiStage(filters.emoji, language: target.language)) }
    if !filters.lexicon.entries.isEmpty {
      back.append(
        LexiconStage(filters.lexicon, language: target.language, takesIPA: target.takesIPA))
    }
    if names.contains(.numbers),
      let stage = NumberStage(language: target.language, waitsForNames: !filters.isHasty)
    {
      back.append(stage)
    }
    self.back = GuardedSteps(back)
    let marksSentences = filters.marksSentences || filters.pauses.wantsSentences
    sentences = marksSentences ? SentenceMarker(language: target.language) : nil
  }

  /// - Returns: what can be said of the text so far; its source is the text from its beginning.
  package mutating func feed(
    _ text: String, at now: ContinuousClock.Instant
  ) -> SourcedText {
    guard !text.isEmpty else { return SourcedText() }
    let written = SourcedText(text, at: place)
    place += written.count
    (lastNews, hasPaused) = (now, false)
    return run(written, .more)
  }

  /// So many scalars of the source are none of the text's; what comes next stands behind them.
  package mutating func skip(_ count: Int) { place += count }

  /// When what waits will be let go; nil while nothing does.
  package var deadline: ContinuousClock.Instant? {
    guard let lastNews else { return nil }
    if hasPaused { return back.heldCount > 0 ? lastNews + Self.longPatience : nil }
    return isWaiting ? lastNews + Self.patience : nil
  }

  /// Lets go of what has waited long enough.
  package mutating func tick(at now: ContinuousClock.Instant) -> SourcedText {
    guard let deadline, now >= deadline else { return SourcedText() }
    defer { hasPaused = true }
    guard hasPaused else { return run(SourcedText(), .pause) }
    lastNews = nil
    var said = SourcedText()
    back.release(into: &said)
    return marked(said, .pause)
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
  package var heldCount: Int {
    front.reduce(links.heldCount + back.heldCount) { $0 + $1.heldCount }
  }

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
    var linked = SourcedText()
    links.feed(current, into: &linked)
    if ahead == .pause { links.pause(into: &linked) }
    if ahead == .end { links.end(into: &linked) }
    var said = SourcedText()
    back.feed(linked, into: &said)
    if ahead == .pause { back.pause(into: &said) }
    if ahead == .end { back.end(into: &said) }
    return marked(said, ahead)
  }

  /// With the ends of sentences, and the pauses that are wanted.
  private mutating func marked(_ said: SourcedText, _ ahead: TextAhead) -> SourcedText {
    guard sentences != nil else { return rendered(said) }
    var marked = SourcedText()
    sentences?.feed(said, into: &marked)
    if ahead == .pause { sentences?.pause(into: &marked) }
    if ahead == .end { sentences?.end(into: &marked) }
    return rendered(marked)
  }

  private mutating func rendered(_ text: SourcedText) -> SourcedText {
    guard !pauses.isEmpty else { return text }
    defer {
      if text.count > 0 { saidEnd = text.source(of: (text.count - 1)..<text.count).upperBound }
    }
    return pauses.rendered(text, after: saidEnd, paused: &paused)
  }
}
