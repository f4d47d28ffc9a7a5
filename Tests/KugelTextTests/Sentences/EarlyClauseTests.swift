import KugelText
import Testing

/// What may be spoken of a sentence that has not ended.
private func clause(_ text: String, language: String = "en") -> String? {
  var splitter = SentenceSplitter(language: language)
  #expect(splitter.append(text) == [])
  return splitter.takeClause()
}

private let many = "one two three four five six seven eight nine ten eleven twelve thirteen"

@Test(
  arguments: [
    ("en", "Once upon a time, in a la", "Once upon a time, in a la", nil),
    ("en", "There was once upon a time, in a la", "There was once upon a time, ", "in a la"),
    ("en", "There was once upon a time,", nil, nil),
    ("en", "There was once upon a time, ", nil, nil),
    (
      "en", "There was once upon a time, in a land, fa", "There was once upon a time, in a land, ",
      ""
    ),
    ("en", "It costs about twenty-nine, maybe 3,500 or s", "It costs about twenty-nine, ", ""),
    ("de", "Es war einmal vor langer Zeit – so sagt man", "Es war einmal vor langer Zeit – ", ""),
    ("en", "Whatever it may be called we ask Dr. Smith he", nil, nil),
    ("en", "<prosody rate='slow'>There was once upon a time, in a la", nil, nil),
    ("en", "There was once <spell>upon a time, in</spell> a la", nil, nil),
    (
      "en", "The train to the city leaves at half past nine and we wi",
      "The train to the city leaves at half past nine ", ""
    ),
    (
      "fr", "Le train pour la grande ville part à neuf heures et demie et nou",
      "Le train pour la grande ville part à neuf heures et demie ", ""
    ),
    ("en", many, nil, nil),
    (
      "en", many + " fourteen fifteen sixteen seventeen eighte",
      many + " fourteen fifteen sixteen seventeen ", ""
    ),
  ] as [(String, String, String?, String?)])
func `the beginning of a sentence ends at a clause, once it is long enough`(
  language: String, text: String, expected: String?, rest: String?
) {
  let found = clause(text, language: language)
  if text == expected {
    #expect(found == nil)
  } else {
    #expect(found == expected)
  }
}

@Test func `what is left goes on, and its sentence ends where it did`() {
  var splitter = SentenceSplitter(language: "en")
  #expect(splitter.append("There was once upon a time, in a la") == [])
  #expect(splitter.takeClause() == "There was once upon a time, ")
  #expect(splitter.takeClause() == nil)
  #expect(splitter.append("nd far away. And") == ["in a land far away."])
  #expect(splitter.finish() == [" And"])
}

@Test(arguments: [
  ("We use Node.", "js today.", ["We use Node.js today."]),
  ("We use Node.", " It is fast.", ["We use Node.", " It is fast."]),
  ("Not ASP.", "NET but Go.", ["Not ASP.NET but Go."]),
])
func `a name that may go on behind its stop waits for that`(
  first: String, second: String, expected: [String]
) {
  var splitter = SentenceSplitter(language: "en")
  #expect(splitter.append(first) == [])
  #expect(splitter.append(second) == expected)
}

@Test(arguments: [
  "Next.", "What is a node.", "The next one.", "It is a Nodes.", "I ask you to React!",
])
func `other sentences do not wait`(text: String) {
  var splitter = SentenceSplitter(language: "en")
  #expect(splitter.append(text) == [text])
}

@Test(arguments: [
  ("\n\nTwo", 2, false), (" \nTwo", 0, false), ("<break/> Two", 9, true),
  (" <break></break>", 16, true),
  ("\n\n<break/>\n\nTwo", 12, true), ("Two", 0, false), ("<b>Two", 0, false), ("", 0, false),
])
func `what begins a piece may be the pause of the one before`(
  piece: String, count: Int, hasBreak: Bool
) {
  let found = SentenceSplitter.pauseCount(before: piece)
  #expect(found.count == count && found.hasBreak == hasBreak)
}
