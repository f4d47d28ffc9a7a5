import KugelText

/// The telephone's codes have no signature: what is asked for comes.
///
/// Source: ElevenLabs notes, section 4.
struct TelephoneReader: SpeechReplyReader {
  let format: OutputFormat

  mutating func read(_ bytes: [UInt8]) -> [SoundPart] {
    let samples =
      format.encoding == .mulaw ? G711.decodeMuLaw(bytes) : G711.decodeALaw(bytes)
    return samples.isEmpty ? [] : [.samples(samples, rate: format.rate)]
  }

  mutating func finish() -> [SoundPart] { [] }
}

/// The body of a call that answers with a JSON object a line: sound, and when its characters are spoken.
///
/// Source: ElevenLabs notes, sections 6.3 and 6.4.
struct ElevenLabsLineReader: SpeechReplyReader {
  private let format: OutputFormat
  private var line: [UInt8] = []
  private var audio = AudioDecoder()
  private var words = GrowingWords()

  /// Bytes of one line that are too many to be one.
  private static let longest = 16 << 20

  init(_ format: OutputFormat) { self.format = format }

  mutating func read(_ bytes: [UInt8]) throws(SpeechReplyError) -> [SoundPart] {
    var parts: [SoundPart] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      line += rest[..<end]
      rest = rest[(end + 1)...]
      parts += try takeLine()
    }
    line += rest
    guard line.count <= Self.longest else { throw .malformed("a line without end") }
    return parts
  }

  mutating func finish() throws(SpeechReplyError) -> [SoundPart] {
    let parts = try takeLine()
    let last = words.finish()
    return parts + (last.isEmpty ? [] : [.words(last)])
  }

  private mutating func takeLine() throws(SpeechReplyError) -> [SoundPart] {
    defer { line.removeAll(keepingCapacity: true) }
    guard line.contains(where: { $0 != 0x20 && $0 != 0x0D }) else { return [] }
    let entry: Entry
    do {
      entry = try unsafe line.withUnsafeBufferPointer { line in
        try unsafe withWireObject(line) { try Entry($0) }
      }
    } catch let error as FieldError {
      throw .malformed("an object in which \(error.message)")
    } catch {
      throw .malformed("something else than JSON where sound was to come")
    }
    if let error = entry.error { throw .refused(error) }
    var parts: [SoundPart] = []
    if let times = entry.times {
      let complete = words.append(times)
      if !complete.isEmpty { parts.append(.words(complete)) }
    }
    if let sound = try sound(entry.audio) { parts.append(sound) }
    return parts
  }

  private mutating func sound(_ text: String) throws(SpeechReplyError) -> SoundPart? {
    guard !text.isEmpty else { return nil }
    if format.isFile {
      guard let bytes = Base64.decode(text.utf8) else {
        throw .malformed("sound that is no base64")
      }
      return .file(bytes)
    }
    guard let samples = audio.decode(text, encoding: format.encoding) else {
      throw .malformed("sound that is no base64")
    }
    return samples.isEmpty ? nil : .samples(samples, rate: format.rate)
  }

  private struct Entry {
    var audio = ""
    var times: CharacterTimes?
    var error: ServiceError?

    init(_ fields: WireFields) throws {
      if fields.has("detail") || fields.has("error") {
        error = fields.serviceError()
        return
      }
      audio = try fields.string("audio_base64") ?? ""
      // What was said for the text has other characters than it.
      times = try fields.object("alignment").flatMap { try CharacterTimes(seconds: $0) }
    }
  }
}
