import Testing

@testable import KugelSystem

@Suite struct SystemNameTests {
  @Test(
    arguments: [
      "", "hello.txt", "naïve.txt", "日本.wav", "😀", "e\u{301}", "\u{10FFFF}",
    ])
  func `a name that is text stays what it is`(name: String) {
    let text = String(systemName: Array(name.utf8))
    #expect(Array(text.utf8) == Array(name.utf8))
    #expect(text.systemBytes == Array(name.utf8) && !text.holdsEscapes)
    #expect(text.shownName == text && text.repairedText == text)
  }

  @Test(
    arguments: [
      [0x6E, 0x61, 0xEF, 0x76, 0x65], [0xFF], [0x80, 0x80], [0xC3], [0xE2, 0x82],
      [0xF0, 0x9F, 0x98],
      [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x61, 0xCC, 0x81, 0xFE],
      // What stands for a byte, as it would stand in a name itself.
      [0xF4, 0x8F, 0xBA, 0x80], [0xF4, 0x8F, 0xBB, 0xBF, 0x2F, 0xEF],
    ] as [[UInt8]])
  func `every byte comes back`(bytes: [UInt8]) {
    let text = String(systemName: bytes)
    #expect(text.systemBytes == bytes)
    #expect(text.nameBytes.map { UInt8(bitPattern: $0) } == bytes + [0])
    #expect(text.holdsEscapes)
  }

  @Test func `random bytes come back, and are shown and read as text`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...12)).map { _ in
        UInt8.random(in: 1...255, using: &generator)
      }
      let text = String(systemName: bytes)
      #expect(text.systemBytes == bytes, "\(bytes)")
      #expect(text.repairedText == String(decoding: bytes, as: UTF8.self), "\(bytes)")
      #expect(!text.shownName.holdsEscapes)
    }
  }

  @Test func `people see the byte`() {
    let text = String(systemName: [0x6E, 0x61, 0xEF, 0x76, 0x65, 0x80])
    #expect(text.shownName == #"na\xEFve\x80"#)
    #expect(text.repairedText == "na\u{FFFD}ve\u{FFFD}")
  }
}
