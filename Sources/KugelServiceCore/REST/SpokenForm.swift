import KugelWire

/// How what is spoken becomes the body of a response.
package struct SpokenForm: Equatable, Sendable {
  package enum Coding: Equatable, Sendable {
    /// As it is delivered, without a header.
    case bare
    /// In a file of this kind, as it grows.
    case file(OpenAIFormat)
  }

  /// In whose words a failure is told.
  package enum Wording: Equatable, Sendable { case own, errorObject }

  package var coding = Coding.bare
  /// In events, of a text of so many characters; nil: as bytes.
  package var eventsOf: Int?
  package var wording = Wording.own
  /// Multiples of the normal pace that are asked for here, where they are others than usual.
  package var speeds: ClosedRange<Double>?

  package init() {}

  package func response(to error: ServiceError) -> APIResponse {
    switch wording {
    case .own: APIResponse(error)
    case .errorObject: APIResponse(OpenAIError(error), retryAfter: error.retryAfter)
    }
  }
}

extension APIResponse {
  /// A refusal, in the words of whose path was called.
  init(_ error: ServiceError, to call: APIRequest) {
    if ContextRoute(call) != nil {
      self.init(contexts: error)
      return
    }
    var form = SpokenForm()
    if call.path.hasPrefix("/v1/audio/") { form.wording = .errorObject }
    self = form.response(to: error)
  }

  /// Source: OpenAI notes, section 4.
  init(_ error: OpenAIError, retryAfter: Double? = nil) {
    self.init(
      status: error.status, headers: [Header("content-type", "application/json")],
      body: error.body)
    if let retryAfter { headers.append(Header("retry-after", "\(Int(retryAfter.rounded(.up)))")) }
  }
}
