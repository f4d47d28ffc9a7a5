/// Server-sent events of Anthropic's Messages.
///
/// Source: stream notes, row `anthropic`.
struct AnthropicDecoder: AnswerDecoder {
  /// Whether it is a stream of its own, and not the part of an agent's: then its end is the answer's.
  var isWhole = true
  /// Of the message under way.
  private(set) var messageID: String?
  private var inputTokens: Int?

  init(isWhole: Bool = true) { self.isWhole = isWhole }

  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    switch object.text("type") {
    case "message_start":
      let message = object.object("message")
      messageID = message?.text("id")
      answer.paragraph()
      tellUsage(message?.object("usage"), model: message?.text("model"), into: &answer)
    case "content_block_start": begin(object.object("content_block"), into: &answer)
    case "content_block_delta":
      guard let delta = object.object("delta") else { break }
      switch delta.text("type") {
      case "text_delta": answer.text(delta.text("text"))
      case "thinking_delta": answer.reasoning(delta.text("thinking"))
      default: break
      }
    case "message_delta":
      tellUsage(object.object("usage"), model: nil, into: &answer)
      guard let reason = object.object("delta")?.text("stop_reason") else { break }
      answer.stopped(reason)
      end(&answer)
    case "message_stop": end(&answer)
    case "error":
      answer.failed(
        StreamFailure(in: object, inAnswer: answer.hasText)
          ?? StreamFailure("the service tells of an error", mayPass: true))
    default: break
    }
  }

  private func end(_ answer: inout AnswerWriter) {
    if isWhole { answer.end() } else { answer.paragraph() }
  }

  private func begin(_ block: StreamObject?, into answer: inout AnswerWriter) {
    switch block?.text("type") {
    // Text that quotes comes as blocks without anything between them, and its sentences run over them.
    case "text": answer.text(block?.text("text"))
    case "tool_use", "server_tool_use", "mcp_tool_use": answer.tool(block?.text("name"))
    default:
      answer.paragraph()
      answer.thoughtEnds()
    }
  }

  private func tellUsage(
    _ usage: StreamObject?, model: String?, into answer: inout AnswerWriter
  ) {
    guard isWhole else { return }
    answer.usage(
      StreamUsage(
        input: usage.flatMap(Self.input), output: usage?.count("output_tokens"), model: model))
  }

  /// What was read anew, and what was read from a cache or into it.
  static func input(_ usage: StreamObject) -> Int? {
    let parts = ["input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"]
      .compactMap(usage.count)
    return parts.isEmpty ? nil : parts.reduce(0) { $0.addingReportingOverflow($1).partialValue }
  }
}
