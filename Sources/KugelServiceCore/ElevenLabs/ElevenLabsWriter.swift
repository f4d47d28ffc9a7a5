import KugelText
import KugelWire

/// Writes what a service says as the messages of ElevenLabs' sockets: the words of a chunk travel with its
/// first sound, as the characters of its text.
///
/// Source: ElevenLabs notes, sections 7.4, 7.8 and 8.3.
package struct ElevenLabsWriter: Sendable {
  private struct Chunk {
    var text = ""
    var words: [WordTime] = []
    /// They have not been told.
    var isNews = false
  }

  private var chunks: [String: Chunk] = [:]

  package init() {}

  /// - Parameters:
  ///   - encode: bytes of some sound, or of what was held back where there is none.
  /// - Returns: what goes out; clients of these sockets are not told everything.
  package mutating func messages(
    _ frame: ServiceFrame, encode: (AudioFrame?) -> [UInt8]
  ) -> [[UInt8]] {
    if case .audio(let audio) = frame.message {
      let bytes = encode(audio)
      return bytes.isEmpty ? [] : [sound(bytes, of: frame.context)]
    }
    guard case .contextClosed = frame.message else { return message(frame).map { [$0] } ?? [] }
    let last = encode(nil)
    let rest = last.isEmpty ? [] : [sound(last, of: frame.context)]
    return rest + (message(frame).map { [$0] } ?? [])
  }

  private mutating func sound(_ bytes: [UInt8], of context: String?) -> [UInt8] {
    let name = context ?? ""
    let chunk = chunks[name]
    chunks[name]?.isNews = false
    let times =
      chunk?.isNews == true ? chunk.map { CharacterTimes(of: $0.text, words: $0.words) } : nil
    return Self.audio(bytes, times: times, context: context)
  }

  private mutating func message(_ frame: ServiceFrame) -> [UInt8]? {
    let name = frame.context ?? ""
    switch frame.message {
    case .generationStarted(_, let text):
      chunks[name] = Chunk(text: text, isNews: true)
      return nil
    case .wordTimes(let words, _):
      chunks[name]?.words += words
      return nil
    case .contextClosed:
      chunks[name] = nil
      return Self.finalMessage(of: frame.context)
    case .error(let error):
      let isOurs = error.code >= 500 && error.code < 1000
      return ElevenLabsCodec.encode(error, closing: isOurs ? 1011 : 1008, context: frame.context)
    case .audio, .chunkComplete, .warning, .final, .sessionClosed, .interrupted, .settingsUpdated,
      .contextCreated, .contextTimeout:
      return nil
    }
  }

  private static func finalMessage(of context: String?) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.null("audio")
      writer.field("isFinal", true)
      writer.null("normalizedAlignment")
      writer.null("alignment")
      writer.field("contextId", context)
    }
    return writer.bytes
  }

  private static func audio(
    _ bytes: [UInt8], times: CharacterTimes?, context: String?
  ) -> [UInt8] {
    var tail = JSONWriter()
    tail.object { writer in
      writer.null("isFinal")
      writer.alignment("normalizedAlignment", times)
      writer.alignment("alignment", times)
      writer.field("contextId", context)
    }
    var message = Array("{\"audio\":\"".utf8)
    message.reserveCapacity(message.count + Base64.encodedCount(bytes.count) + tail.bytes.count + 2)
    message += Base64.encode(bytes).utf8
    message += "\",".utf8
    message += tail.bytes.dropFirst()
    return message
  }
}

extension JSONWriter {
  fileprivate mutating func alignment(_ name: StaticString, _ times: CharacterTimes?) {
    guard let times else { return null(name) }
    object(name) { writer in
      writer.field("chars", times.characters)
      writer.field("charStartTimesMs", times.starts)
      writer.field("charDurationsMs", times.durations)
    }
  }
}

extension AudioFrame {
  /// As they travel outside of JSON.
  package func encoded(_ encoding: AudioEncoding) -> [UInt8] {
    switch encoding {
    case .pcm16:
      #if _endian(big)
        let samples = samples.map(\.littleEndian)
      #endif
      return unsafe samples.withUnsafeBytes { unsafe Array($0) }
    case .mulaw: return G711.encodeMuLaw(samples)
    case .alaw: return G711.encodeALaw(samples)
    }
  }
}
