/// What a process of the engine and its parent say to each other.
///
/// On the wire: a byte for the kind, three for nothing, a little-endian 32-bit count of the bytes that
/// follow; numbers are little-endian, texts UTF-8.
enum EspeakFrame: Equatable, Sendable {
  // To the process.
  case speak(EspeakRequest)
  /// Load this voice's file, so that it is there when it speaks.
  case expect(String)
  /// Only the phonemes are wanted.
  case phonemise(PhonemeRequest)
  /// No more of what is being spoken; without meaning when nothing is.
  case cancel

  // To the parent.
  /// The library runs; samples per second.
  case ready(rate: Int)
  /// It does not, for good.
  case unavailable(cause: String)
  case sound(EspeakSound)
  /// The clauses of each text whose phonemes were wanted.
  case phonemes([[PhonemeClause]])
  /// The request is done.
  case ended
  /// The request was refused.
  case failed(cause: String)

  private enum Kind {
    static let speak: UInt8 = 1
    static let cancel: UInt8 = 2
    static let ready: UInt8 = 3
    static let unavailable: UInt8 = 4
    static let sound: UInt8 = 5
    static let ended: UInt8 = 6
    static let failed: UInt8 = 7
    static let expect: UInt8 = 8
    static let phonemise: UInt8 = 9
    static let phonemes: UInt8 = 10
  }

  static let headerSize = 8

  var bytes: [UInt8] {
    switch self {
    case .speak(let request): Self.frame(Kind.speak, Self.body(of: request))
    case .expect(let identifier): Self.frame(Kind.expect, Array(identifier.utf8))
    case .phonemise(let request): Self.frame(Kind.phonemise, request.body)
    case .phonemes(let clauses): Self.frame(Kind.phonemes, PhonemeClause.body(of: clauses))
    case .cancel: Self.frame(Kind.cancel, [])
    case .ready(let rate): Self.frame(Kind.ready, Self.number(Int32(clamping: rate)))
    case .unavailable(let cause): Self.frame(Kind.unavailable, Array(cause.utf8))
    case .sound(let sound): Self.frame(of: sound)
    case .ended: Self.frame(Kind.ended, [])
    case .failed(let cause): Self.frame(Kind.failed, Array(cause.utf8))
    }
  }

  private static func frame(_ kind: UInt8, _ body: [UInt8]) -> [UInt8] {
    [kind, 0, 0, 0] + number(Int32(clamping: body.count)) + body
  }

  static func number(_ value: Int32) -> [UInt8] {
    let bits = UInt32(bitPattern: value)
    return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
  }

  private static func body(of request: EspeakRequest) -> [UInt8] {
    let identifier = Array(request.identifier.utf8)
    return number(Int32(clamping: request.wordsPerMinute)) + number(Int32(clamping: request.pitch))
      + number(
        (request.endsClause ? 1 : 0) | (request.hasPhonemes ? 2 : 0)
          | (request.isRepeatable ? 4 : 0))
      + number(Int32(clamping: identifier.count))
      + identifier + request.text
  }

  /// All of a frame of sound but the samples, which end it.
  static func head(of sound: EspeakSound) -> [UInt8] {
    let count = 4 + 12 * sound.words.count + 2 * sound.samples.count
    var head = [Kind.sound, 0, 0, 0] + number(Int32(clamping: count))
    head += number(Int32(clamping: sound.words.count))
    for word in sound.words {
      head += number(word.offset) + number(word.length) + number(word.milliseconds)
    }
    return head
  }

  private static func frame(of sound: EspeakSound) -> [UInt8] {
    unsafe head(of: sound) + sound.samples.withUnsafeBytes { unsafe Array($0) }
  }

