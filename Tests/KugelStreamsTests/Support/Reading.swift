import KugelStreams
import TestSupport
import Testing

/// What a stream says, texts that follow one another as one.
func said(_ format: StreamFormat, _ pieces: [some Collection<UInt8>]) -> [StreamEvent] {
  var reader = ModelStreamReader(format)
  var events: [StreamEvent] = []
  for piece in pieces { events += reader.read(Array(piece)) }
  return joined(events + reader.finish())
}

func said(_ format: StreamFormat, _ stream: String) -> [StreamEvent] {
  said(format, [Array(stream.utf8)])
}

private func joined(_ events: [StreamEvent]) -> [StreamEvent] {
  events.reduce(into: []) { all, event in
    switch (all.last, event) {
    case (.text(let one), .text(let other)): all[all.count - 1] = .text(one + other)
    case (.reasoning(let one), .reasoning(let other)):
      all[all.count - 1] = .reasoning(one + other)
    case (.plain(let one), .plain(let other)): all[all.count - 1] = .plain(one + other)
    default: all.append(event)
    }
  }
}

/// Checks what a stream says: whole, byte by byte, at random cuts, and as `auto` reads it.
///
/// - Parameter isGuessed: whether the first bytes tell the format.
func expect(
  _ format: StreamFormat, _ stream: String, says expected: [StreamEvent], isGuessed: Bool = true,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let bytes = Array(stream.utf8)
  #expect(said(format, [bytes]) == expected, "whole", sourceLocation: sourceLocation)
  #expect(
    said(format, bytes.map { [$0] }) == expected, "byte by byte", sourceLocation: sourceLocation)
  for seed in 1...8 as ClosedRange<UInt64> {
    var generator = SeededGenerator(seed: seed)
    let pieces = generator.split(bytes, upTo: 40)
    #expect(said(format, pieces) == expected, "cuts \(seed)", sourceLocation: sourceLocation)
  }
  if isGuessed {
    #expect(said(.auto, [bytes]) == expected, "guessed", sourceLocation: sourceLocation)
    #expect(
      said(.auto, bytes.map { [$0] }) == expected, "guessed byte by byte",
      sourceLocation: sourceLocation)
  }
}

/// Server-sent events of these data, one after another.
func events(_ data: String...) -> String { data.map { "data: \($0)\n\n" }.joined() }

/// One object a line.
func lines(_ objects: String...) -> String { objects.map { $0 + "\n" }.joined() }

/// The text of an answer, paragraphs as blank lines.
func text(of events: [StreamEvent]) -> String {
  events.map { event in
    switch event {
    case .text(let text): text
    case .paragraph: "\n\n"
    default: ""
    }
  }.joined()
}
