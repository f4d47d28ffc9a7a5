extension WireFields {
  /// The error frame of a socket: `message`, `error` and a close code. Never fails.
  ///
  /// Source: ElevenLabs notes, sections 7.4 and 9.2.
  func elevenLabsError() -> ServiceError {
    let name = (try? string("error")) ?? ""
    let message = (try? string("message")) ?? "no reason given"
    // The close code that goes along is 1008 for nearly everything.
    let isOurs = (try? integer("code")) != 1011
    return ServiceError(
      message, name: name, code: ServiceError.elevenLabsCode(of: name) ?? (isOurs ? 400 : 500))
  }

  /// The `detail` of an HTTP answer; nil when it is no object.
  ///
  /// Source: ElevenLabs notes, section 9.1.
  func elevenLabsDetail() -> ServiceError? {
    guard let detail = try? object("detail") else { return nil }
    let name = (try? detail.string("code")) ?? (try? detail.string("status")) ?? ""
    return ServiceError(
      (try? detail.string("message")) ?? "no reason given", name: name,
      code: ServiceError.elevenLabsCode(of: name) ?? 0,
      requestID: try? detail.string("request_id"))
  }
}

extension ServiceError {
  /// What is wrong although nobody asked for anything: the service only ends a silent connection.
  package var isInactivity: Bool { name == "input_timeout_exceeded" }

  /// The HTTP number that means what an ElevenLabs id means; nil for ids that are not known.
  static func elevenLabsCode(of name: String) -> Int? {
    switch name {
    case "authentication_required", "invalid_api_key", "unauthorized", "needs_authorization": 401
    case "quota_exceeded", "insufficient_credits", "payment_required": 402
    case "detected_unusual_activity", "subscription_required", "output_format_not_allowed": 403
    case "voice_id_does_not_exist", "voice_not_found": 404
    case "input_timeout_exceeded": 408
    case "max_active_conversations", "rate_limit_exceeded", "concurrent_limit_exceeded",
      "too_many_concurrent_requests":
      429
    case "system_busy": 503
    case "invalid_input_message", "invalid_parameters", "unsupported_model", "text_too_long",
      "max_character_limit_exceeded":
      400
    default: nil
    }
  }
}
