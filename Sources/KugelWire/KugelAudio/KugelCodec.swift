/// Between the JSON messages of the KugelAudio WebSockets and our values, both ways: clients encode
/// `ClientFrame` and decode `ServiceFrame`, services the other way round.
///
/// Null in place of an absent field reads as absent, unknown fields are ignored (so is a `type`
/// discriminator, which gateways add), numbers may be written as integers or not, text may be ASCII
/// with escapes or UTF-8, and an escaped surrogate without its partner becomes U+FFFD.
///
/// Source: protocol notes, sections 1, 4, 5, 7, 8, 9 and 18.
package enum KugelCodec {
  /// A client's message as the service reads it. Ranges are `RequestValidator`'s business.
  ///
  /// On `tts` a text is a turn of its own, so its frame says `flush`.
  ///
  /// - Throws: `VALIDATION_ERROR` as it is to be sent back: no JSON, no object, a field of the
  ///   wrong type (which it names), `model` beside `model_id`.
  package static func decodeClientFrame(
    _ message: [UInt8], at endpoint: Endpoint
  ) throws(ServiceError) -> ClientFrame {
    try read(message) { try $0.clientFrame(at: endpoint) }
  }

  /// A JSON object that a client sent, read by `body`.
  ///
  /// - Throws: as it is to be sent back; `ServiceError`s of `body` pass through.
  package static func read<Result>(
    _ message: [UInt8], _ body: @escaping (WireFields) throws -> Result
  ) throws(ServiceError) -> Result {
    do {
      return try unsafe message.withUnsafeBufferPointer { try unsafe withWireObject($0, body) }
    } catch let error as ServiceError {
      throw error
    } catch let error as FieldError {
      throw .validation("Invalid request: \(error.message)")
    } catch WireSyntaxError.notObject {
      throw .validation("Invalid request: the message must be a JSON object")
    } catch {
      throw .invalidJSON
    }
  }

  /// A service's message as the client reads it.
  ///
  /// - Parameter audio: the turn's decoder; half samples wait in it.
  package static func decodeServiceFrame(
    _ message: [UInt8], audio: inout AudioDecoder, defaultRate: Int = 24_000
  ) -> ServiceDecoding {
    unsafe message.withUnsafeBufferPointer {
      unsafe decodeServiceFrame($0, audio: &audio, defaultRate: defaultRate)
    }
  }
}

/// What became of a message from the service.
package enum ServiceDecoding: Equatable, Sendable {
  case frame(ServiceFrame)
  /// Several in one message, in this order.
  case frames([ServiceFrame])
  /// What a service calls the connection; nothing depends on it.
  case greeting(session: String)
  /// JSON, but no message known to us; a client passes over it.
  case unknown
  /// A breach of the protocol, in words that fit after "the service sent".
  case malformed(String)
}
