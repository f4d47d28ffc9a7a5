/// Why a service did not do what was asked, in a kind to decide by and in words to show.
///
/// Source: protocol notes, sections 2.2, 8.4 and 8.5.
package struct ServiceFailure: Error, Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// The key is missing, wrong, or not allowed here.
    case refused
    case noCredit
    /// With the seconds the service asks to wait, where it does.
    case rateLimited(retryAfter: Double?)
    /// A value or text the service does not take.
    case invalidRequest
    /// No such voice or dictionary.
    case notFound
    /// Nothing is at the path: whoever answers at the address is no such service.
    case noSuchPath
    case unavailable(retryAfter: Double?)
    /// The replica goes away; another takes over.
    case restarting(retryAfter: Double)
    case internalError
    /// The request was taken, and no sound came of it.
    case emptyAudio
    /// The connection ended in order, but before the turn did.
    case endedEarly
    /// The connection broke.
    case abnormalClose
    /// The service, or whatever answers at that address, does not keep to the protocol.
    case protocolViolation
  }

  package var kind: Kind
  /// What happened, as a sentence without its full stop.
  package var cause: String
  /// What to do about it; nil when there is nothing better than trying again.
  package var nextStep: String?
  /// HTTP status, error code or close code, whichever was seen.
  package var number: Int?
  /// `error_code`.
  package var name: String?
  package var requestID: String?
  /// A request for a WebSocket was answered with something else.
  package var isUpgradeRefused = false
  /// Another try may succeed, as far as the kind allows one at all.
  package var mayPass = true

  init(
    _ kind: Kind, _ cause: String, nextStep: String? = nil, number: Int? = nil,
    name: String? = nil, requestID: String? = nil
  ) {
    self.kind = kind
    self.cause = cause
    self.nextStep = nextStep ?? kind.nextStep
    self.number = number
    self.name = name
    self.requestID = requestID
  }

  /// A breach of the protocol.
  ///
  /// - Parameter what: fits after "the service sent", as `ServiceDecoding.malformed` has it.
  package static func protocolViolation(_ what: String) -> ServiceFailure {
    ServiceFailure(.protocolViolation, "the service sent \(what)")
  }

  /// No connection could be made.
  ///
  /// - Parameters:
  ///   - cause: what happened, as a sentence without its full stop.
  ///   - mayPass: whether it may be different a moment later.
  package static func unreachable(
    _ cause: String, nextStep: String? = nil, mayPass: Bool
  ) -> ServiceFailure {
    var failure = ServiceFailure(.unavailable(retryAfter: nil), cause, nextStep: nextStep)
    failure.mayPass = mayPass
    return failure
  }

  /// A request that cannot even be sent.
  package static func invalid(_ cause: String, nextStep: String? = nil) -> ServiceFailure {
    ServiceFailure(.invalidRequest, cause, nextStep: nextStep)
  }

  /// The connection broke.
  package static func broken(_ cause: String) -> ServiceFailure {
    ServiceFailure(.abnormalClose, cause)
  }

  /// Whether a turn of which nothing has been heard may be sent again, and how long to wait first.
  package var replayDelay: Double? {
    guard mayPass else { return nil }
    return switch kind {
    case .restarting(let retryAfter): retryAfter
    case .abnormalClose, .endedEarly: 0
    case .unavailable(let retryAfter): retryAfter ?? 0
    case .rateLimited(let retryAfter): retryAfter
    default: nil
    }
  }
}

extension ServiceFailure.Kind {
  fileprivate var nextStep: String? {
    switch self {
    case .refused: "give another key with --key-file FILE, or in KUGELAUDIO_API_KEY"
    case .noCredit: "add credit to the account, or choose another engine with -e"
    case .rateLimited(let seconds?): "try again in \(Self.text(seconds)) s"
    case .rateLimited: "try again later, or use fewer connections at once"
    case .invalidRequest: "change the value it names"
    case .notFound: "list what there is with: kugel voices"
    case .unavailable(let seconds?): "try again in \(Self.text(seconds)) s"
    case .unavailable, .restarting, .endedEarly: "try again in a moment"
    case .abnormalClose: "check the network, and try again"
    case .noSuchPath, .protocolViolation:
      "check the address given with --url, and that it is a KugelAudio service"
    case .internalError: "try again; if it stays, report the request id to the service"
    case .emptyAudio: "check that the text holds something to say"
    }
  }

  private static func text(_ seconds: Double) -> String {
    Int(exactly: seconds.rounded(.up)).map(\.description) ?? "\(seconds)"
  }
}
