import TestSupport
import Testing

@testable import KugelStreams

@Suite struct FormatGuessTests {
  private func plain(_ text: String) -> StreamEvent { .plain(Array(text.utf8)) }

  @Test(arguments: [
    "Hello", "d", "data", "dat", "e", "event", "Data: x", "[1, 2]", "{hello} world", "{", "{ x }\n",
    "", " \n ", "\n\nHello", "eventually, yes", "database: x", "\u{FEFF}Hello", "\"quoted\"",
    "# A heading\n\ndata: x\n\n", "<think>x</think>", "Thinking...\nx\n...done thinking.\n\ny",
  ])
  func `plain text stays what it is, without a word`(text: String) {
    let expected = text.isEmpty ? [] : [plain(text)]
    #expect(said(.auto, text) == expected)
    #expect(said(.auto, text.utf8.map { [$0] }) == expected)
  }

  @Test(arguments: [
    ("data: the new oil\nis here\n", "a stream of events"), (":-) hello\n", "a stream of events"),
    ("data: x\n\n", "a stream of events"), ("data: {\"a\":1}\n\n", "a stream of events"),
    ("event: dinner", "a stream of events"), (":", "a stream of events"),
    (#"{"a": 1} and so on"#, "an object of JSON"), (#"{"type":"x"}"#, "an object of JSON"),
    ("data: [1]\n\n", "a stream of events"), ("{}", "an object of JSON"),
  ])
  func `what resembles a stream and is none is text, and one line says so`(
    text: String, resembled: String
  ) {
    let expected = [
      StreamEvent.warning(
        "the input resembles \(resembled) and is none that kugel knows: it is read as text"),
      plain(text),
    ]
    #expect(said(.auto, text) == expected)
    #expect(said(.auto, text.utf8.map { [$0] }) == expected)
  }

  @Test func `text is not held back once it cannot be a stream`() {
    for (text, isTextAt) in [
      ("Hello", 1), ("dx", 2), ("datx", 4), ("data ", 5), ("{h", 2), (" x", 2), ("evening", 5),
    ] {
      var reader = ModelStreamReader(.auto)
      var told = 0
      for (index, byte) in text.utf8.enumerated() {
        let events = reader.read([byte])
        if told == 0, !events.isEmpty { told = index + 1 }
      }
      #expect(told == isTextAt, "\(text)")
    }
  }

  @Test func `an event stream is known by its first object, behind comments and its other fields`()
  {
    for (object, format) in [
      (#"{"choices":[]}"#, StreamFormat.openAIChat),
      (#"{"type":"response.created"}"#, .openAIResponses),
      (#"{"type":"message_start"}"#, .anthropic), (#"{"type":"ping"}"#, .anthropic),
      (#"{"content":"","stop":false}"#, .llamaCPP), ("[DONE]", .openAIChat),
    ] {
      for begin in ["", ": hello\n\n:\n", "event: x\nid: 1\n", "\n\n"] {
        var reader = ModelStreamReader(.auto)
        _ = reader.read(Array("\(begin)data: \(object)\n\n".utf8))
        #expect(reader.format == format, "\(begin.debugDescription) \(object)")
      }
    }
  }

  @Test func `lines are known by their first object`() {
    for (object, format) in [
      (#"{"type":"system"}"#, StreamFormat.claude), (#"{"type":"stream_event"}"#, .claude),
      (#"{"type":"assistant"}"#, .claude), (#"{"type":"thread.started"}"#, .codex),
      (#"{"type":"init","model":"m"}"#, .gemini), (#"{"type":"step_start"}"#, .openCode),
      (#"{"type":"session"}"#, .pi), (#"{"model":"m","message":{}}"#, .ollama),
      (#"{"model":"m","response":""}"#, .ollama), (#"{"hook_event_name":"Stop"}"#, .hook),
      (#"{"type":"agent-turn-complete"}"#, .hook), (#"{"type":"a.b","data":{}}"#, .copilot),
      (#"{"type":"init"}"#, .text), (#"{"model":"m"}"#, .text), (#"{"type":"a.b"}"#, .text),
    ] {
      var reader = ModelStreamReader(.auto)
      _ = reader.read(Array(object.utf8))
      #expect(reader.format == format, "\(object)")
    }
  }

  @Test func `JSON that is noticed late is never read aloud`() {
    let stream =
      lines(
        #"{"model":"m","message":{"content":"One. "},"done":false}"#, "{\"broken\": ", "noise",
        "[1]", "null", "\"x\"", #"{"model":"m","message":{"content":"Two."},"done":true}"#)
    #expect(
      said(.auto, stream) == [
        .text("One. "), .warning("line 2 is no object of JSON, and is passed over"),
        .warning("line 3 is no object of JSON, and is passed over"),
        .warning("line 4 is no object of JSON, and is passed over"), .text("Two."), .paragraph,
        .end, .usage(StreamUsage(model: "m")), .warning("2 more are no objects of JSON"),
      ])
  }

  @Test func `bytes that are no text cost a letter`() {
    let line =
      Array(#"{"model":"m","message":{"content":"a"#.utf8) + [0xFF, 0xC3]
      + Array(#"b"},"done":true}"#.utf8)
    #expect(text(of: said(.ollama, [line])) == "a\u{FFFD}\u{FFFD}b\n\n")
  }
}

/// What must hold of any input.
@Suite struct AnyInputTests {
  private static let streams: [(StreamFormat, String)] = [
    (
      .openAIChat,
      events(
        #"{"choices":[{"index":0,"delta":{"content":"Good \ud83d\ude00 "}}]}"#,
        #"{"choices":[{"index":0,"delta":{"content":"mörning."},"finish_reason":"stop"}]}"#)
    ),
    (
      .claude,
      lines(
        #"{"type":"system"}"#,
        #"{"type":"assistant","message":{"id":"a","content":[{"type":"text","text":"Good."}]}}"#,
        #"{"type":"result"}"#)
    ),
    (.ollamaRun, "Thinking...\nwell\n...done thinking.\n\nYes."),
    (.hook, #"{"hook_event_name":"Stop","last_assistant_message":"Done."}"#),
  ]

  @Test func `a stream that is cut anywhere says the beginning of what it says whole`() {
    for (format, stream) in Self.streams {
      let bytes = Array(stream.utf8)
      let whole = text(of: said(format, [bytes]))
      for count in 0..<bytes.count {
        let cut = said(format, [bytes[..<count]])
        // What is cut ends its paragraph.
        let said = text(of: cut).replacing(#/\n\n$/#, with: "")
        #expect(whole.hasPrefix(said), "\(format) at \(count)")
        #expect(!cut.contains(.cut) || !cut.contains(.end), "\(format) at \(count)")
      }
    }
  }

  @Test func `however a stream is spoilt and cut, it says the same`() {
    var generator = SeededGenerator(seed: 17)
    for (format, stream) in Self.streams {
      for _ in 0..<300 {
        let bytes = generator.mutated(Array(stream.utf8))
        for format in [format, .auto] {
          let whole = said(format, [bytes])
          #expect(said(format, generator.split(bytes, upTo: 9)) == whole)
          #expect(said(format, bytes.map { [$0] }) == whole)
        }
      }
    }
  }
}
