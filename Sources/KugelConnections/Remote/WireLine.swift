import KugelWire

/// One message as it is shown to people: sound is counted, nothing can write to the terminal as it
/// likes, keys do not travel in messages.
package enum WireLine: Equatable, Sendable {
  case sent(String)
  case received(String)
  /// Something that is no message of the protocol, passed over.
  case ignored(String)

  private static let limit = 400

  package var text: String {
    switch self {
    case .sent(let text): "> " + text
    case .received(let text): "< " + text
    case .ignored(let text): "< (ignored) " + text
    }
  }

  static func received(_ message: [UInt8], _ decoding: ServiceDecoding) -> WireLine {
    switch decoding {
    case .frame(let frame):
      if case .audio(let audio) = frame.message { return .received(shown(audio)) }
      return .received(shown(message))
    case .frames(let frames): return .received(frames.map(shown).joined(separator: "; "))
    case .unknown: return .ignored(shown(message))
    case .greeting, .malformed: return .received(shown(message))
    }
  }

  static func sent(_ message: [UInt8]) -> WireLine { .sent(shown(message)) }

  /// Of an answer that is no sound.
  static func received(_ status: String, _ body: [UInt8]) -> WireLine {
    .received(status + " " + shown(body))
  }

  static func received(_ part: SoundPart) -> WireLine {
    switch part {
    case .samples(let samples, let rate): .received("audio: \(samples.count) samples at \(rate) Hz")
    case .file(let bytes): .received("audio: \(bytes.count) bytes of a file")
    case .words(let words): .received("\(words.count) words")
    }
  }

  private static func shown(_ audio: AudioFrame) -> String {
    "audio \(audio.index), chunk \(audio.chunk): \(audio.samples.count) samples at \(audio.rate) Hz"
  }

  /// What a message with sound and times in it means.
  private static func shown(_ frame: ServiceFrame) -> String {
    let mark = frame.context.map { "\($0) " } ?? ""
    return switch frame.message {
    case .audio(let audio): mark + shown(audio)
    case .generationStarted(let chunk, let text):
      mark + "chunk \(chunk): " + shown(Array(text.utf8))
    case .wordTimes(let words, _): mark + "\(words.count) words"
    case .chunkComplete(let chunk, _, _): mark + "end of chunk \(chunk)"
    case .contextClosed: mark + "closed"
    default: mark + "news"
    }
  }

  /// One line, not endless.
  private static func shown(_ message: [UInt8]) -> String {
    var text = ""
    for scalar in String(decoding: message.prefix(limit), as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text.unicodeScalars.append(" ")
      default: text.unicodeScalars.append(scalar)
      }
    }
    return message.count > limit ? text + "… (\(message.count) bytes)" : text
  }
}
