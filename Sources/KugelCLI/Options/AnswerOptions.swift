import KugelJobs
import KugelStreams

/// What of the stream of a model or an agent is spoken.
package struct AnswerOptions: OptionGroup {
  package var format: StreamFormat?
  package var tools: ToolTelling?
  package var speaksReasoning: Bool?

  package init() {}
  package static let heading = "Text"
  package static var flags: [Flag<AnswerOptions>] {
    [
      .choice(
        "input", nil, "FORMAT", \.format, help: "what the input is: text, or a model's stream"
      )
      .detail(
        "Of the stream of a language model or an agent only the answer is spoken: no reasoning, no tools, "
          + "no subagents. Standard input is looked at, so that `curl -N` from a model needs no option; "
          + "what is not known for a stream is text. Words and files are text unless a format is named."
      ),
      .choice("tools", nil, "HOW", \.tools, help: "what is said when a model uses a tool")
        .configurable,
      .negatable("speak-reasoning", \.speaksReasoning, help: "speak what a model thinks, too")
        .configurable,
    ]
  }

  /// - Throws: 64 where a format is named for several files.
  func apply(
    to request: inout SpeechRequest, showsReasoning: Bool = false
  ) throws(UserError) {
    request.answers.format = format
    request.answers.tools = tools ?? .silent
    request.answers.speaksReasoning = speaksReasoning ?? false
    request.answers.showsReasoning = showsReasoning
    // Of most that an agent tells its hooks there is nothing to say.
    if format == .hook { request.run.allowsEmpty = true }
    if request.answers.isStream, case .files(let paths) = request.source, paths.count > 1 {
      throw .usage("--input names the format of one file, and there are \(paths.count)")
    }
  }
}
