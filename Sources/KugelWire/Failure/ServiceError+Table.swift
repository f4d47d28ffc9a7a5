/// The errors a service answers with, in the words clients expect.
///
/// Source: protocol notes, section 8.2.
extension ServiceError {
  package static func validation(_ message: String, code: Int = 400) -> ServiceError {
    ServiceError(message, name: "VALIDATION_ERROR", code: code)
  }

  package static var invalidJSON: ServiceError { validation("Invalid JSON body") }
  package static var invalidRequest: ServiceError { validation("Invalid request") }
  package static var textRequired: ServiceError { validation("text required") }

  package static func invalidUpdate(_ reason: String) -> ServiceError {
    var error = validation(ServiceWording.invalidUpdate(reason))
    error.refusesUpdate = true
    return error
  }

  package static var missingVoice: ServiceError {
    ServiceError("voice_id is required", name: "MISSING_VOICE_ID", code: 400)
  }

  package static func unauthorized(_ message: String = "Invalid API key") -> ServiceError {
    ServiceError(message, name: "UNAUTHORIZED", code: 401)
  }

  package static var insufficientCredits: ServiceError {
    ServiceError("Insufficient credits", name: "INSUFFICIENT_CREDITS", code: 402)
  }

  package static var forbidden: ServiceError {
    ServiceError("Forbidden", name: "UNAUTHORIZED", code: 403)
  }

  /// `what` is `Voice`, `Dictionary`, `Entry` or `Reference`.
  package static func notFound(_ what: String) -> ServiceError {
    ServiceError("\(what) not found", name: "NOT_FOUND", code: 404)
  }

  package static var rateLimited: ServiceError {
    ServiceError("Rate limit exceeded", name: "RATE_LIMITED", code: 429)
  }

  package static func tooManyContexts(limit: Int) -> ServiceError {
    ServiceError(
      "Too many concurrent contexts (at most \(limit))", name: "TOO_MANY_CONTEXTS", code: 429)
  }

  package static var generationFailed: ServiceError {
    ServiceError("Audio generation failed", name: "INTERNAL_ERROR", code: 500)
  }

  package static var modelUnavailable: ServiceError {
    ServiceError("Model temporarily unavailable", name: "MODEL_UNAVAILABLE", code: 503)
  }
}
