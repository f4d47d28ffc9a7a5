import KugelWire

/// What goes wrong on a socket of ElevenLabs', in its own words.
///
/// Source: ElevenLabs notes, sections 7.6, 8.4 and 9.2.
extension ServiceError {
  static let noKey = ServiceError(
    "None of the authentication methods (xi-api-key, authorization header, single-use token) were "
      + "found.", name: "authentication_required", code: 1008)
  static let invalidKey = ServiceError("Invalid API key", name: "invalid_api_key", code: 1008)
  static let unreadableMessage = ServiceError(
    "Could not parse input message, make sure it is a json and follows the schema outlined in "
      + "protocol.", name: "invalid_input_message", code: 1008)
  static let tooManyContexts = ServiceError(
    "Maximum simultaneous contexts per WebSocket connection exceeded "
      + "(\(ContextSocket.contextLimit)). Please close existing contexts before creating new ones.",
    name: "max_active_conversations", code: 1008)

  static func unknownVoice(_ voice: String) -> ServiceError {
    ServiceError(
      "A voice with voice_id \(voice) does not exist.", name: "voice_id_does_not_exist", code: 1008)
  }

  static func inputTimeout(seconds: Double) -> ServiceError {
    ServiceError(
      "Have not received a new text input within the timeout of \(seconds) seconds. Streaming input "
        + "terminated. Please make sure to send a text message or end the input.",
      name: "input_timeout_exceeded", code: 1008)
  }

  /// Nearly everything is the client's; what is ours has a code of its own.
  var contextCloseCode: UInt16 { code >= 500 && code < 1000 ? 1011 : 1008 }

  /// As much of the message as fits into a close frame.
  var closeReason: String {
    var reason = ""
    for character in message where reason.utf8.count + character.utf8.count <= 123 {
      reason.append(character)
    }
    return reason
  }
}
