import KugelText

/// How a text's bytes are to be read.
package enum TextEncoding: String, Equatable, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case utf32LittleEndian = "UTF-32LE"
  case utf32BigEndian = "UTF-32BE"
}

/// Why bytes are no text.
package struct BinaryInputError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What they look like, if that is known: "a PDF document".
  package var kind: String?

  package init(kind: String? = nil) { self.kind = kind }

  package var description: String {
    if let kind { return "this is \(kind), not text" }
    return "this is not text: it has bytes that no text has"
  }
}

/// Decodes bytes that arrive in pieces cut anywhere.
///
/// A byte order mark decides, else it is UTF-8; zeros in every other byte of the beginning make it
/// UTF-16. Bytes that are no text in any of these are refused. Invalid ones become U+FFFD.
package struct TextDecoder: Sendable {
  /// What it was found to be; nil before the first bytes.
  package private(set) var encoding: TextEncoding?
  /// It was guessed, so somebody should be told.
  package private(set) var isGuessed = false

  /// NUL separates texts and is none's sign of being binary.
  private let allowsNUL: Bool
  /// Bytes that wait for more: the beginning, or a torn unit.
  private var held: [UInt8] = []
  private var utf8 = UTF8Decoder()
  private var highSurrogate: UInt16?
  private var check = BinaryCheck()

  package init(allowsNUL: Bool = false) { self.allowsNUL = allowsNUL }

  /// Offset of the first byte that is not UTF-8; nil while all were good, and for other encodings.
  package var firstInvalidOffset: Int? { utf8.firstInvalidOffset }

  package mutating func decode(
    _ bytes: some Sequence<UInt8>
  ) throws(BinaryInputError) -> String {
    if encoding == .utf8 {
      let text = utf8.decode(bytes)
      try check.add(text, allowsNUL: allowsNUL)
      return text
    }
    held.append(contentsOf: bytes)
    return try advance(isLast: false)
  }

  /// Ends the text: what was torn is invalid now.
  package mutating func finish() throws(BinaryInputError) -> String {
    var text = try advance(isLast: true)
    if encoding == .utf8 {
      text += utf8.finish()
    } else if !held.isEmpty || highSurrogate != nil {
      text.unicodeScalars.append("\u{FFFD}")
    }
    held = []
    highSurrogate = nil
    return text
  }

  private mutating func advance(isLast: Bool) throws(BinaryInputError) -> String {
    if encoding == nil {
      guard let found = Self.detect(held, isLast: isLast, allowsNUL: allowsNUL) else { return "" }
      encoding = found.encoding
      isGuessed = found.isGuessed
      try BinaryCheck.refuse(beginning: held, found.encoding)
      held.removeFirst(found.mark)
    }
    let text: String
    switch encoding ?? .utf8 {
    case .utf8:
      text = utf8.decode(held)
      held = []
    case .utf16LittleEndian: text = decode16 { UInt16($1) << 8 | UInt16($0) }
    case .utf16BigEndian: text = decode16 { UInt16($0) << 8 | UInt16($1) }
    case .utf32LittleEndian: text = decode32(isBig: false)
    case .utf32BigEndian: text = decode32(isBig: true)
    }
    try check.add(text, allowsNUL: allowsNUL)
    return text
  }

  // MARK: - Units

  private mutating func decode16(_ unit: (UInt8, UInt8) -> UInt16) -> String {
    var text = String.UnicodeScalarView()
    var index = 0
    while index + 1 < held.count {
      let value = unit(held[index], held[index + 1])
      index += 2
      if let high = highSurrogate {
        highSurrogate = nil
        if (0xDC00...0xDFFF).contains(value) {
          let code = 0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(value) - 0xDC00
          text.append(Unicode.Scalar(code) ?? "\u{FFFD}")
          continue
        }
        text.append("\u{FFFD}")
      }
      if (0xD800...0xDBFF).contains(value) {
        highSurrogate = value
      } else {
        text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      }
    }
    held.removeFirst(index)
    return String(text)
  }

  private mutating func decode32(isBig: Bool) -> String {
    var text = String.UnicodeScalarView()
    var index = 0
    while index + 3 < held.count {
      let bytes = held[index..<(index + 4)]
      let value = (isBig ? Array(bytes) : bytes.reversed()).reduce(UInt32(0)) {
        $0 << 8 | UInt32($1)
      }
      text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      index += 4
    }
    held.removeFirst(index)
    return String(text)
  }

  // MARK: - The beginning

  private typealias Found = (encoding: TextEncoding, mark: Int, isGuessed: Bool)

  /// - Returns: nil while more bytes are needed.
  private static func detect(_ bytes: [UInt8], isLast: Bool, allowsNUL: Bool) -> Found? {
    guard let first = bytes.first else { return isLast ? (.utf8, 0, false) : nil }
    func begins(_ mark: [UInt8]) -> Bool { bytes.starts(with: mark) }
    func mayBegin(_ mark: [UInt8]) -> Bool { !isLast && mark.starts(with: bytes) }
    if first == 0xFF || first == 0xFE || first == 0 || bytes.count > 1 && bytes[1] == 0 {
      if begins([0xFF, 0xFE, 0, 0]) { return (.utf32LittleEndian, 4, false) }
      if begins([0, 0, 0xFE, 0xFF]) { return (.utf32BigEndian, 4, false) }
      if mayBegin([0xFF, 0xFE, 0, 0]) || mayBegin([0, 0, 0xFE, 0xFF]) { return nil }
      if begins([0xFF, 0xFE]) { return (.utf16LittleEndian, 2, false) }
      if begins([0xFE, 0xFF]) { return (.utf16BigEndian, 2, false) }
      if mayBegin([0xFE, 0xFF]) { return nil }
      guard !allowsNUL, first < 0x80 else { return (.utf8, 0, false) }
      // Zeros in every other byte of what there is, four bytes at least.
      if bytes.count < 4, !isLast { return nil }
      let pairs = zip(stride(from: 0, to: bytes.count - 1, by: 2), 0..<16).map {
        (bytes[$0.0], bytes[$0.0 + 1])
      }
      guard pairs.count > 1 else { return (.utf8, 0, false) }
      if pairs.allSatisfy({ $0.0 != 0 && $0.1 == 0 }) { return (.utf16LittleEndian, 0, true) }
      if pairs.allSatisfy({ $0.0 == 0 && $0.1 != 0 }) { return (.utf16BigEndian, 0, true) }
      return (.utf8, 0, false)
    }
    // A single byte of ASCII may yet be followed by a zero.
    if bytes.count == 1, first < 0x80, first != 0x0A, !isLast, !allowsNUL { return nil }
    return (.utf8, 0, false)
  }
}

