@testable import KugelScreenplay

extension FuzzTarget {
  /// Scripts, as lines and as JSON: whole against cut, and each item against its JSON form read again.
  static let screenplay = FuzzTarget("screenplay") { input in
    var options = Screenplay.Options()
    options.engines = ["tone", "espeak"]
    for casts in [false, true] {
      options.castsUndeclared = casts
      var whole = Screenplay(options: options)
      let pieces = whole.append(input.text) + whole.finish()
      var cut = Screenplay(options: options)
      var cuts = Cuts(of: input)
      var found: [Screenplay.Piece] = []
      for text in cuts.texts(of: input.text) { found += cut.append(text) }
      found += cut.finish()
      try same(found, pieces, "a script cut anywhere is the script as a whole")
      let items = pieces.compactMap { piece in if case .item(let item) = piece { item } else { nil }
      }
      _ = ScriptSummary(items)
      try surviveWriting(items, options)
      for case .error(let error) in pieces {
        try hold(error.line > 0 && error.column > 0, "an error has a place")
        _ = error.shown(in: "script")
      }
    }
  }

  private static func surviveWriting(
    _ items: [ScriptItem], _ options: Screenplay.Options
  ) throws(Finding) {
    var reader = Screenplay(options: options)
    let lines = items.map(\.json)
    let pieces = reader.append(lines.map { $0 + "\n" }.joined()) + reader.finish()
    try same(pieces.count, items.count, "an item written as JSON is one item:\n\(lines)")
    for (item, piece) in zip(items, pieces) {
      guard case .item(let again) = piece else {
        throw Finding(description: "an item written as JSON is refused: \(item.json): \(piece)")
      }
      try same(again.json, item.json, "an item written as JSON is read as it was")
    }
  }
}
