import CBase64

/// Where the values of an audio frame of ElevenLabs' sockets stand, found without reading it as JSON.
struct ScannedContextFrame: Equatable {
  /// Offsets of the base64 text in the message; empty where there is none.
  var audio: Range<Int>?
  var context: String?
  var times: CharacterTimes?
}

/// Reads messages that are an audio frame and nothing else: a flat object with the keys `audio`, `isFinal`,
/// `alignment`, `normalizedAlignment` and `contextId`, each at most once; strings without escapes, whole
/// numbers, and what is final is not among them.
///
/// For all others `scan` returns nil, and the general decoder, which gives the same result for these, takes
/// over.
@safe struct ContextFrameScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let count: Int
  private var position = 0

  static func scan(_ message: UnsafeBufferPointer<UInt8>) -> ScannedContextFrame? {
    guard unsafe message.first == UInt8(ascii: "{") else { return nil }
    var scanner = unsafe ContextFrameScanner(bytes: message)
    return scanner.frame()
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) {
    unsafe self.bytes = bytes
    count = bytes.count
  }

  private struct Key: OptionSet {
    let rawValue: UInt8
    static let audio = Key(rawValue: 1)
    static let isFinal = Key(rawValue: 2)
    static let context = Key(rawValue: 4)
    static let alignment = Key(rawValue: 8)
    static let normalized = Key(rawValue: 16)
  }

  private mutating func frame() -> ScannedContextFrame? {
    var frame = ScannedContextFrame()
    var normalized: CharacterTimes?
    var seen: Key = []
    position = 1
    repeat {
      guard let name = string(), let key = key(name), seen.insert(key).inserted, take(":") else {
        return nil
      }
      switch key {
      case .audio:
        if takeNull() { continue }
        guard let text = text() else { return nil }
        frame.audio = text.isEmpty ? nil : text
      case .isFinal: guard takeNull() || takeFalse() else { return nil }
      case .context:
        guard let text = string() else { return nil }
        frame.context = unsafe String(decoding: bytes[text], as: UTF8.self)
      default:
        if takeNull() { continue }
        guard let times = times() else { return nil }
        if key == .alignment { frame.times = times } else { normalized = times }
      }
    } while take(",")
    guard take("}"), seen.contains(.audio) else { return nil }
    skipSpace()
    guard position == count else { return nil }
    frame.times = frame.times.flatMap { $0.isEmpty ? nil : $0 } ?? normalized
    if frame.times?.isEmpty == true { frame.times = nil }
    return frame.audio == nil && frame.times == nil ? nil : frame
  }

  private func key(_ name: Range<Int>) -> Key? {
    switch name.count {
    case 5: matches(name, "audio") ? .audio : nil
    case 7: matches(name, "isFinal") ? .isFinal : nil
    case 9:
      matches(name, "contextId") ? .context : matches(name, "alignment") ? .alignment : nil
    case 19: matches(name, "normalizedAlignment") ? .normalized : nil
    default: nil
    }
  }

  // MARK: Times

  private mutating func times() -> CharacterTimes? {
    guard take("{") else { return nil }
    var (characters, starts, durations) = ([String]?.none, [Int]?.none, [Int]?.none)
    repeat {
      guard let name = string(), take(":"), take("[") else { return nil }
      if matches(name, "chars"), characters == nil {
        characters = list { $0.character() }
      } else if matches(name, "charStartTimesMs"), starts == nil {
        starts = list { $0.number() }
      } else if matches(name, "charDurationsMs"), durations == nil {
        durations = list { $0.number() }
      } else {
        return nil
      }
    } while take(",")
    guard take("}"), let characters, let starts, let durations, starts.count == characters.count,
      durations.count == characters.count
    else { return nil }
    return CharacterTimes(characters: characters, starts: starts, durations: durations)
  }

  /// Behind its `[`.
  private mutating func list<Element>(
    _ element: (inout ContextFrameScanner) -> Element?
  ) -> [Element]? {
    var elements: [Element] = []
    if take("]") { return elements }
    repeat {
      guard let next = element(&self) else { return nil }
      elements.append(next)
    } while take(",")
    return take("]") ? elements : nil
  }

  /// A string of any scalars, without escapes.
  private mutating func character() -> String? {
    guard take("\"") else { return nil }
    let start = position
    while position < count {
      switch unsafe bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return unsafe String(validating: bytes[start..<(position - 1)], as: UTF8.self)
      case UInt8(ascii: "\\"), ..<0x20: return nil
      default: position += 1
      }
    }
    return nil
  }

  // MARK: Signs

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

  private mutating func takeNull() -> Bool { takeWord("null") }
  private mutating func takeFalse() -> Bool { takeWord("false") }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    skipSpace()
    let end = position + word.utf8CodeUnitCount
    guard end <= count, matches(position..<end, word) else { return false }
    position = end
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
