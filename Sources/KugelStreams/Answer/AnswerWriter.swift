/// Takes what the objects of a stream say, and holds it to what all formats have in common: texts that follow
/// one another are one, a paragraph ends once, usage is told when it is final.
struct AnswerWriter: Sendable {
  private var events: [StreamEvent] = []
  /// Text that was not put among the events yet.
  private var text = ""
  /// There is text that no paragraph ended.
  private var isInParagraph = false
  private var isInThought = false
  private var hasThought = false
  private var usage = StreamUsage()
  private var letters = SplitSurrogates.Joiner()
  private var thoughtLetters = SplitSurrogates.Joiner()
  /// The answer has ended, as its producer says, and none began since.
  private(set) var isWhole = false
  private(set) var hasFailed = false
  /// Text of an answer has come.
  private(set) var hasText = false

  mutating func text(_ more: String?) {
    guard let more, !more.isEmpty else { return }
    if isWhole { tellUsage() }
    text += letters.join(more)
    (isInParagraph, hasText, isWhole) = (true, true, false)
  }

  /// Ends the paragraph that is under way, if one is.
  mutating func paragraph() {
    text += letters.finish() ?? ""
    guard isInParagraph else { return }
    tell(.paragraph)
    isInParagraph = false
  }

  /// One whole message or block.
  mutating func paragraph(_ whole: String?) {
    paragraph()
    text(whole)
    paragraph()
  }

  mutating func reasoning(_ more: String?) {
    guard let more, !more.isEmpty else { return }
    if !isInThought, hasThought { tell(.reasoning("\n\n")) }
    tell(.reasoning(thoughtLetters.join(more)))
    (isInThought, hasThought, isWhole) = (true, true, false)
  }

  /// What is thought next is another thought.
  mutating func thoughtEnds() {
    if let rest = thoughtLetters.finish() { tell(.reasoning(rest)) }
    isInThought = false
  }

  mutating func tool(_ name: String?) {
    guard let name, !name.isEmpty else { return }
    paragraph()
    thoughtEnds()
    tell(.tool(name))
    isWhole = false
  }

  /// What is known of the answer's usage; more may become known.
  mutating func usage(_ known: StreamUsage) { usage.merge(known) }

  mutating func warning(_ sentence: String) { tell(.warning(sentence)) }

  /// Tells why the model ended, unless that is that it was done.
  mutating func stopped(_ reason: String?) {
    guard let sentence = reason.flatMap(StopReason.warning) else { return }
    warning(sentence)
  }

  mutating func failed(_ failure: StreamFailure) {
    guard !hasFailed else { return }
    hasFailed = true
    tell(.failed(failure))
  }

  /// The answer is whole.
  mutating func end() {
    guard !isWhole else { return }
    paragraph()
    thoughtEnds()
    tell(.end)
    isWhole = true
  }

  /// An answer that seemed to have ended goes on.
  mutating func reopen() { isWhole = false }

  mutating func tellUsage() {
    guard !usage.isEmpty else { return }
    tell(.usage(usage))
    usage = StreamUsage()
  }

  /// What was said since the last time.
  mutating func drain() -> [StreamEvent] {
    flushText()
    defer { events = [] }
    return events
  }

  /// The input has ended.
  mutating func finish() {
    text += letters.finish() ?? ""
    thoughtEnds()
    tellUsage()
  }

  private mutating func tell(_ event: StreamEvent) {
    flushText()
    if case .reasoning(let more) = event, case .reasoning(let before) = events.last {
      events[events.count - 1] = .reasoning(before + more)
    } else {
      events.append(event)
    }
  }

  private mutating func flushText() {
    guard !text.isEmpty else { return }
    events.append(.text(text))
    text = ""
  }
}
