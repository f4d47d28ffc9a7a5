import KugelWire

/// How sound is wished for, by its name there.
package enum OpenAIFormat: String, CaseIterable, Sendable {
  case mp3, opus, aac, flac, wav, pcm

  /// Source: OpenAI notes, section 3.1.
  package var contentType: String {
    switch self {
    case .mp3: "audio/mpeg"
    case .opus: "audio/opus"
    case .aac: "audio/aac"
    case .flac: "audio/flac"
    case .wav: "audio/wav"
    case .pcm: "audio/pcm"
    }
  }
}

/// One call of `POST /v1/audio/speech`, as a service reads it. Members that nobody knows are passed over:
/// clients send those of other servers.
///
/// Source: OpenAI notes, section 2.
package struct OpenAISpeechCall: Equatable, Sendable {
  package var model: String
  package var input: String
  package var voice: String
  package var format = OpenAIFormat.mp3
  package var speed = 1.0
  /// Whether the sound comes in events.
  package var isEvents = false
  /// ISO 639-1; of ours, as the API has none.
  package var language: String?

  /// - Parameter limit: Unicode scalars of the text.
  package init(_ body: [UInt8], limit: Int) throws(OpenAIError) {
    do {
      self = try unsafe body.withUnsafeBufferPointer { body in
        try unsafe withWireObject(body) { try OpenAISpeechCall($0, limit: limit) }
      }
    } catch let error as OpenAIError {
      throw error
    } catch let error as FieldError {
      throw OpenAIError("Invalid type: \(error.message).", parameter: error.field)
    } catch {
      throw OpenAIError("We could not parse the JSON body of your request.", parameter: nil)
    }
  }

  private init(_ fields: WireFields, limit: Int) throws {
    model = try Self.required(fields.string("model"), "model")
    input = try Self.required(fields.string("input"), "input")
    // A voice of one's own is an object.
    let own = try? fields.object("voice")
    let name = if let own { try own.string("id") } else { try fields.string("voice") }
    voice = try Self.required(name, "voice")
    guard input.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw OpenAIError(
        "String should have at least 1 character", parameter: "input", code: "string_too_short")
    }
    guard input.unicodeScalars.count <= limit else {
      throw OpenAIError(
        "String should have at most \(limit) characters", parameter: "input",
        code: "string_too_long")
    }
    if let name = try fields.string("response_format") {
      format = try Self.choice(
        OpenAIFormat(rawValue: name), name, "response_format",
        among: OpenAIFormat.allCases.map(\.rawValue))
    }
    if let name = try fields.string("stream_format") {
      isEvents = try Self.choice(
        ["audio": false, "sse": true][name], name, "stream_format", among: ["audio", "sse"])
    }
    if let speed = try fields.number("speed") {
      guard SettingOffer.openAISpeeds.contains(speed) else {
        throw OpenAIError(
          "speed must be between 0.25 and 4.0", parameter: "speed", code: "invalid_value")
      }
      self.speed = speed
    }
    language = try fields.string("language")
  }

  private static func required(_ value: String?, _ name: String) throws(OpenAIError) -> String {
    guard let value else {
      throw OpenAIError(
        "Missing required parameter: '\(name)'.", parameter: name,
        code: "missing_required_parameter")
    }
    return value
  }

  private static func choice<Value>(
    _ value: Value?, _ given: String, _ name: String, among known: [String]
  ) throws(OpenAIError) -> Value {
    guard let value else {
      let list = known.map { "'\($0)'" }.joined(separator: ", ")
      throw OpenAIError(
        "Invalid value: '\(given)'. Supported values are: \(list).", parameter: name,
        code: "invalid_value")
    }
    return value
  }
}
