extension WireFields {
  /// `error` as an object; nil when it is none.
  ///
  /// Source: OpenAI notes, section 4.
  func openAIError() -> ServiceError? {
    guard let error = try? object("error") else { return nil }
    let code = try? error.string("code")
    return ServiceError(
      (try? error.string("message")) ?? "no reason given",
      name: code ?? (try? error.string("type")) ?? "", code: (try? error.integer("code")) ?? 0)
  }
}
