import KugelReading
import KugelText
import TestSupport
import Testing

private let parts = [
  "*", "**", "_", "`", "```", "~~~", "#", "# ", "- ", "1. ", "> ", "|", "|-|-|\n", "[", "](", ")",
  "!", "<", ">",
  "</", "<b>", "<spell>", "</spell>", "<break/>", "<think>", "</think>", "\n", "\n\n", "  \n", "\r",
  " ", "\t",
  "word", "Zwei", "é", "e\u{301}", "日本", "😀", "👩‍👧", "\u{200D}", "3", "14", ".", ",", "3.50", "$",
  "€", "5 km", "%",
  "https://", "www.", "a.b", "&amp;", "&", "\\", "\\(", "$$", "\u{1B}[1m", "\u{1B}]8;;", "\u{7}",
  "\u{8}", "-", "–",
  "(", "\"", ":", "/", "14:30", "Jan", "IV", "Dr.", "=", "===\n", "---\n", "    ", "[^1]", "[x]: ",
  "<!--", "-->", "@",
]

@Test func `random texts come out the same however they are cut, and never crash`() {
  var random = SeededGenerator(seed: 20)
  let languages = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", nil, "ja"]
  for round in 0..<300 {
    var text = ""
    for _ in 0..<random.below(30) + 1 { text += parts[random.below(parts.count)] }
    var filters = TextFilters(.init(rawValue: random.below(32)))
    filters.code = CodePolicy.allCases[random.below(3)]
    filters.tables = TablePolicy.allCases[random.below(3)]
    filters.links = LinkPolicy.allCases[random.below(4)]
    filters.emoji = EmojiPolicy.allCases[random.below(2)]
    filters.marksSentences = random.below(4) == 0
    filters.marksLines = random.below(2) == 0
    let language = languages[round % languages.count]
    let whole = said(text, filters, language: language)
    for size in [1, 2, 9] {
      let cut = said(random.tokens(of: text, upTo: size), filters, language: language)
      #expect(cut == whole, "round \(round): \(text.debugDescription)")
    }
    // Every part leads to a place of the source.
    let count = text.unicodeScalars.count
    for index in 0..<whole.count {
      let place = whole.source(of: index..<index + 1)
      #expect(place.lowerBound >= 0 && place.upperBound <= count)
    }
  }
}

@Test func `random bytes are decoded and spoken without a crash, and what waits is bounded`() {
  var random = SeededGenerator(seed: 21)
  let now = ContinuousClock.now
  for _ in 0..<60 {
    let seed = Array(parts.map { _ in parts[random.below(parts.count)] }.joined().utf8)
    let bytes = random.mutated(random.mutated(seed))
    var decoder = TextDecoder()
    var pipeline = TextPipeline(TextFilters(.all), for: TextTarget(language: "en"))
    do {
      for piece in random.split(bytes, upTo: 12) {
        _ = pipeline.feed(try decoder.decode(piece), at: now)
        #expect(pipeline.heldCount <= 1100)
        if random.below(10) == 0 { _ = pipeline.tick(at: now + .seconds(1)) }
      }
      _ = pipeline.feed(try decoder.finish(), at: now)
    } catch {
      // Bytes that are no text are refused.
    }
    _ = pipeline.finish()
    #expect(pipeline.heldCount == 0)
  }
}

@Test func `no letter or digit is lost that no rule names`() {
  var random = SeededGenerator(seed: 22)
  let harmless = [
    "word", "Zwei", "été", "日本", "7", "12", "*", "**", "_", "- ", "# ", "> ", "\n", "\n\n", " ",
    ", ", ". ", "! ", "(", ")",
    "\"", "<", ">", "a < b", "[", "]", "|", "~", "=", "+", "'", "/", ":", ";", "%", "@",
  ]
  for _ in 0..<400 {
    var text = ""
    for _ in 0..<random.below(24) + 1 { text += harmless[random.below(harmless.count)] }
    let spoken = said(text, TextFilters([.markdown, .emoji, .url, .think])).string
    let letters = { (text: String) in
      text.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
        .map { $0 }
    }
    var wanted = letters(text)[...]
    for scalar in letters(spoken) where wanted.first == scalar { wanted.removeFirst() }
    #expect(wanted.isEmpty, "\(text.debugDescription) became \(spoken.debugDescription)")
  }
}
