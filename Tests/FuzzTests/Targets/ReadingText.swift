import KugelReading
import KugelText

extension FuzzTarget {
  /// From bytes to what is said of them, by every choice of filters: whole against cut, with what waits
  /// bounded, and no letter lost that no rule names.
  static let reading = FuzzTarget("reading") { input in
    var cuts = Cuts(of: input)
    // What is refused is so by its beginning.
    guard let text = decoded([input[...]]), let again = decoded(cuts.pieces(of: input)) else {
      return
    }
    try same(again, text, "bytes cut anywhere are the text of the whole")
    let filters = filters(&cuts)
    let language = ["en", "de", "fr", "pl", "ja", nil][Int(cuts.next() % 6)]
    let target = TextTarget(language: language, takesIPA: cuts.next() % 2 == 0)
    let whole = try said([text], filters, target)
    let found = try said(cuts.texts(of: text), filters, target)
    try same(found.string, whole.string, "a text cut anywhere is said as the whole")
    try same(found, whole, "its places and marks are those of the whole: \(text.debugDescription)")
    try liesInSource(whole, of: text.unicodeScalars.count)
    try survivesPauses(text, filters, target, &cuts)
    try losesNothing(plain(text))
  }

  /// Scalars that may wait: a row of a table, and the line under it.
  private static let longestWait = 1100

  private static func decoded(_ pieces: [ArraySlice<UInt8>]) -> String? {
    var decoder = TextDecoder()
    var text = ""
    do {
      for piece in pieces { text += try decoder.decode(piece) }
      return try text + decoder.finish()
    } catch {
      return nil
    }
  }

  private static func filters(_ cuts: inout Cuts) -> TextFilters {
    var filters = TextFilters(.init(rawValue: Int(cuts.next() % 32)))
    filters.code = CodePolicy.allCases[Int(cuts.next() % 3)]
    filters.tables = TablePolicy.allCases[Int(cuts.next() % 3)]
    filters.links = LinkPolicy.allCases[Int(cuts.next() % 4)]
    filters.emoji = EmojiPolicy.allCases[Int(cuts.next() % 2)]
    filters.marksSentences = cuts.next() % 4 == 0
    filters.marksLines = cuts.next() % 2 == 0
    if cuts.next() % 4 == 0 {
      filters.lexicon = Lexicon([
        .init(word: "a", replacement: "b c"), .init(word: "A b", ipa: "aː"),
        .init(word: "é", replacement: "e", caseSensitive: true, language: "fr"),
      ])
    }
    return filters
  }

  private static func said(
    _ pieces: [String], _ filters: TextFilters, _ target: TextTarget
  ) throws(Finding) -> SourcedText {
    var pipeline = TextPipeline(filters, for: target)
    let now = ContinuousClock.now
    var text = SourcedText()
    for piece in pieces {
      text.append(pipeline.feed(piece, at: now))
      try hold(
        pipeline.heldCount <= longestWait, "what waits is bounded, but it is \(pipeline.heldCount)")
    }
    text.append(pipeline.finish())
    try same(pipeline.heldCount, 0, "nothing waits behind the end")
    return text
  }

  private static func liesInSource(_ text: SourcedText, of count: Int) throws(Finding) {
    try same(text.map.count, text.count, "each scalar has its place")
    for index in 0..<text.count {
      let place = text.source(of: index..<index + 1)
      try hold(
        place.lowerBound >= 0 && place.upperBound <= count, "the place \(place) lies in the text")
    }
  }

  /// With pauses of the writer the text may come out otherwise, but it comes.
  private static func survivesPauses(
    _ text: String, _ filters: TextFilters, _ target: TextTarget, _ cuts: inout Cuts
  ) throws(Finding) {
    var pipeline = TextPipeline(filters, for: target)
    var now = ContinuousClock.now
    for piece in cuts.texts(of: text) {
      _ = pipeline.feed(piece, at: now)
      if cuts.next() % 4 == 0 {
        now += TextPipeline.patience
        _ = pipeline.tick(at: now)
        now += TextPipeline.longPatience
        _ = pipeline.tick(at: now)
        try hold(pipeline.deadline == nil, "a pause is waited for once, and a long one")
      }
    }
    _ = pipeline.finish()
    try same(pipeline.heldCount, 0, "nothing waits behind the end")
  }

  // MARK: Nothing is lost

  /// The text with a blank for everything that a rule may name: all but letters, digits, stops and ends of
  /// lines.
  private static func plain(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isPlain = isASCIIWord(scalar) || ".!?*\n".unicodeScalars.contains(scalar)
      // Four of them at a line's start would be code.
      if !isPlain, view.last == " " || view.last == "\n" { continue }
      view.append(isPlain ? scalar : " ")
    }
    return String(view)
  }

  private static func isASCIIWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }

  private static func losesNothing(_ text: String) throws(Finding) {
    guard !text.lowercased().contains("www.") else { return }
    let spoken = try said(
      [text], TextFilters([.markdown, .think, .emoji]), TextTarget(language: "en"))
    var wanted = text.unicodeScalars.filter(isASCIIWord).map(\.self)[...]
    for scalar in spoken.scalars where wanted.first == scalar { wanted.removeFirst() }
    try hold(
      wanted.isEmpty,
      "no letter is lost: \(text.debugDescription) is \(spoken.string.debugDescription)"
    )
  }
}
