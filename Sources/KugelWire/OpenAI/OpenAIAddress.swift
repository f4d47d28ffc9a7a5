extension EndpointAddress {
  /// The request target of a path below `/v1`. Bases are given with and without it, and some have more
  /// behind it: one that has it anywhere is complete.
  ///
  /// Source: OpenAI notes, section 1.
  func openAITarget(_ path: String) -> String {
    let isComplete = basePath.split(separator: "/").contains("v1")
    return target((isComplete ? "" : "/v1") + path)
  }
}