/// Tells text from other bytes.
struct BinaryCheck: Sendable {
  private static let window = 1024
  private var count = 0
  private var strange = 0

  /// - Throws: when so much of the beginning is no text that none will come.
  mutating func add(_ text: String, allowsNUL: Bool) throws(BinaryInputError) {
    guard count < Self.window else { return }
    for scalar in text.unicodeScalars.prefix(Self.window - count) {
      count += 1
      switch scalar.value {
      case 0: if !allowsNUL { throw BinaryInputError() }
      case 0x07...0x0D, 0x1B: break
      case 1...0x1F, 0x7F: strange += 3
      case 0xFFFD: strange += 1
      default: break
      }
      // Latin-1 has a strange letter now and then, but never in every third place.
      if strange >= 16, strange * 3 > count { throw BinaryInputError() }
    }
  }

  static func refuse(beginning: [UInt8], _ encoding: TextEncoding) throws(BinaryInputError) {
    guard encoding == .utf8 else { return }
    let known: [([UInt8], String)] = [
      (Array("%PDF-".utf8), "a PDF document"), ([0x7F] + Array("ELF".utf8), "a program"),
      ([0x50, 0x4B, 3, 4], "a ZIP archive or an office document"),
      ([0x1F, 0x8B], "a gzip archive"),
      ([0x89] + Array("PNG".utf8), "a picture"), ([0xFF, 0xD8, 0xFF], "a picture"),
      (Array("GIF8".utf8), "a picture"), (Array("OggS".utf8), "a sound file"),
      (Array("fLaC".utf8), "a sound file"), (Array("ID3".utf8) + [3], "a sound file"),
      (Array("ID3".utf8) + [4], "a sound file"), (Array("BZh".utf8), "a bzip2 archive"),
      ([0xFD] + Array("7zXZ".utf8), "an xz archive"), ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive"),
      (Array("SQLite format 3".utf8), "a database"),
      ([0xD0, 0xCF, 0x11, 0xE0], "an old office document"),
    ]
    for (mark, kind) in known where beginning.starts(with: mark) {
      throw BinaryInputError(kind: kind)
    }
    if beginning.count > 11, beginning.starts(with: Array("RIFF".utf8)),
      beginning[4..<8].contains(0)
    {
      throw BinaryInputError(kind: "a sound or video file")
    }
  }
}
