/// What an input is: plain text, or one of the streams in which language models and agents write.
///
/// Source: stream notes, the table of formats.
package enum StreamFormat: String, CaseIterable, Sendable {
  /// The first bytes decide.
  case auto
  case text
  case ollamaRun = "ollama-run"
  case ollama
  case openAIChat = "openai-chat"
  case openAIResponses = "openai-responses"
  case llamaCPP = "llamacpp"
  case anthropic
  case claude
  case codex
  case gemini
  case openCode = "opencode"
  case pi
  case copilot
  case hook

  /// How its bytes are parted into objects.
  enum Framing {
    /// They hold no objects.
    case none
    /// Server-sent events.
    case events
    /// One object a line.
    case lines
  }

  var framing: Framing {
    switch self {
    case .auto, .text, .ollamaRun: .none
    case .openAIChat, .openAIResponses, .llamaCPP, .anthropic: .events
    case .ollama, .claude, .codex, .gemini, .openCode, .pi, .copilot, .hook: .lines
    }
  }

  /// Who reads the objects; nil where there are none.
  var decoder: (any AnswerDecoder)? {
    switch self {
    case .auto, .text, .ollamaRun: nil
    case .ollama: OllamaDecoder()
    case .openAIChat: OpenAIChatDecoder()
    case .openAIResponses: OpenAIResponsesDecoder()
    case .llamaCPP: LlamaCPPDecoder()
    case .anthropic: AnthropicDecoder()
    case .claude: ClaudeDecoder()
    case .codex: CodexDecoder()
    case .gemini: GeminiDecoder()
    case .openCode: OpenCodeDecoder()
    case .pi: PiDecoder()
    case .copilot: CopilotDecoder()
    case .hook: HookDecoder()
    }
  }
}
