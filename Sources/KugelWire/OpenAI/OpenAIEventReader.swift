import KugelText

/// Sound in events: base64 in each, and a last one.
///
/// Source: OpenAI notes, section 3.2.
struct OpenAIEventReader: SpeechReplyReader {
  private var lines = EventLines()
  private var body: SoundBody
  private var isDone = false

  init(rate: Int) { body = SoundBody(SoundHead(contentType: nil), rate: rate) }

  mutating func read(_ bytes: [UInt8]) throws(SpeechReplyError) -> [SoundPart] {
    guard let events = lines.read(bytes) else { throw .malformed("an event without end") }
    var parts: [SoundPart] = []
    for event in events { parts += try take(event) }
    return parts
  }

  mutating func finish() throws(SpeechReplyError) -> [SoundPart] {
    var parts: [SoundPart] = []
    if let event = lines.finish() { parts = try take(event) }
    guard isDone else { throw .malformed("events without an end") }
    return parts + (try body.finish())
  }

  private mutating func take(_ event: [UInt8]) throws(SpeechReplyError) -> [SoundPart] {
    // The end as chats have it.
    if event.elementsEqual("[DONE]".utf8) {
      isDone = true
      return []
    }
    switch OpenAIEvent(event) {
    case .delta(let sound)?: return try body.read(sound)
    case .done?:
      isDone = true
      return []
    case .failed(let error)?: throw .refused(error)
    // What else may come there is no sound.
    case .other?: return []
    case nil: throw .malformed("an event that cannot be read")
    }
  }
}

/// One event, read.
enum OpenAIEvent: Equatable {
  case delta([UInt8])
  case done
  case failed(ServiceError)
  case other

  /// - Returns: nil when it is no JSON object, or its sound no base64.
  init?(_ text: [UInt8]) {
    let read = try? unsafe text.withUnsafeBufferPointer { text in
      try unsafe withWireObject(text) { fields -> OpenAIEvent? in
        switch try fields.string("type") {
        case "speech.audio.delta":
          // Some call it as chats do.
          try Base64.decode((fields.string("audio") ?? fields.string("delta") ?? "").utf8)
            .map { .delta($0) }
        case "speech.audio.done": .done
        case "speech.audio.error", "error":
          .failed(fields.openAIError() ?? ServiceError("no reason given", name: "", code: 500))
        default: .other
        }
      }
    }
    guard let event = read ?? nil else { return nil }
    self = event
  }
}
