import KugelSession
import KugelStreams
import Testing

@testable import KugelClient

@Suite struct AnswerTextTests {
  private typealias Part = AnswerText.Part

  private static func delta(_ delta: String, finish: String = "null") -> String {
    "data: {\"choices\":[{\"index\":0,\"delta\":{\(delta)},\"finish_reason\":\(finish)}]}\n\n"
  }
  private static let answer =
    delta(#""reasoning":"Hm.""#) + delta(#""reasoning":" Well.""#) + delta(#""content":"I look""#)
    + delta(#""tool_calls":[{"function":{"name":"mcp__files__read_file"}}]"#)
    + delta(#""content":"It \u001b[31mrains.""#, finish: #""stop""#)
    + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n"
    + "data: [DONE]\n\n"

  private func parts(
    _ stream: String, pieces: Int = .max, _ change: (inout AnswerReading) -> Void = { _ in }
  ) -> [Part] {
    var reading = AnswerReading(.auto)
    reading.copy = .answer(withReasoning: false)
    change(&reading)
    var text = AnswerText(reading)
    var (parts, rest) = ([Part](), Array(stream.utf8)[...])
    while !rest.isEmpty {
      parts += text.read(Array(rest.prefix(pieces)))
      rest = rest.dropFirst(pieces)
    }
    return parts + text.finish()
  }

  /// What is read aloud, turns ended by a bar.
  private func said(_ parts: [Part]) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .plain(let bytes): String(decoding: bytes, as: UTF8.self)
      case .endTurn: "|"
      case .begin, .event: ""
      }
    }.joined()
  }

  private func copied(_ parts: [Part]) -> String {
    let bytes = parts.flatMap { part -> [UInt8] in
      if case .event(.copy(let bytes)) = part { bytes } else { [] }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [1, 7, Int.max])
  func `the answer is read aloud, and no more`(pieces: Int) {
    let parts = parts(Self.answer, pieces: pieces)
    #expect(said(parts) == "I look\n\nIt \u{1B}[31mrains.\n\n|")
    #expect(copied(parts) == "I look\n\nIt \u{1B}[31mrains.\n")
    #expect(
      parts.filter { if case .event(.note) = $0 { true } else { false } } == [
        .event(.note(.answerTool(name: "mcp__files__read_file"), turn: nil, line: nil)),
        .event(
          .note(.answerUsage(input: 1, output: 2, cost: nil, model: nil), turn: nil, line: nil)),
      ])
  }

  @Test(arguments: [1, 3, Int.max])
  func `text that is copied steers no terminal, and reaches all else as it came`(pieces: Int) {
    let text = "\u{1B}]0;pwn\u{7}Grüße\t\u{1B}[31m red\r\n\u{9B}2J\u{202E}\u{0} 😀 end\n"
    let shown = "␛]0;pwn␇Grüße\t␛[31m red\r\n\u{FFFD}2J\u{FFFD}␀ 😀 end\n"
    for copy in [AnswerReading.Copy.answer(withReasoning: false), .bytes] {
      let toFile = parts(text, pieces: pieces) { ($0.format, $0.copy) = (.text, copy) }
      // Exactly: pieces are cut within characters.
      let bytes = toFile.flatMap { part -> [UInt8] in
        if case .event(.copy(let bytes)) = part { bytes } else { [] }
      }
      #expect(bytes == Array(text.utf8))
      let toTerminal = parts(text, pieces: pieces) {
        ($0.format, $0.copy, $0.isShown) = (.text, copy, true)
      }
      #expect(copied(toTerminal) == shown)
    }
    let torn = parts("a\u{1B}", pieces: pieces) { ($0.format, $0.isShown) = (.text, true) }
    #expect(copied(torn) == "a␛")
  }

  @Test func `tools are announced where that is asked for`() {
    let parts = parts(Self.answer) { $0.announcesTools = true }
    #expect(said(parts) == "I look\n\nfiles read file\n\nIt \u{1B}[31mrains.\n\n|")
    #expect(copied(parts) == "I look\n\nIt \u{1B}[31mrains.\n")
  }

  @Test func `what the model thinks is a paragraph of its own`() {
    let spoken = parts(Self.answer) { $0.speaksReasoning = true }
    #expect(said(spoken) == "Hm. Well.\n\nI look\n\nIt \u{1B}[31mrains.\n\n|")
    #expect(copied(spoken) == "I look\n\nIt \u{1B}[31mrains.\n")
    let shown = parts(Self.answer) { $0.copy = .answer(withReasoning: true) }
    #expect(said(shown) == "I look\n\nIt \u{1B}[31mrains.\n\n|")
    #expect(copied(shown) == "Hm. Well.\n\nI look\n\nIt \u{1B}[31mrains.\n")
  }

  @Test func `on a terminal thoughts are dim, and no text steers it`() {
    let parts = parts(Self.answer) {
      ($0.copy, $0.isShown, $0.dims) = (.answer(withReasoning: true), true, true)
    }
    #expect(
      copied(parts) == "\u{1B}[2mHm. Well.\u{1B}[22m\n\nI look\n\nIt \u{241B}[31mrains.\n")
  }

  @Test(arguments: [1, 7, Int.max])
  func `bytes are copied as they come where that is asked for`(pieces: Int) {
    for stream in [Self.answer, "Plain text.", "data: nothing known\n\n", "{\"error\":\"no\"}"] {
      #expect(copied(parts(stream, pieces: pieces) { $0.copy = .bytes }) == stream)
    }
    #expect(copied(parts("data: nothing known\n\n")) == "data: nothing known\n\n")
  }

  @Test func `plain text is what it is`() {
    #expect(
      parts("Plain\n\ntext.") == [
        .plain(Array("Plain\n\ntext.".utf8)), .event(.copy(Array("Plain\n\ntext.".utf8))),
      ])
  }

  @Test func `answers that follow one another are turns, parted by a blank line`() {
    let parts = parts(Self.delta(#""content":"One.\n""#, finish: #""stop""#) + Self.answer)
    #expect(said(parts) == "One.\n\n\n|I look\n\nIt \u{1B}[31mrains.\n\n|")
    #expect(copied(parts) == "One.\n\nI look\n\nIt \u{1B}[31mrains.\n")
  }

  @Test func `what failed and what was cut is told behind the text`() {
    let failed = parts(Self.delta(#""content":"And th""#) + "data: {\"error\":\"It broke\"}\n\n")
    #expect(
      failed.last { $0 != .event(.copy([0x0A])) }
        == .event(.answerFailed(StreamFailure("It broke", mayPass: true))))
    #expect(copied(failed) == "And th\n")
    let cut = parts(Self.delta(#""content":"And th""#))
    #expect(
      cut.contains(
        .event(
          .answerFailed(StreamFailure("the input ended before the answer did", mayPass: true)))))
  }
}
