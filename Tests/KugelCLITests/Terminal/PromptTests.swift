import KugelPrompt
import Testing

@Suite struct KeyReaderTests {
  /// Bytes that come one after the other, then none.
  @Test(
    arguments: [
      (Array("aü€😀".utf8), "aü€😀"), ([0xFC, 0x61], "\u{FFFD}a"), ([0xC3, 0x61], "\u{FFFD}a"),
      ([0xE2, 0x82, 0xC3, 0xBC], "\u{FFFD}ü"), ([0xC3], "\u{FFFD}"), ([], ""),
    ] as [([UInt8], String)])
  func `bytes become characters, and none is lost behind what is no character`(
    bytes: [UInt8], text: String
  ) {
    var (reader, rest, read) = (KeyReader(), bytes[...], "")
    while let scalar = reader.next(first: { rest.popFirst() }, rest: { rest.popFirst() }) {
      read.unicodeScalars.append(scalar)
    }
    #expect(read == text)
    #expect(!reader.isAhead)
  }

  @Test func `what came too early is told of`() {
    var (reader, rest) = (KeyReader(), [0xC3, 0x61][...] as ArraySlice<UInt8>)
    #expect(reader.next(first: { rest.popFirst() }, rest: { rest.popFirst() }) == "\u{FFFD}")
    #expect(reader.isAhead)
    #expect(reader.next(first: { nil }, rest: { nil }) == "a")
    #expect(!reader.isAhead)
  }
}

@Suite struct CandidateListTests {
  @Test(
    arguments: [
      (["a", "b", "c"], 80, "a  b  c\n"), (["a", "b", "c"], 6, "a  c\nb\n"),
      (["one", "漢字", "three", "e\u{301}"], 16, "one    three\n漢字   e\u{301}\n"),
      (["too long for it", "b"], 8, "too long for it\nb\n"), ([], 80, ""),
      (["a\u{1B}b"], 9, "a␛b\n"),
    ] as [([String], Int, String)])
  func `names stand in columns, read downwards`(names: [String], width: Int, text: String) {
    #expect(CandidateList.text(names, width: width) == text)
  }

  @Test func `more than anybody reads is counted`() {
    let text = CandidateList.text((1...250).map { "voice-\($0)" }, width: 80)
    #expect(text.hasSuffix("… and 50 more\n"))
    #expect(text.contains("voice-200"))
    #expect(!text.contains("voice-201"))
  }
}
