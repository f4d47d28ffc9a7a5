import KugelSession
import KugelStreams

/// Makes of what a model or an agent writes what is read aloud, what is copied on, and what is told.
struct AnswerText {
  enum Part: Equatable {
    /// It is an answer, and no text that was written to be read aloud.
    case begin
    /// Bytes of a text that is read as any other.
    case plain([UInt8])
    case text(String)
    /// The answer is whole, and its last words wait for nothing.
    case endTurn
    case event(SpeechInputEvent)
  }

  private enum Kind { case answer, thought }

  private let reading: AnswerReading
  private var reader: ModelStreamReader
  /// What was read aloud last; nil at the start of a paragraph.
  private var kind: Kind?
  private var copy: AnswerCopy
  private var bytes: ByteCopy
  private var parts: [Part] = []
  private var hasBegun = false

  private var copiesAnswer: Bool { if case .answer = reading.copy { true } else { false } }

  init(_ reading: AnswerReading) {
    self.reading = reading
    reader = ModelStreamReader(reading.format)
    bytes = ByteCopy(isShown: reading.isShown)
    copy = AnswerCopy(isShown: reading.isShown, dims: reading.dims)
  }

  mutating func read(_ bytes: [UInt8]) -> [Part] {
    if reading.copy == .bytes { pass(self.bytes.copy(bytes)) }
    return told(reader.read(bytes))
  }

  mutating func finish() -> [Part] {
    let last = told(reader.finish())
    if reading.copy != .nothing { pass(bytes.finish()) }
    pass(copy.end())
    defer { parts = [] }
    return last + parts
  }

  private mutating func told(_ events: [StreamEvent]) -> [Part] {
    if !hasBegun, reader.format != .auto, reader.format != .text {
      hasBegun = true
      parts.append(.begin)
    }
    for event in events { take(event) }
    defer { parts = [] }
    return parts
  }

  private mutating func take(_ event: StreamEvent) {
    switch event {
    case .plain(let bytes):
      parts.append(.plain(bytes))
      if copiesAnswer { pass(self.bytes.copy(bytes)) }
    case .text(let text):
      say(text, as: .answer)
      pass(copy.text(text))
    case .paragraph:
      endParagraph()
      copy.paragraph()
    case .reasoning(let text):
      if reading.speaksReasoning { say(text, as: .thought) }
      if reading.copy == .answer(withReasoning: true) { pass(copy.thought(text)) }
    case .tool(let name):
      parts.append(.event(.note(.answerTool(name: name), turn: nil, line: nil)))
      guard reading.announcesTools else { break }
      endParagraph()
      parts.append(.text(Self.words(of: name) + "\n\n"))
    case .usage(let usage):
      let body = SpeechEvent.Body.answerUsage(
        input: usage.input, output: usage.output, cost: usage.cost, model: usage.model)
      parts.append(.event(.note(body, turn: nil, line: nil)))
    case .warning(let sentence): parts.append(.event(.warning(sentence)))
    case .failed(let failure): parts.append(.event(.answerFailed(failure)))
    case .end:
      parts.append(.endTurn)
      kind = nil
      pass(copy.end())
    case .cut:
      parts.append(
        .event(
          .answerFailed(
            StreamFailure("the input ended before the answer did", mayPass: true))))
    }
  }

  private mutating func say(_ text: String, as kind: Kind) {
    if self.kind != kind { endParagraph() }
    self.kind = kind
    parts.append(.text(text))
  }

  private mutating func endParagraph() {
    if kind != nil { parts.append(.text("\n\n")) }
    kind = nil
  }

  private mutating func pass(_ text: String) {
    guard !text.isEmpty, copiesAnswer else { return }
    pass(Array(text.utf8))
  }

  private mutating func pass(_ bytes: [UInt8]) {
    if !bytes.isEmpty { parts.append(.event(.copy(bytes))) }
  }

  /// The name of a tool as words: `mcp__files__read_file` is "files read file".
  static func words(of tool: String) -> String {
    var words = tool.split { $0 == "_" || $0 == "-" || $0 == "." || $0 == "/" }
    if words.count > 1, words.first == "mcp" { words.removeFirst() }
    return words.isEmpty ? tool : words.joined(separator: " ")
  }
}
