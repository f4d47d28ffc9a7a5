extension ServiceProtocol {
  /// Why turns go in requests where there are sockets.
  package enum RequestReason: Equatable, Sendable {
    /// The whole text is there: one request is all that it takes.
    case wholeText
    case model(String)
    /// What is before or behind the text was given.
    case neighbours

    /// A sentence without its full stop; nil where nobody needs to know.
    package var sentence: String? {
      switch self {
      case .wholeText: nil
      case .model(let name):
        "\(name) is not spoken over sockets: each bundle of sentences is a request of its own, "
          + "and begins later"
      case .neighbours: "what is said before and behind travels with requests only"
      }
    }
  }

  /// How turns with such settings travel.
  package func way(
    for settings: TurnSettings, at endpoint: Endpoint
  ) -> (kind: ServiceProtocol, reason: RequestReason?) {
    guard socket != nil, let requests = inRequests, let reason = reason(settings, endpoint) else {
      return (self, nil)
    }
    return (requests, reason)
  }

  private var inRequests: ServiceProtocol? { alternatives.first { $0.requests != nil } }

  private func reason(_ settings: TurnSettings, _ endpoint: Endpoint) -> RequestReason? {
    // It opens a socket, and nothing else.
    if settings.hints.credential == .token { return nil }
    let model = settings.model ?? ""
    if capabilities.modelsOfRequests.contains(where: { model.hasPrefix($0) }) {
      return .model(model)
    }
    if settings.hints.previousText != nil || settings.hints.nextText != nil { return .neighbours }
    return endpoint == .tts ? .wholeText : nil
  }

  /// How else the service may be spoken with, where it refused to open a socket: at that path, which some
  /// answer for every path that they do not know, or with that model.
  package func alternative(after failure: ServiceFailure) -> ServiceProtocol? {
    guard failure.isUpgradeRefused else { return nil }
    if failure.name == "unsupported_model" { return inRequests }
    guard [403, 404, 405, 501].contains(failure.number) else { return nil }
    return alternatives.first { $0.socket != nil }
  }
}
