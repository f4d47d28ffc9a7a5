import TestSupport
import Testing

@testable import KugelText

/// Runs in short: texts as they are, pauses as "|400", speeds as "@0.8 text".
private func runs(_ chunk: String, language: String? = "en") throws -> [String] {
  try SpeechMarkup.parse(chunk, language: language).runs.map { run in
    switch run {
    case .pause(let milliseconds): "|\(milliseconds)"
    case .speech(let text, let speed): speed.map { "@\($0) \(text.string)" } ?? text.string
    }
  }
}

@Test(arguments: [
  ("en", "<spell>API</spell>", "A, P, I"),
  ("en", "<spell group=\"2\">A4B9XZ</spell>", "A 4, B 9, X Z"),
  ("en", "<spell group='2'>A4 B9</spell>", "A, 4, space, B, 9"),
  (
    "en", "<spell>kajo@kugelaudio.com</spell>",
    "K, A, J, O, at, K, U, G, E, L, A, U, D, I, O, dot, C, O, M"
  ),
  ("de", "<spell>test@beispiel.de</spell>", "T, E, S, T, ät, B, E, I, S, P, I, E, L, Punkt, D, E"),
  ("fr", "<spell>a-b_c.d@</spell>", "A, tiret, B, underscore, C, point, D, arobase"),
  ("es", "<spell>a-b_c.d@</spell>", "A, guión, B, guión bajo, C, punto, D, arroba"),
  ("it", "<spell>a@.</spell>", "A, chiocciola, punto"),
  ("nl-BE", "<spell>#</spell>", "hekje"), ("sv", "<spell>a@.</spell>", "A, at, dot"),
  ("en", "<spell>‰☃</spell>", "per mille, ☃"),
  ("de", "Code: <spell>ß1 x</spell>.", "Code: ß, 1, Leerzeichen, X."),
  ("en", "Say <spell>AB", "Say A, B"),
  ("en", "x<spell>a</spell>y", "x A y"),
  ("en", "<SPELL>a<b></SPELL>", "A"),
  ("en", "<spell>a<1</spell>", "A, less than, 1"),
  ("en", "a <em>b</em> c < d", "a b c < d"),
  ("en", "stray</spell> end</break>", "stray end"),
  ("en", "say /həˈləʊ/ now", "say /həˈləʊ/ now"),
  ("en", "Replace <your-name> with it.", "Replace your-name with it."),
  ("en", "press <Enter>, a List<String>x", "press Enter, a List String x"),
])
func `a chunk becomes what is spoken`(language: String, chunk: String, spoken: String) throws {
  #expect(try runs(chunk, language: language) == [spoken])
}

@Test(
  arguments: [
    ("<break/>", 200), ("<break time=\"400ms\"/>", 400), ("<break time='1.5s'/>", 500),
    ("<break time=\"300ms\"/>", 400), ("<break time=\"299ms\"/>", 200),
    ("<break time=\"450ms\"/>", 500),
    ("<break time=\"449ms\"/>", 400), ("<break time=\".3s\"></break>", 400),
    ("<BREAK strength=\"weak\"/>", 200),
    ("<break strength='x-weak'/>", 200), ("<break strength='medium'/>", 200),
    ("<break strength='strong'/>", 500),
    ("<break strength='x-strong'/>", 500), ("<break time='soon'/>", 200),
    ("<break strength='none'/>", nil),
  ] as [(String, Int?)])
func `pauses snap to the lengths that the service has`(tag: String, milliseconds: Int?) throws {
  #expect(
    try runs("One \(tag) two.")
      == (milliseconds.map { ["One", "|\($0)", "two."] } ?? ["One  two."]))
}

@Test(
  arguments: [
    ("<break/>", 200), ("<break time=\"100ms\"/>", 100), ("<break time='3s'/>", 3000),
    ("<break time='0.25s'/>", 250), ("<break time='1h'/>", 200), ("<break time='99s'/>", 10_000),
    ("<break strength='strong'/>", 500), ("<break time='0ms'/>", nil),
  ] as [(String, Int?)])
func `pauses are as long as they are asked for where there is no service to be like`(
  tag: String, milliseconds: Int?
) throws {
  let marked = try SpeechMarkup.parse("One \(tag) two.", breaks: .exact(most: 10_000))
  let pauses = marked.runs.compactMap { run -> Int? in
    if case .pause(let milliseconds) = run { milliseconds } else { nil }
  }
  #expect(pauses == (milliseconds.map { [$0] } ?? []))
}

