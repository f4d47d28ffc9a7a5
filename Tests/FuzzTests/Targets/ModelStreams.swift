@testable import KugelStreams

extension FuzzTarget {
  /// The two ways in which objects are framed, whole against cut; nothing that is too long is held.
  static let eventStreams = FuzzTarget("event-streams") { input in
    var cuts = Cuts(of: input)
    let pieces = cuts.pieces(of: input)
    for limit in [32, 1 << 20] {
      var (whole, cut) = (EventStreamReader(limit: limit), EventStreamReader(limit: limit))
      let expected = whole.read(input) + whole.finish()
      let found = pieces.flatMap { cut.read($0) } + cut.finish()
      try same(found, expected, "events cut anywhere are those of the whole")
      for case .data(let data, line: _) in expected {
        try hold(data.count <= limit, "no event is longer than the limit")
      }
      var (wholeLines, cutLines) = (LineReader(limit: limit), LineReader(limit: limit))
      let lines = wholeLines.read(input) + wholeLines.finish()
      try same(
        pieces.flatMap { cutLines.read($0) } + cutLines.finish(), lines,
        "lines cut anywhere are those of the whole")
      try same(lines.map(\.number), Array(1..<(lines.count + 1)), "lines are counted")
    }
  }

  /// Every format, guessed and named, whole against cut: what is said is the same, in one order.
  static let answers = FuzzTarget("answers") { input in
    var cuts = Cuts(of: input)
    for format in StreamFormat.allCases {
      let whole = said(format, [input[...]])
      try same(
        said(format, cuts.pieces(of: input, upTo: 20)), whole,
        "\(format.rawValue) cut anywhere says the same")
      try hold(
        !whole.dropLast().contains(.cut), "\(format.rawValue): nothing is said behind a cut")
      try hold(
        whole.filter { if case .failed = $0 { true } else { false } }.count <= 1,
        "\(format.rawValue) fails once")
      if format == .text {
        try same(whole, input.isEmpty ? [] : [.plain(input)], "text is what it is")
      }
    }
  }

  private static func said(
    _ format: StreamFormat, _ pieces: [ArraySlice<UInt8>]
  ) -> [StreamEvent] {
    var reader = ModelStreamReader(format)
    let events = pieces.flatMap { reader.read(Array($0)) } + reader.finish()
    return events.reduce(into: []) { all, event in
      switch (all.last, event) {
      case (.text(let one), .text(let other)): all[all.count - 1] = .text(one + other)
      case (.reasoning(let one), .reasoning(let other)):
        all[all.count - 1] = .reasoning(one + other)
      case (.plain(let one), .plain(let other)): all[all.count - 1] = .plain(one + other)
      default: all.append(event)
      }
    }
  }
}
