/// The sound in the body of an answer, whatever it turns out to be: its first bytes are believed, then its
/// `Content-Type`, then what was asked for.
///
/// Source: OpenAI notes, section 3.1.
package struct SoundBody: SpeechReplyReader, Equatable, Sendable {
  private enum Kind: Equatable {
    /// Too few bytes to tell.
    case unknown([UInt8])
    /// 16 bits, little-endian, one channel; an odd byte waits for its other half.
    case samples(odd: UInt8?)
    case wave(WaveReader)
    /// A file that a library reads.
    case file
  }

  private var kind = Kind.unknown([])
  private let head: SoundHead
  private let rate: Int

  /// Bytes that tell every kind from the others.
  private static let signature = 12

  /// - Parameter rate: Hz of samples that do not say.
  package init(_ head: SoundHead, rate: Int) {
    self.head = head
    self.rate = head.parameterRate ?? head.rate ?? rate
  }

  package mutating func read(_ bytes: [UInt8]) throws(SpeechReplyError) -> [SoundPart] {
    guard case .unknown(let before) = kind else { return try take(bytes) }
    let bytes = before + bytes
    guard bytes.count >= Self.signature else {
      kind = .unknown(bytes)
      return []
    }
    try check(bytes)
    kind = kind(of: bytes)
    return try take(bytes)
  }

  /// The body is complete.
  package mutating func finish() throws(SpeechReplyError) -> [SoundPart] {
    guard case .unknown(let bytes) = kind, !bytes.isEmpty else { return [] }
    try check(bytes)
    kind = .samples(odd: nil)
    return try take(bytes)
  }

  private mutating func take(_ bytes: [UInt8]) throws(SpeechReplyError) -> [SoundPart] {
    switch kind {
    case .unknown: return []
    case .samples(let odd):
      let whole = odd.map { [$0] + bytes } ?? bytes
      kind = .samples(odd: whole.count % 2 == 1 ? whole.last : nil)
      let samples = whole.samples16
      return samples.isEmpty ? [] : [.samples(samples, rate: rate)]
    case .wave(var reader):
      guard let parts = reader.read(bytes) else { throw .malformed("a WAVE file that is none") }
      kind = .wave(reader)
      return parts
    case .file: return [.file(bytes)]
    }
  }

  /// Pages and errors come with 200, too, and not all say what they are.
  private func check(_ bytes: [UInt8]) throws(SpeechReplyError) {
    let type = head.mediaType
    if type.hasPrefix("text/") || type == "application/json" {
      throw .malformed("\(type) where sound was to come")
    }
    if let name = Self.foreign(bytes, type) {
      throw .malformed("\(name), which is not read here; ask for another format")
    }
    let begin = String(decoding: bytes.prefix(9), as: UTF8.self).lowercased()
    let words = ["<!doctype", "<html", #"{"error""#, #"{"detail"#]
    if words.contains(where: { begin.hasPrefix($0) }) {
      throw .malformed("text where sound was to come")
    }
  }

  /// What no library here reads, by its name.
  private static func foreign(_ bytes: [UInt8], _ type: String) -> String? {
    let isAAC =
      type.hasPrefix("audio/aac")
      || bytes.count > 1 && bytes[0] == 0xFF && bytes[1] & 0xF6 == 0xF0 && type == "audio/mpeg"
    if isAAC { return "AAC" }
    if bytes.count >= 8, bytes[4..<8].elementsEqual("ftyp".utf8) { return "an MP4 file" }
    return bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) ? "a WebM file" : nil
  }

  private func kind(of bytes: [UInt8]) -> Kind {
    let begins = { (word: String) in bytes.starts(with: word.utf8) }
    if begins("RIFF"), bytes[8..<12].elementsEqual("WAVE".utf8) { return .wave(WaveReader()) }
    if begins("fLaC") || begins("OggS") || begins("ID3") { return .file }
    // Two bytes that samples may begin with, too: who calls them samples is believed.
    let isFrame = bytes[0] == 0xFF && bytes[1] & 0xE0 == 0xE0 && bytes[1] & 0x06 != 0
    if isFrame, !["audio/pcm", "audio/l16"].contains(head.mediaType) { return .file }
    return .samples(odd: nil)
  }
}
