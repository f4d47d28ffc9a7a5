/// The three WebSocket endpoints of the service.
///
/// Source: protocol notes, sections 4, 5 and 7.
package enum Endpoint: String, CaseIterable, Sendable {
  /// One complete text per request.
  case tts
  /// Text in pieces, one turn after the other.
  case stream
  /// Up to twenty independent contexts.
  case multi

  /// Below the base path of the service.
  package var path: String {
    switch self {
    case .tts: "/ws/tts"
    case .stream: "/ws/tts/stream"
    case .multi: "/ws/tts/multi"
    }
  }
}
