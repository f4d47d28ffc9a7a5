import KugelWire

/// A refusal as this API writes it.
///
/// Source: OpenAI notes, section 4.
package struct OpenAIError: Error, Equatable, Sendable {
  /// HTTP.
  package var status: Int
  package var message: String
  package var type: String
  /// The field that is at fault.
  package var parameter: String?
  package var code: String?

  /// A field that is missing or wrong.
  package init(
    _ message: String, parameter: String?, code: String? = nil, status: Int = 400
  ) {
    self.status = status
    self.message = message
    type = "invalid_request_error"
    self.parameter = parameter
    self.code = code
  }

  package init(_ error: ServiceError) {
    status = error.code == 0 ? 500 : error.code
    message = error.message
    switch status {
    case 401, 403:
      (type, code) = ("invalid_request_error", "invalid_api_key")
    case 402: (type, code) = ("insufficient_quota", "insufficient_quota")
    case 404: (type, code) = ("invalid_request_error", "not_found")
    case 429: (type, code) = ("requests", "rate_limit_exceeded")
    case 500...: (type, code) = ("server_error", nil)
    default: (type, code) = ("invalid_request_error", nil)
    }
  }

  package var body: [UInt8] {
    var writer = JSONWriter()
    writer.object { $0.openAIError(self) }
    return writer.bytes
  }
}

extension JSONWriter {
  mutating func openAIError(_ error: OpenAIError) {
    object("error") { writer in
      writer.field("message", error.message)
      writer.field("type", error.type)
      if let name = error.parameter { writer.field("param", name) } else { writer.null("param") }
      if let code = error.code { writer.field("code", code) } else { writer.null("code") }
    }
  }
}
