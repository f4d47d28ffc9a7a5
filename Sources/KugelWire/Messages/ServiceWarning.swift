/// What a service wants to be known; nothing fails by it.
///
/// Source: protocol notes, section 5.6.
package enum ServiceWarning: Equatable, Sendable {
  /// The service ends the turn by itself; text that follows belongs to the next.
  case turnEnded(String)
  case other(String)

  /// As the service says it.
  package var text: String {
    switch self {
    case .turnEnded(let text), .other(let text): text
    }
  }
}
