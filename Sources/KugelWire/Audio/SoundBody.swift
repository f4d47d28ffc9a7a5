/// The sound in the body of an answer, whatever it turns out to be: its first bytes are believed, then its
/// `Content-Type`, then what was asked for.
///
/// Source: OpenAI notes, section 3.1.
package struct SoundBody: Equatable, Sendable {
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
    let type = head.mediaType
    if type.hasPrefix("text/") || type == "application/json" {
      throw .malformed("\(type) where sound was to come")
    }
    kind = kind(of: bytes)
    return try take(bytes)
  }

  /// The body is complete.
  package mutating func finish() throws(SpeechReplyError) -> [SoundPart] {
    guard case .unknown(let bytes) = kind, !bytes.isEmpty else { return [] }
    kind = .samples(odd: nil)
    return try take(bytes)
  }

  private mutating func take(_ bytes: [UInt8]) throws(SpeechReplyError) -> [SoundPart] {
    switch kind {
    case .unknown: return []
    case .samples(let odd):
      let whole = (odd.map { [$0] } ?? []) + bytes
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
