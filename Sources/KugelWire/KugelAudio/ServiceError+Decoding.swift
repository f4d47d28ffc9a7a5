extension WireFields {
  /// An error as services and the frameworks before them write it. Never fails: an error that is
  /// oddly written is still the error.
  ///
  /// Source: protocol notes, section 8.1.
  func serviceError() -> ServiceError {
    if !has("error"), let error = elevenLabsDetail() { return error }
    if let error = openAIError() { return error }
    let message = (try? string("error")) ?? detail() ?? "no reason given"
    let name = (try? string("error_code")) ?? ""
    let code = (try? integer("code")) ?? ServiceError.code(of: name)
    var error = ServiceError(
      message, name: name, code: code, requestID: try? string("request_id"),
      retryAfter: try? number("retry_after"))
    error.refusesUpdate = ServiceWording.refusesUpdate(message, code: code)
    return error
  }

  /// `detail`: a sentence, or a list of objects with a place and a message each.
  private func detail() -> String? {
    if let sentence = try? string("detail") { return sentence }
    guard let entries = try? objects("detail") else { return nil }
    let sentences = entries.compactMap { try? $0.string("msg") }
    return sentences.isEmpty ? nil : sentences.joined(separator: "; ")
  }
}

extension ServiceError {
  /// The number that goes with a name, for messages without one; 0 when it is not known.
  static func code(of name: String) -> Int {
    switch name {
    case "VALIDATION_ERROR", "MISSING_VOICE_ID": 400
    case "UNAUTHORIZED": 401
    case "INSUFFICIENT_CREDITS": 402
    case "NOT_FOUND": 404
    case "RATE_LIMITED", "TOO_MANY_CONTEXTS": 429
    case "INTERNAL_ERROR": 500
    case "MODEL_UNAVAILABLE": 503
    default: 0
    }
  }

  /// From the body of an HTTP answer; nil when it is not an error in JSON.
  package init?(httpBody body: [UInt8], status: Int) {
    let error = try? unsafe body.withUnsafeBufferPointer { body in
      try unsafe withWireObject(body) { fields -> ServiceError? in
        fields.has("error") || fields.has("detail") ? fields.serviceError() : nil
      }
    }
    guard var error = error ?? nil else { return nil }
    if error.code == 0 { error.code = status }
    self = error
  }
}
