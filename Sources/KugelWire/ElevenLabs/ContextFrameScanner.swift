import KugelText

/// Where the values of an audio frame of ElevenLabs' sockets stand, found without reading it as JSON.
struct ScannedContextFrame: Equatable {
  /// Offsets of the base64 text in the message; empty where there is none.
  var audio: Range<Int>?
  var context: String?
  var times: CharacterTimes?
}

/// Reads messages that are an audio frame and nothing else: a flat object with the keys `audio`, `isFinal`,
/// `alignment`, `normalizedAlignment` and `contextId`, each at most once; whole numbers, strings without escapes
/// but for the short ones of characters, and what is final is not among them.
///
/// For all others `scan` returns nil, and the general decoder, which gives the same result for these, takes
/// over.
@safe struct ContextFrameScanner: SignScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  let count: Int
  var position = 0

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
    var normalized: Int?
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
        if key == .alignment {
          guard let times = times() else { return nil }
          frame.times = times
        } else {
          // Seldom wanted.
          normalized = position
          guard times(isKept: false) != nil else { return nil }
        }
      }
    } while take(",")
    guard take("}"), seen.contains(.audio) else { return nil }
    skipSpace()
    guard position == count else { return nil }
    if frame.times?.isEmpty != false, let normalized {
      position = normalized
      frame.times = times()
    }
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

  /// - Parameter isKept: whether anybody wants them; else they are looked at, and none is given.
  private mutating func times(isKept: Bool = true) -> CharacterTimes? {
    guard take("{") else { return nil }
    var (characters, starts, durations) = (List<String>?.none, List<Int>?.none, List<Int>?.none)
    repeat {
      guard let name = string(), take(":"), take("[") else { return nil }
      if matches(name, "chars"), characters == nil {
        characters = list(isKept) { $0.character() }
      } else if matches(name, "charStartTimesMs"), starts == nil {
        starts = list(isKept) { $0.number() }
      } else if matches(name, "charDurationsMs"), durations == nil {
        durations = list(isKept) { $0.number() }
      } else {
        return nil
      }
    } while take(",")
    guard take("}"), let characters, let starts, let durations, starts.count == characters.count,
      durations.count == characters.count
    else { return nil }
    return CharacterTimes(
      characters: characters.elements, starts: starts.elements, durations: durations.elements)
  }

  private struct List<Element> {
    var elements: [Element] = []
    var count = 0
  }

  /// Behind its `[`.
  private mutating func list<Element>(
    _ isKept: Bool, _ element: (inout ContextFrameScanner) -> Element?
  ) -> List<Element>? {
    var list = List<Element>()
    if take("]") { return list }
    repeat {
      guard let next = element(&self) else { return nil }
      list.count += 1
      if isKept { list.elements.append(next) }
    } while take(",")
    return take("]") ? list : nil
  }

  private static let ascii = (0..<128).map { String(Unicode.Scalar(UInt8($0))) }

  /// A string of any scalars; one that is escaped stands alone.
  private mutating func character() -> String? {
    guard take("\"") else { return nil }
    let start = position
    if position + 1 < count, unsafe bytes[position + 1] == UInt8(ascii: "\""),
      case let byte = unsafe bytes[position], (0x20..<0x80).contains(byte),
      byte != UInt8(ascii: "\""),
      byte != UInt8(ascii: "\\")
    {
      position += 2
      return Self.ascii[Int(byte)]
    }
    while position < count {
      switch unsafe bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return unsafe String(validating: bytes[start..<(position - 1)], as: UTF8.self)
      case UInt8(ascii: "\\"): return position == start ? escaped() : nil
      case ..<0x20: return nil
      default: position += 1
      }
    }
    return nil
  }

  private mutating func escaped() -> String? {
    guard position + 2 < count, unsafe bytes[position + 2] == UInt8(ascii: "\"") else { return nil }
    let sign = unsafe bytes[position + 1]
    position += 3
    return switch sign {
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "t"): "\t"
    case UInt8(ascii: "r"): "\r"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): Self.ascii[Int(sign)]
    default: nil
    }
  }
}