  /// - Parameter body: all that follows the header.
  /// - Returns: nil for what no frame is like.
  init?(kind: UInt8, body: ArraySlice<UInt8>) {
    var rest = body
    switch kind {
    case Kind.speak:
      guard let pace = rest.takeNumber(), let pitch = rest.takeNumber(),
        let flags = rest.takeNumber(), let count = rest.takeNumber(),
        (0...rest.count).contains(Int(count)), rest.last == 0
      else { return nil }
      let identifier = String(decoding: rest.prefix(Int(count)), as: UTF8.self)
      self = .speak(
        EspeakRequest(
          identifier: identifier, text: Array(rest.dropFirst(Int(count))),
          endsClause: flags & 1 != 0,
          hasPhonemes: flags & 2 != 0, isRepeatable: flags & 4 != 0,
          wordsPerMinute: Int(pace), pitch: Int(pitch)))
    case Kind.expect: self = .expect(String(decoding: body, as: UTF8.self))
    case Kind.phonemise:
      guard let request = PhonemeRequest(body: rest) else { return nil }
      self = .phonemise(request)
    case Kind.phonemes:
      guard let clauses = PhonemeClause.clauses(in: rest) else { return nil }
      self = .phonemes(clauses)
    case Kind.cancel where body.isEmpty: self = .cancel
    case Kind.ready:
      guard let rate = rest.takeNumber(), rate > 0, rest.isEmpty else { return nil }
      self = .ready(rate: Int(rate))
    case Kind.unavailable: self = .unavailable(cause: String(decoding: body, as: UTF8.self))
    case Kind.sound:
      guard let sound = Self.sound(rest) else { return nil }
      self = .sound(sound)
    case Kind.ended where body.isEmpty: self = .ended
    case Kind.failed: self = .failed(cause: String(decoding: body, as: UTF8.self))
    default: return nil
    }
  }

  private static func sound(_ body: ArraySlice<UInt8>) -> EspeakSound? {
    var rest = body
    guard let count = rest.takeNumber(), count >= 0, Int(count) * 12 <= rest.count else {
      return nil
    }
    var words: [EspeakSound.Word] = []
    for _ in 0..<count {
      guard let offset = rest.takeNumber(), let length = rest.takeNumber(),
        let milliseconds = rest.takeNumber()
      else { return nil }
      words.append(.init(offset: offset, length: length, milliseconds: milliseconds))
    }
    guard rest.count.isMultiple(of: 2) else { return nil }
    let samples = unsafe [Int16](unsafeUninitializedCapacity: rest.count / 2) { buffer, count in
      count = rest.count / 2
      unsafe rest.withUnsafeBytes {
        unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0)
      }
    }
    return EspeakSound(samples: samples, words: words)
  }
}

extension ArraySlice<UInt8> {
  /// Takes a 32-bit number off the front; nil when there is none.
  mutating func takeNumber() -> Int32? {
    guard count >= 4 else { return nil }
    let bits = prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    removeFirst(4)
    return Int32(bitPattern: bits)
  }
}

/// Puts frames together from the bytes of a stream, however they were cut.
struct EspeakFrameReader {
  struct Garbled: Error, Equatable {}

  /// More than any frame of ours; a peer that says so is not one.
  static let longestBody = 1 << 26

  private var bytes: [UInt8] = []
  private var start = 0

  mutating func append(_ more: some Sequence<UInt8>) {
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: true)
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// - Returns: nil when it takes more bytes.
  mutating func next() throws(Garbled) -> EspeakFrame? {
    let here = bytes[start...]
    guard here.count >= EspeakFrame.headerSize else { return nil }
    let size = (0..<4).reduce(0) { $0 | Int(here[here.startIndex + 4 + $1]) << (8 * $1) }
    guard size <= Self.longestBody else { throw Garbled() }
    guard here.count >= EspeakFrame.headerSize + size else { return nil }
    let body = here.dropFirst(EspeakFrame.headerSize).prefix(size)
    guard let frame = EspeakFrame(kind: here[here.startIndex], body: body) else { throw Garbled() }
    start += EspeakFrame.headerSize + size
    return frame
  }
}
