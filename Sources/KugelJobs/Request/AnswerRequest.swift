import KugelStreams

/// How an input is to be read that a language model or an agent may have written.
package struct AnswerRequest: Equatable, Sendable {
  /// nil: nobody said what the input is.
  package var format: StreamFormat?
  package var tools = ToolTelling.silent
  package var speaksReasoning = false
  /// Whether what the model thinks is copied too.
  package var showsReasoning = false

  package init() {}

  /// Whether somebody said that it is more than text.
  package var isStream: Bool { format != nil && format != .text }
}

/// What is said of the tools that a model uses.
package enum ToolTelling: String, ChoiceValue, Sendable {
  case silent, announce

  package var meaning: String {
    switch self {
    case .silent: "nothing; the default"
    case .announce: "the name of each"
    }
  }
}

extension StreamFormat: ChoiceValue {
  package var meaning: String {
    switch self {
    case .auto: "what the first bytes look like; the default for standard input"
    case .text: "text, whatever it looks like"
    case .ollamaRun: "what ollama run prints"
    case .ollama: "Ollama's API: /api/chat and /api/generate"
    case .openAIChat: "chat completions as OpenAI streams them, and most other servers"
    case .openAIResponses: "OpenAI's Responses API"
    case .llamaCPP: "llama.cpp's own /completion"
    case .anthropic: "Anthropic's Messages"
    case .claude: "claude -p --output-format stream-json --verbose"
    case .codex: "codex exec --json"
    case .gemini: "gemini -p --output-format stream-json"
    case .openCode: "opencode run --format json"
    case .pi: "pi --mode json"
    case .copilot: "copilot -p --output-format json"
    case .hook: "what a coding agent gives to a hook"
    }
  }
}
