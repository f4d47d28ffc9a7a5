extension ServiceFailure {
  /// From an error frame, or from the error in an HTTP body.
  package init(_ error: ServiceError) {
    self.init(
      error, Self.kind(name: error.name, code: error.code, retryAfter: error.retryAfter))
  }

  private init(_ error: ServiceError, _ kind: Kind) {
    let label = [error.code == 0 ? "" : "\(error.code)", error.name].filter { !$0.isEmpty }
    let mark = label.isEmpty ? "" : " (\(Self.shown(label.joined(separator: " "))))"
    self.init(
      kind, "\(kind.sentence)\(mark): \(Self.shown(error.message))",
      number: error.code == 0 ? nil : error.code, name: error.name.isEmpty ? nil : error.name,
      requestID: error.requestID.map(Self.shown))
  }

  /// From an HTTP answer in place of a WebSocket, or of a REST call.
  ///
  /// - Parameters:
  ///   - retryAfter: seconds, as `RetryAfter` reads them.
  ///   - requestID: the `x-request-id` header.
  ///   - atUpgrade: whether a WebSocket was asked for: what is not found then is its path, unless the
  ///     answer speaks of a voice.
  package static func http(
    status: Int, body: [UInt8] = [], retryAfter: Double? = nil, requestID: String? = nil,
    atUpgrade: Bool = false
  ) -> ServiceFailure {
    if let error = ServiceError(httpBody: body, status: status) {
      let retryAfter = retryAfter ?? error.retryAfter
      let found = Self.kind(name: error.name, code: error.code, retryAfter: retryAfter)
      // One that has a name for what went wrong is a service; for its own path it has one too.
      let isPath = error.name.isEmpty || atUpgrade && !error.name.contains("voice")
      var failure = ServiceFailure(error, found == .notFound && isPath ? .noSuchPath : found)
      failure.requestID = failure.requestID ?? requestID.map(shown)
      failure.isUpgradeRefused = atUpgrade
      return failure
    }
    let found = kind(name: "", code: status, retryAfter: retryAfter)
    // A service says what it does not find.
    let kind = found == .notFound ? .noSuchPath : found
    let isAnswer = (400...599).contains(status)
    var failure = ServiceFailure(
      isAnswer ? kind : .protocolViolation,
      isAnswer
        ? "\(kind.sentence) (HTTP \(status))"
        : "the service answered with HTTP \(status) where that makes no sense",
      number: status, requestID: requestID.map(shown))
    failure.isUpgradeRefused = atUpgrade
    return failure
  }

  /// From the end of a connection that was still needed.
  ///
  /// - Parameter code: nil or 1006 when the peer said none.
  package static func closed(code: UInt16?, reason: String = "") -> ServiceFailure {
    let kind: Kind
    switch code {
    case nil, 1005, 1006: kind = .abnormalClose
    case 1000, 1001: kind = .endedEarly
    case 1012, 1013: kind = .restarting(retryAfter: 1)
    case 1002, 1003, 1007, 1008, 1009, 1010: kind = .protocolViolation
    case 1011, 4000: kind = .internalError
    case 4001: kind = .refused
    case 4003: kind = .noCredit
    case 4029: kind = .rateLimited(retryAfter: nil)
    case 4500: kind = .unavailable(retryAfter: nil)
    default: kind = .abnormalClose
    }
    let said = shown(reason)
    let mark = code.map { " (close code \($0)\(said.isEmpty ? "" : ", \(said)"))" } ?? ""
    let sentence =
      kind == .protocolViolation
      ? "the service ended the connection over our messages" : kind.sentence
    return ServiceFailure(kind, sentence + mark, number: code.map(Int.init))
  }

  /// The first row that fits wins; `error_code` or number, either will do.
  ///
  /// Source: protocol notes, section 8.5. The name decides where it is known, so that an internal
  /// error with an odd number stays one.
  private static func kind(name: String, code: Int, retryAfter: Double?) -> Kind {
    switch (name, code) {
    case ("UNAUTHORIZED", _), (_, 401): .refused
    case ("INSUFFICIENT_CREDITS", _), (_, 402): .noCredit
    case ("RATE_LIMITED", _), ("TOO_MANY_CONTEXTS", _), (_, 429):
      .rateLimited(retryAfter: retryAfter)
    case ("VALIDATION_ERROR", _), ("MISSING_VOICE_ID", _), (_, 400), (_, 413), (_, 422):
      .invalidRequest
    case ("EMPTY_AUDIO", _): .emptyAudio
    case ("MODEL_UNAVAILABLE", _), (_, 502), (_, 503), (_, 504):
      .unavailable(retryAfter: retryAfter)
    case ("NOT_FOUND", _), (_, 404): .notFound
    case (_, 403): .refused
    case (_, 408), (_, 425): .unavailable(retryAfter: retryAfter)
    case (_, 405...499): .invalidRequest
    default: .internalError
    }
  }

  /// The service's words, fit for a terminal: one line, no control characters, not endless.
  private static func shown(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(300) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
        result.unicodeScalars.append(" ")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension ServiceFailure.Kind {
  fileprivate var sentence: String {
    switch self {
    case .refused: "the service refused the key"
    case .noCredit: "the account has no credit left"
    case .rateLimited: "the service asks to slow down"
    case .invalidRequest: "the service does not take the request"
    case .notFound: "the service does not know what was asked for"
    case .noSuchPath: "there is no such service at the address"
    case .unavailable: "the service is not available"
    case .restarting: "the service is restarting"
    case .internalError: "the service failed"
    case .emptyAudio: "the service made no sound of the text"
    case .endedEarly: "the service ended the connection before the turn was complete"
    case .abnormalClose: "the connection to the service broke"
    case .protocolViolation: "the service broke the protocol"
    }
  }
}