@Test(arguments: [
  ("One.\n\n", ["One.\n\n"]), ("\n \nOne.\n", ["\n\nOne."]), ("\nOne. ", ["One."]),
  ("One.\u{2029}<break/>\r\n\r\nTwo.", ["One.\n\n", "|200", "\n\nTwo."]),
  ("\n\n<break/>", ["|200"]),
])
func `a blank line at the ends of a run stays, other white space goes`(
  chunk: String, expected: [String]
) throws {
  #expect(try runs(chunk) == expected)
}

@Test(arguments: ["en", "de", "fr", "es"])
func `every sign of a keyboard has a name in the language`(language: String) {
  let signs = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ §€£°´“”„…–—«»¿¡"
  let names = SpellNames.of(language)
  let english = SpellNames.of("en")
  for sign in signs.unicodeScalars {
    #expect(names[sign]?.isEmpty == false, "\(sign)")
  }
  if language != "en" {
    // Names that two languages share.
    let same = signs.unicodeScalars.filter { names[$0] == english[$0] }
    #expect(same.count < 10, "\(same)")
  }
}

@Test func `pauses chain, and punctuation left beside them is not spoken`() throws {
  #expect(try runs("<break/><break time='500ms'/>.") == ["|200", "|500"])
}

@Test(arguments: [
  ("slow", 0.8), ("medium", 1.0), ("fast", 1.2), ("0.8", 0.8), ("1.15", 1.15), ("1.2", 1.2),
])
func `prosody gives its span a speed`(rate: String, speed: Double) throws {
  let chunk = "One <prosody rate=\"\(rate)\">two <break/><spell>ab</spell></prosody> three."
  #expect(try runs(chunk) == ["One", "@\(speed) two", "|200", "@\(speed) A, B", "three."])
}

@Test(arguments: [
  "<prosody>a</prosody>", "<prosody rate=\"0.7\">a</prosody>", "<prosody rate=\"1.21\">a</prosody>",
  "<prosody rate=\"quick\">a</prosody>", "<prosody rate=slow>a</prosody>",
  "<prosody rate=\"slow\">a",
  "a</prosody>", "<prosody rate=\"slow\"><prosody rate=\"fast\">a</prosody></prosody>",
  "<prosody rate=\"slow\" pitch=\"1\">a</prosody>", "<prosody rate=\"slow\"/>",
  "<prosody rate=\"slow",
  "<prosody", "<prosody rate=\"nan\">a</prosody>", "<prosody rate=\"90%\">a</prosody>",
])
func `malformed prosody is refused`(chunk: String) {
  #expect(throws: MarkupError.self) { try SpeechMarkup.parse(chunk) }
  #expect(throws: MarkupError.self) { try SpeechMarkup.check(chunk) }
}

@Test func `spoken offsets lead back to the chunk`() throws {
  let chunk = " Hi <em>you</em>: <spell>a.</spell> end"
  let run = try #require(try SpeechMarkup.parse(chunk, language: "de").runs.first)
  guard case .speech(let text, nil) = run else {
    Issue.record("no plain speech: \(run)")
    return
  }
  #expect(text.string == "Hi you: A, Punkt end")
  let scalars = Array(chunk.unicodeScalars)
  func source(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(scalars[text.source(of: range)]))
  }
  #expect(text.count == 20)
  #expect(source(0..<2) == "Hi")
  #expect(source(3..<6) == "you")
  #expect(source(8..<9) == "a")
  #expect(source(11..<16) == ".")
  #expect(source(17..<20) == "end")
  #expect(source(17..<99) == "end")
}

@Test func `verbatim text maps to itself`() throws {
  var random = SeededGenerator(seed: 6)
  let parts = ["word", " ", "é", "🙂", "<i>", "</i>", "1", ".", "x"]
  for _ in 0..<1000 {
    let chunk = (0..<20).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    let scalars = Array(chunk.unicodeScalars)
    for run in try SpeechMarkup.parse(chunk).runs {
      guard case .speech(let text, _) = run else { continue }
      for (offset, scalar) in text.scalars.enumerated() {
        #expect(scalars[text.source(of: offset..<(offset + 1))].elementsEqual([scalar]))
      }
    }
  }
}
