import KugelText
import TestSupport
import Testing

@Test func `a scalar torn over three reads comes out whole`() {
  var decoder = UTF8Decoder()
  let bytes = Array("🙂".utf8)
  #expect(decoder.decode(bytes[0..<1]) == "")
  #expect(decoder.decode(bytes[1..<3]) == "")
  #expect(decoder.decode(bytes[3..<4]) == "🙂")
  #expect(decoder.finish() == "")
  #expect(decoder.firstInvalidOffset == nil)
}

@Test func `a leading byte order mark is dropped, also when torn, and a later one is not`() {
  var decoder = UTF8Decoder()
  #expect(decoder.decode([0xEF]) == "")
  #expect(decoder.decode([0xBB, 0xBF]) == "")
  #expect(decoder.decode(Array("a\u{FEFF}b".utf8)) == "a\u{FEFF}b")
}

@Test func `control characters pass as they are`() {
  var decoder = UTF8Decoder()
  #expect(decoder.decode([0x00, 0x07, 0x0A, 0x1B]) == "\u{0}\u{7}\n\u{1B}")
}

@Test(
  arguments: [
    ([0x61, 0xFF, 0x62], "a\u{FFFD}b", 1),
    ([0xC0, 0x80], "\u{FFFD}\u{FFFD}", 0),
    ([0xE2, 0x82, 0x41], "\u{FFFD}A", 0),
    ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}", 0),
    ([0xF0, 0x9F, 0x98], "\u{FFFD}", 0),
    ([0xC3, 0xA4, 0xF4, 0x90, 0x80, 0x80], "ä\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", 2),
    ([0xEF, 0xBB, 0xBF, 0x61, 0x80], "a\u{FFFD}", 4),
  ] as [([UInt8], String, Int)])
func `each maximal invalid part becomes one replacement and the first one's offset is kept`(
  bytes: [UInt8], text: String, offset: Int
) {
  for size in 1...bytes.count {
    var decoder = UTF8Decoder()
    var decoded = ""
    for start in stride(from: 0, to: bytes.count, by: size) {
      decoded += decoder.decode(bytes[start..<min(bytes.count, start + size)])
    }
    decoded += decoder.finish()
    #expect(Array(decoded.unicodeScalars) == Array(text.unicodeScalars))
    #expect(decoder.firstInvalidOffset == offset)
  }
}

@Test func `any split of any bytes decodes as the whole`() {
  var random = SeededGenerator(seed: 1)
  let parts: [[UInt8]] = [
    Array("a".utf8), Array("é".utf8), Array("語".utf8), Array("🙂".utf8), [0x80], [0xC3],
    [0xE2, 0x82],
    [0xF0, 0x9F], [0xF0, 0x9F, 0x98], [0xED, 0xA0], [0xFF], [0xF4, 0x8F], [0xE0], [0x00],
  ]
  for _ in 0..<3000 {
    let bytes = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
      parts.randomElement(using: &random) ?? []
    }
    var whole = UTF8Decoder()
    let expected = whole.decode(bytes) + whole.finish()
    #expect(expected == String(decoding: bytes, as: UTF8.self))
    #expect((whole.firstInvalidOffset == nil) == (String(validating: bytes, as: UTF8.self) != nil))
    var decoder = UTF8Decoder()
    var decoded = ""
    for piece in random.split(bytes, upTo: 4) { decoded += decoder.decode(piece) }
    decoded += decoder.finish()
    #expect(Array(decoded.utf8) == Array(expected.utf8))
    #expect(decoder.firstInvalidOffset == whole.firstInvalidOffset)
  }
}
