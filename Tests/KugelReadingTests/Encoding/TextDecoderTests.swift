import KugelReading
import KugelText
import TestSupport
import Testing

@Suite struct TextDecoderTests {
  private static let text = "Café au lait 🍵 日本."

  private func utf16(_ text: String, big: Bool, mark: Bool) -> [UInt8] {
    var bytes: [UInt8] = mark ? (big ? [0xFE, 0xFF] : [0xFF, 0xFE]) : []
    for unit in text.utf16 {
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      bytes += big ? [high, low] : [low, high]
    }
    return bytes
  }

  private func utf32(_ text: String, big: Bool) -> [UInt8] {
    var bytes: [UInt8] = big ? [0, 0, 0xFE, 0xFF] : [0xFF, 0xFE, 0, 0]
    for scalar in text.unicodeScalars {
      let unit = (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> UInt32(8 * $0)) }
      bytes += big ? unit.reversed() : unit
    }
    return bytes
  }

  private func decoded(_ pieces: [[UInt8]]) throws -> (String, TextDecoder) {
    var decoder = TextDecoder()
    var text = ""
    for piece in pieces { text += try decoder.decode(piece) }
    return (text + (try decoder.finish()), decoder)
  }

  @Test func `a byte order mark decides, wherever the bytes are cut`() throws {
    let all: [(TextEncoding, [UInt8])] = [
      (.utf8, [0xEF, 0xBB, 0xBF] + Array(Self.text.utf8)), (.utf8, Array(Self.text.utf8)),
      (.utf16LittleEndian, utf16(Self.text, big: false, mark: true)),
      (.utf16BigEndian, utf16(Self.text, big: true, mark: true)),
      (.utf32LittleEndian, utf32(Self.text, big: false)),
      (.utf32BigEndian, utf32(Self.text, big: true)),
    ]
    for (encoding, bytes) in all {
      for cut in 0...bytes.count {
        let (text, decoder) = try decoded([Array(bytes[..<cut]), Array(bytes[cut...])])
        #expect(text == Self.text)
        #expect(decoder.encoding == encoding)
        #expect(!decoder.isGuessed)
      }
      #expect(try decoded(bytes.map { [$0] }).0 == Self.text)
    }
  }

  @Test(arguments: [false, true])
  func `without a mark zeros in every other byte mean UTF-16, and that is told`(big: Bool) throws {
    let bytes = utf16("Plain words.", big: big, mark: false)
    for cut in 0...bytes.count {
      let (text, decoder) = try decoded([Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(text == "Plain words.")
      #expect(decoder.encoding == (big ? .utf16BigEndian : .utf16LittleEndian))
      #expect(decoder.isGuessed)
    }
  }

  @Test(arguments: [
    ("%PDF-1.7\n%âãÏÓ", "a PDF document"), ("\u{7F}ELF\u{2}\u{1}\u{1}", "a program"),
    ("PK\u{3}\u{4}\u{14}", "a ZIP archive or an office document"),
    ("OggS\u{0}\u{2}", "a sound file"),
  ])
  func `known kinds of other data are refused by their name`(text: String, kind: String) {
    var decoder = TextDecoder()
    #expect(throws: BinaryInputError(kind: kind)) { try decoder.decode(text.utf8) }
    #expect(BinaryInputError(kind: kind).description == "this is \(kind), not text")
  }

  @Test func `bytes that no text has are refused, Latin-1 is not`() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<50 {
      var decoder = TextDecoder()
      let bytes = [0x41, 0x42] + random.bytes(600)
      #expect(throws: BinaryInputError.self) {
        _ = try decoder.decode(bytes)
        _ = try decoder.finish()
      }
    }
    let latin: [UInt8] =
      Array("D".utf8) + [0xE9] + Array("j".utf8) + [0xE0] + Array(" vu, bien s".utf8) + [0xFB]
    let (text, decoder) = try decoded([latin])
    #expect(text == "D\u{FFFD}j\u{FFFD} vu, bien s\u{FFFD}")
    #expect(decoder.firstInvalidOffset == 1)
  }

  @Test func `NUL divides texts where it may`() throws {
    var decoder = TextDecoder(allowsNUL: true)
    #expect(try decoder.decode("a\0b\0".utf8) + decoder.finish() == "a\0b\0")
    var strict = TextDecoder()
    #expect(throws: BinaryInputError.self) { try strict.decode("one\0two".utf8) }
  }

  @Test func `a torn unit at the end is one bad character`() throws {
    let bytes = utf16("ab🍵", big: false, mark: true)
    for cut in [1, 2, 3] {
      #expect(try decoded([Array(bytes.dropLast(cut))]).0 == "ab\u{FFFD}")
    }
  }
}
