import CBase64

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
@safe struct AudioFrameScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let count: Int
  private var position = 0

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

  private func matches(_ range: Range<Int>, _ name: StaticString) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { name in
      for offset in 0..<name.count
      where unsafe bytes[range.lowerBound + offset] != name[offset] { return false }
      return true
    }
  }

  private mutating func skipSpace() {
    while position < count {
      switch unsafe bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < count, unsafe bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  /// The offsets of a string up to the next quote, whatever is in it: what is no base64 is noticed
  /// by the decoder of base64.
  private mutating func text() -> Range<Int>? {
    guard take("\""), position < count, let start = unsafe bytes.baseAddress else {
      return nil
    }
    let length = unsafe kugel_find_byte(
      start + position, count - position, UInt8(ascii: "\""))
    let end = position + length
    guard end < count else { return nil }
    defer { position = end + 1 }
    return position..<end
  }

  /// The offsets of a short string of plain ASCII without escapes.
  private mutating func string() -> Range<Int>? {
    guard take("\"") else { return nil }
    let start = position
    while position < count {
      switch unsafe bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return start..<(position - 1)
      case UInt8(ascii: "\\"), ..<0x20, 0x7F...: return nil
      default: position += 1
      }
    }
    return nil
  }

  /// A number of one to nine digits without a leading zero.
  private mutating func number() -> Int? {
    skipSpace()
    let start = position
    var value = 0
    while position < count, position - start < 10 {
      let digit = unsafe bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value * 10 + Int(digit)
      position += 1
    }
    let digits = position - start
    guard digits > 0, digits < 10, unsafe digits == 1 || bytes[start] != UInt8(ascii: "0") else {
      return nil
    }
    return value
  }
}
