import TestSupport
import Testing

@testable import KugelStreams

@Suite struct EventStreamTests {
  private typealias Item = EventStreamReader.Item

  private func items(_ pieces: [some Collection<UInt8>], limit: Int = 4096) -> [Item] {
    var reader = EventStreamReader(limit: limit)
    var items: [Item] = []
    for piece in pieces { items += reader.read(piece) }
    return items + reader.finish()
  }

  private func data(_ text: String, line: Int) -> Item { .data(Array(text.utf8), line: line) }

  /// Source: HTML standard, section 9.2.6, its examples among them.
  @Test(arguments: [
    ("data: a\n\n", ["a"]), ("data:a\n\n", ["a"]), ("data:  a\n\n", [" a"]),
    ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]), ("data: a\r\rdata: b\r\r", ["a", "b"]),
    ("data: a\r\n\ndata: b\n\r\n", ["a", "b"]),
    ("data: YHOO\ndata: +2\ndata: 10\n\n", ["YHOO\n+2\n10"]),
    (": test stream\n\ndata: first\nid: 1\n\ndata:second\nid\n\n", ["first", "second"]),
    ("data\n\ndata\ndata\n\ndata:", ["", "\n", ""]),
    ("\u{FEFF}data: a\n\n", ["a"]), ("event: x\ndata: a\nretry: 10\n\n", ["a"]),
    ("event: x\n\ndata: a\n\n", ["a"]), ("datas: x\ndata: a\n\n", ["a"]),
    ("data: a\nDATA: b\n\n", ["a"]), ("\n\n\n", []), (":\n:\n\n", []), ("", []),
    // The standard drops this one.
    ("data: a\n\ndata: b", ["a", "b"]),
    ("data: a: b\n\n", ["a: b"]), ("data: ä€😀\n\n", ["ä€😀"]),
  ])
  func `events are what the standard says`(stream: String, expected: [String]) {
    let bytes = Array(stream.utf8)
    let texts = items([bytes]).compactMap { item -> String? in
      guard case .data(let data, line: _) = item else { return nil }
      return String(decoding: data, as: UTF8.self)
    }
    #expect(texts == expected)
    #expect(items(bytes.map { [$0] }) == items([bytes]), "byte by byte")
    for seed in 1...20 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      #expect(items(generator.split(bytes, upTo: 5)) == items([bytes]), "cuts \(seed)")
    }
  }

  @Test func `an event that a CR ends is there before the next byte`() {
    var reader = EventStreamReader()
    #expect(reader.read("data: a\r\r".utf8) == [data("a", line: 1)])
    #expect(reader.read("\ndata: b\r\n\r".utf8) == [data("b", line: 3)])
    #expect(reader.read("\n".utf8).isEmpty)
  }

  @Test func `an event is found at its first line`() {
    #expect(
      items([Array("\n:c\ndata: a\ndata: b\n\nerror: {}\n\ndata: c\n\n".utf8)]) == [
        data("a\nb", line: 3), .errorField(Array("{}".utf8), line: 6), data("c", line: 8),
      ])
  }

  @Test func `a line that no event may have is named`() {
    #expect(
      items([Array("data: a\nid\nHello\n\n".utf8)]) == [.stray(line: 3), data("a", line: 1)])
  }

  @Test func `what is too long is passed over, and nothing of it is held`() {
    let long = String(repeating: "x", count: 100)
    let stream =
      "data: a\n\ndata: \(long)\n\ndata: b\n\n" + "data: 0123456789\n" + "data: \(long)\n\n"
    let expected = [data("a", line: 1), .tooLong(line: 3), data("b", line: 5), .tooLong(line: 7)]
    #expect(items([Array(stream.utf8)], limit: 40) == expected)
    #expect(items(stream.utf8.map { [$0] }, limit: 40) == expected)
    let many = String(repeating: "data: 01234567\n", count: 9) + "\ndata: b\n\n"
    #expect(items([Array(many.utf8)], limit: 40) == [.tooLong(line: 1), data("b", line: 11)])
  }
}

@Suite struct LineTests {
  private typealias Line = LineReader.Line

  private func lines(_ pieces: [some Collection<UInt8>], limit: Int = 4096) -> [Line] {
    var reader = LineReader(limit: limit)
    var lines: [Line] = []
    for piece in pieces { lines += reader.read(piece) }
    return lines + reader.finish()
  }

  @Test(arguments: [
    ("a\nb\n", ["a", "b"]), ("a\r\nb", ["a\r", "b"]), ("\n\n", ["", ""]), ("", []),
    ("\u{FEFF}a\n\u{FEFF}b\n", ["a", "\u{FEFF}b"]), ("ä€😀\n", ["ä€😀"]), ("x", ["x"]),
  ])
  func `a newline ends a line`(stream: String, expected: [String]) {
    let bytes = Array(stream.utf8)
    let texts = expected.enumerated().map {
      Line.bytes(Array($0.element.utf8), number: $0.offset + 1)
    }
    #expect(lines([bytes]) == texts)
    #expect(lines(bytes.map { [$0] }) == texts)
  }

  @Test func `a line that is too long is passed over`() {
    let stream = Array("a\n\(String(repeating: "x", count: 50))\nb".utf8)
    let expected = [
      Line.bytes(Array("a".utf8), number: 1), .tooLong(number: 2),
      .bytes(Array("b".utf8), number: 3),
    ]
    #expect(lines([stream], limit: 10) == expected)
    #expect(lines(stream.map { [$0] }, limit: 10) == expected)
  }
}

@Suite struct FirstObjectTests {
  @Test(arguments: [
    (#"{"a":1} rest"#, #"{"a":1}"#), ("\u{FEFF} \n{}x", "{}"),
    (#"{"a":"}\"{"}{"#, #"{"a":"}\"{"}"#),
    ("{\n \"a\": [{},\n {}]\n}\n", "{\n \"a\": [{},\n {}]\n}"),
    (#"{"a":"\\"}"#, #"{"a":"\\"}"#),
  ])
  func `an object ends with its brace`(input: String, object: String) {
    let bytes = Array(input.utf8)
    var whole = FirstObject()
    guard case .object(let range) = whole.read(bytes) else {
      Issue.record("no object")
      return
    }
    #expect(String(decoding: bytes[range], as: UTF8.self) == object)
    var cut = FirstObject()
    for byte in bytes[..<range.upperBound] { _ = cut.read([byte]) }
    #expect(cut.finding == .object(range))
  }

  @Test(arguments: ["Hello", "{hello}", "{ hello", "[1]", "{\"a\nb\"}", "{:"])
  func `what is none is given up`(input: String) {
    var object = FirstObject()
    #expect(object.read(Array(input.utf8)) == .absent)
  }

  @Test(arguments: ["", " \n", "{", "{ \n", #"{"a":{"#, #"{"a":"\"#])
  func `what may become one is waited for`(input: String) {
    var object = FirstObject()
    #expect(object.read(Array(input.utf8)) == .undecided)
  }

  @Test func `an object that does not end is not held for ever`() {
    var object = FirstObject()
    _ = object.read(Array(#"{"a":["#.utf8))
    let piece = [UInt8](repeating: UInt8(ascii: "1"), count: 1 << 16)
    var reads = 0
    while object.finding == .undecided, reads < 100 {
      _ = object.read(piece)
      reads += 1
    }
    #expect(object.finding == .absent)
    #expect(object.held.count <= FirstObject.limit + piece.count)
  }
}
