/// Where the values of an audio frame stand, found without reading it as JSON.
struct ScannedAudioFrame: Equatable {
  /// Offsets of the base64 text in the message.
  var audio: Range<Int>
  var encoding: AudioEncoding
  var index: Int
  var rate: Int?
  var chunk: Int
  var context: String?
}

/// Reads messages that are an audio frame and nothing else: a flat object with the keys `audio`,
/// `enc`, `idx`, `sr`, `samples`, `chunk_id` and `context_id`, each at most once, in any order and
/// spacing, strings of plain ASCII without escapes, numbers of plain digits.
///
/// Nearly every byte that ever arrives is in such a message. For all others `scan` returns nil, and
/// the general decoder, which gives the same result for these, takes over.
@safe struct AudioFrameScanner: SignScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  let count: Int
  var position = 0

  static func scan(_ message: UnsafeBufferPointer<UInt8>) -> ScannedAudioFrame? {
    guard unsafe message.first == UInt8(ascii: "{") else { return nil }
    var scanner = unsafe AudioFrameScanner(bytes: message)
    return scanner.frame()
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) {
    unsafe self.bytes = bytes
    count = bytes.count
  }

  private struct Key: OptionSet {
    let rawValue: UInt8
    static let audio = Key(rawValue: 1)
    static let encoding = Key(rawValue: 2)
    static let index = Key(rawValue: 4)
    static let rate = Key(rawValue: 8)
    static let samples = Key(rawValue: 16)
    static let chunk = Key(rawValue: 32)
    static let context = Key(rawValue: 64)
  }

  private mutating func frame() -> ScannedAudioFrame? {
    var frame = ScannedAudioFrame(audio: 0..<0, encoding: .pcm16, index: 0, rate: nil, chunk: 0)
    var seen: Key = []
    position = 1
    repeat {
      guard let name = string(), let key = key(name), seen.insert(key).inserted, take(":") else {
        return nil
      }
      guard read(key, into: &frame) else { return nil }
    } while take(",")
    guard take("}"), seen.contains(.audio) else { return nil }
    skipSpace()
    return position == count ? frame : nil
  }

  private mutating func read(_ key: Key, into frame: inout ScannedAudioFrame) -> Bool {
    switch key {
    case .audio:
      guard let text = text() else { return false }
      frame.audio = text
    case .encoding:
      guard let text = string(), let encoding = encoding(text) else { return false }
      frame.encoding = encoding
    case .context:
      guard let text = string() else { return false }
      frame.context = unsafe String(decoding: bytes[text], as: UTF8.self)
    case .rate:
      guard let number = number(), AudioFrame.rates.contains(number) else { return false }
      frame.rate = number
    default:
      guard let number = number() else { return false }
      if key == .index { frame.index = number }
      if key == .chunk { frame.chunk = number }
    }
    return true
  }

  private func key(_ name: Range<Int>) -> Key? {
    switch name.count {
    case 2: matches(name, "sr") ? .rate : nil
    case 3: matches(name, "idx") ? .index : matches(name, "enc") ? .encoding : nil
    case 5: matches(name, "audio") ? .audio : nil
    case 7: matches(name, "samples") ? .samples : nil
    case 8: matches(name, "chunk_id") ? .chunk : nil
    case 10: matches(name, "context_id") ? .context : nil
    default: nil
    }
  }

  private func encoding(_ name: Range<Int>) -> AudioEncoding? {
    if matches(name, "pcm_s16le") { return .pcm16 }
    if matches(name, "mulaw") { return .mulaw }
    if matches(name, "alaw") { return .alaw }
    return nil
  }
}
