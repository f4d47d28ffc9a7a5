import KugelCore

/// One message as it is shown to people: sound is counted, nothing can write to the terminal as it
/// likes, keys do not travel in messages.
package enum WireLine: Equatable, Sendable {
  case sent(String)
  case received(String)
  /// Something that is no message of the protocol, passed over.
  case ignored(String)

  private static let limit = 400

  static func received(_ message: [UInt8], _ decoding: ServiceDecoding) -> WireLine {
    switch decoding {
    case .frame(let frame):
      if case .audio(let audio) = frame.message {
        return .received(
          "audio \(audio.index), chunk \(audio.chunk): \(audio.samples.count) samples at "
            + "\(audio.rate) Hz")
      }
      return .received(shown(message))
    case .unknown: return .ignored(shown(message))
    case .malformed: return .received(shown(message))
    }
  }

  static func sent(_ message: [UInt8]) -> WireLine { .sent(shown(message)) }

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
