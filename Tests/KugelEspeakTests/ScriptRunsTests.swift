import Testing

@testable import KugelEspeak

/// The stretches of a text, each with the file of who speaks it; nothing for the chosen voice.
private func runs(_ text: String, _ handle: String = "en-us") -> [String] {
  let cut = ScriptRuns(Array(text.unicodeScalars), handle: handle)
  return cut.runs.map { run in
    var view = String.UnicodeScalarView()
    view.append(contentsOf: cut.scalars[run.range])
    return (run.identifier.map { "\($0):" } ?? "") + String(view)
  }
}

@Suite struct ScriptRunsTests {
  @Test(arguments: [
    ("Hello, world. Ça va? ąęł", ["Hello, world. Ça va? ąęł"]),
    ("He said Привет, мир! and went.", ["He said ", "zle/ru:Привет, мир! ", "and went."]),
    ("see (мир) now", ["see ", "zle/ru:(мир) ", "now"]),
    ("Привет", ["zle/ru:Привет"]),
    ("“Привет”", ["zle/ru:“Привет”"]),
    ("iPhone-ом", ["iPhone-", "zle/ru:ом"]),
    ("мир 5 apples", ["zle/ru:мир ", "5 apples"]),
    ("5 apples 7 мир", ["5 apples 7 ", "zle/ru:мир"]),
    ("мир 5", ["zle/ru:мир ", "5"]),
    ("мир ... ", ["zle/ru:мир ... "]),
    ("мир 5 мир", ["zle/ru:мир 5 мир"]),
    ("дλ", ["zle/ru:д", "λ"]),
    ("нет лόγος", ["zle/ru:нет л", "grk/el:όγος"]),
    ("東京タワー", ["sit/cmn:東京", "jpx/ja:タワー"]),
    ("안녕 नमस्ते", ["ko:안녕 ", "inc/hi:नमस्ते"]),
    ("", []), ("  ", ["  "]), ("5 + 5", ["5 + 5"]),
  ])
  func `every word is spoken by a voice of its script`(text: String, expected: [String]) {
    #expect(runs(text) == expected)
  }

  @Test(arguments: [
    ("Я люблю iPhone, да", "ru", ["Я люблю iPhone, да"]),
    ("Я люблю iPhone, да", "uk", ["Я люблю iPhone, да"]),
    ("日本 and ひらがな", "ja", ["sit/cmn:日本 ", "and ひらがな"]),
    ("مرحبا", "fa", ["مرحبا"]), ("مرحبا", "ru", ["sem/ar:مرحبا"]),
    ("कैसे", "ne", ["कैसे"]), ("मराठी আ", "mr", ["मराठी ", "inc/bn:আ"]),
  ])
  func `a voice keeps its own script, and Latin words`(
    text: String, handle: String, expected: [String]
  ) {
    #expect(runs(text, handle) == expected)
  }

  @Test(arguments: ["Δx is 5 μm", "α and β.", "π/2", "the set Ω"])
  func `a single Greek letter is a name`(text: String) { #expect(runs(text) == [text]) }

  @Test func `letters that nobody reads become spaces`() {
    #expect(runs("a བོད b ខ្មែរ") == ["a     b      "])
    #expect(runs("བོད") == ["   "])
  }

  /// Whatever the text, nothing is doubled or lost, and no run is empty.
  @Test func `runs lie side by side over the whole text`() {
    let parts = ["a", "Привет", "λό", "本", "か", " ", "5", ".", "(", "ང", "́", "🌍", "ا", "한"]
    for seed in 0..<2_000 {
      var rest = seed
      var text = ""
      for _ in 0..<7 {
        text += parts[rest % parts.count]
        rest = rest / 3 + rest * 7 % 1_009
      }
      let cut = ScriptRuns(Array(text.unicodeScalars), handle: "en-us")
      var end = 0
      for run in cut.runs {
        #expect(run.range.lowerBound == end && !run.range.isEmpty, "\(text)")
        end = run.range.upperBound
      }
      #expect(end == text.unicodeScalars.count, "\(text)")
      for (one, next) in zip(cut.runs, cut.runs.dropFirst()) {
        #expect(one.identifier != next.identifier, "\(text)")
      }
    }
  }
}

@Test(arguments: [
  ("a", Script.latin), ("Z", .latin), ("é", .latin), ("ẟ", .latin), ("ϕ", .greek), ("ἀ", .greek),
  ("Ж", .cyrillic), ("ꙮ", .cyrillic), ("Ա", .armenian), ("ש", .hebrew), ("ﬠ", .hebrew),
  ("ی", .arabic),
  ("ﻼ", .arabic), ("ह", .devanagari), ("ি", .bengali), ("ਸ", .gurmukhi), ("ગ", .gujarati),
  ("ଓ", .oriya), ("த", .tamil), ("త", .telugu), ("ಕ", .kannada), ("മ", .malayalam), ("ස", .sinhala),
  ("ท", .thai), ("မ", .myanmar), ("ქ", .georgian), ("한", .hangul), ("ᄒ", .hangul), ("አ", .ethiopic),
  ("Ꮳ", .cherokee), ("か", .kana), ("ー", .kana), ("漢", .han), ("々", .han), ("𠀀", .han),
  ("ལ", .unread), ("ខ", .unread), ("ލ", .unread), ("ᚠ", .unread), ("𓀀", .unread),
])
func `a letter has the script of its block`(letter: String, script: Script) throws {
  #expect(Script.of(try #require(letter.unicodeScalars.first)) == script)
}

@Test(arguments: ["1", ".", " ", "€", "🌍", "\u{301}", "„", "½", "+", "\u{200d}", "、"])
func `what all scripts share has none`(sign: String) throws {
  #expect(Script.of(try #require(sign.unicodeScalars.first)) == nil)
}
