import KugelWire

extension APIResponse {
  /// What went wrong, in the words of ElevenLabs' REST calls.
  ///
  /// Source: ElevenLabs notes, section 9.1.
  package init(contexts error: ServiceError, requestID: String? = nil) {
    self = .json(error.code) { writer in
      writer.object("detail") { writer in
        writer.field("type", error.detailType)
        writer.field("code", error.name.lowercased())
        writer.field("message", error.message)
        writer.field("status", error.code == 401 ? "invalid_api_key" : error.name.lowercased())
        writer.field("request_id", requestID)
        writer.field("param", error.detailParameter)
      }
    }
    if let retryAfter = error.retryAfter {
      headers.append(Header("retry-after", "\(Int(retryAfter.rounded(.up)))"))
    }
  }
}

extension ServiceError {
  fileprivate var detailType: String {
    switch code {
    case 401: "authentication_error"
    case 403: "authorization_error"
    case 404: "not_found"
    case 429: "rate_limit_error"
    case 500...: "server_error"
    default: "validation_error"
    }
  }

  fileprivate var detailParameter: String? {
    switch name {
    case "unsupported_model": "model_id"
    case "invalid_parameters": "output_format"
    default: nil
    }
  }
}
