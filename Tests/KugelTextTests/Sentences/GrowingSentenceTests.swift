import KugelText
import TestSupport
import Testing

@Test(arguments: [
  ("en", "Hello."), ("en", "Really?"), ("en", "No!"), ("en", "He said \"Go.\""), ("en", "Wait..."),
  ("en", "Well…"), ("en", "It was (so)."), ("en", "In 1999. "), ("en", "In 1999.\n"), ("de", "Ja."),
  ("ja", "はい。"), ("hi", "हाँ।"), ("ar", "نعم؟"), ("en", "He said no."), ("en", "Is it 3?"),
  ("fr", "Oui !"),
])
func `a finished sentence at the end of the text so far is handed over at once`(
  language: String, text: String
) {
  var splitter = SentenceSplitter(language: language)
  #expect(
    splitter.append(text).joined() + (text.last?.isWhitespace == true ? String(text.suffix(1)) : "")
      == text)
}

@Test(arguments: [
  ("en", "It is 3."), ("en", "Dr."), ("en", "pears, etc."), ("en", "J."), ("en", "The U.S."),
  ("en", "The U.S. "), ("en", "See example.com."), ("en", "At http://a.b/c?"), ("en", "Like ."),
  ("de", "am 3. "), ("de", "am 3. Okto"), ("de", "z. B."), ("en", "Write to a@b."), ("en", "www."),
  ("en", "see No. "), ("de", "Ludwig XIV."), ("en", "<prosody rate='fast'>Hi."),
  ("en", "<spell>a."),
])
func `what can still change waits, and the end of the text lets it go`(
  language: String, text: String
) {
  var splitter = SentenceSplitter(language: language)
  #expect(splitter.append(text) == [])
  #expect(splitter.finish().joined().hasPrefix(text))
  #expect(splitter.pendingCount == 0)
}

@Test func `three and a point wait for fourteen`() {
  var splitter = SentenceSplitter(language: "en")
  #expect(splitter.append("Pi is 3.") == [])
  #expect(splitter.append("14") == [])
  #expect(splitter.append(" about.") == ["Pi is 3.14 about."])
}

@Test func `a closing quote that comes after its sentence goes to the next and is never alone`() {
  var splitter = SentenceSplitter(language: "en")
  #expect(splitter.append("\"Go.") == ["\"Go."])
  #expect(splitter.append("\"") == [])
  #expect(splitter.append(" ..") == [])
  #expect(splitter.append(" He went.") == ["\" .. He went."])
  #expect(splitter.append(" ?!") == [])
  #expect(splitter.finish() == [" ?!"])
}

@Test func `release gives up waiting but keeps an incomplete tag`() {
  var splitter = SentenceSplitter(language: "en")
  #expect(splitter.append("Dr. No <bre") == [])
  #expect(splitter.release() == ["Dr. No "])
  #expect(splitter.isPendingSpeakable == false)
  #expect(splitter.append("ak/> Yes.") == ["<break/> Yes."])
}

private let vocabulary = [
  "the", "cat", "Dr.", "Mrs.", "etc.", "U.S.", "3.14", "Fig.", "Mail", "a@b.org", "www.x.com",
  "then",
  "Smith", "J.", "5", "end.", "What?", "Stop!", "e.g.", "two.", "7.", "x<y", "<em>so</em>",
  "<spell>A.B</spell>", "<break/>", "語。", "naïve", "\n\n", "p.m.",
  "<prosody rate=\"slow\">Go. On.</prosody>",
]

@Test func `any split of a text into tokens gives the sentences of the whole`() {
  var random = SeededGenerator(seed: 2)
  for _ in 0..<1500 {
    let words = (0..<Int.random(in: 1...14, using: &random)).map { _ in
      vocabulary.randomElement(using: &random) ?? ""
    }
    let text = words.joined(separator: " ") + " "
    let language = ["en", "de", "fr", nil].randomElement(using: &random) ?? nil
    var whole = SentenceSplitter(language: language)
    let expected = whole.append(text) + whole.finish()
    #expect(expected.joined() == text)
    var splitter = SentenceSplitter(language: language)
    var pieces: [String] = []
    for token in random.tokens(of: text, upTo: 5) { pieces += splitter.append(token) }
    pieces += splitter.finish()
    #expect(pieces.joined() == text)
    #expect(pieces.map(squeezed) == expected.map(squeezed), "\(text) \(language ?? "-")")
  }
}

@Test func `nothing is lost of any text, however it comes`() {
  var random = SeededGenerator(seed: 3)
  let alphabet =
    Array(".?!…,<>/\"'»« \n\ta1Z語。」é🙂-@:<spel>break ").map(String.init) + ["<spell>", "</spell>"]
  for _ in 0..<3000 {
    let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in
      alphabet.randomElement(using: &random) ?? ""
    }.joined()
    var splitter = SentenceSplitter(language: "en", pieceLimit: 20)
    var pieces: [String] = []
    for token in random.tokens(of: text, upTo: 6) {
      pieces += splitter.append(token)
      if Int.random(in: 0..<8, using: &random) == 0 { pieces += splitter.release() }
    }
    pieces += splitter.finish()
    let joined = pieces.joined()
    #expect(joined.unicodeScalars.starts(with: text.unicodeScalars))
    #expect(
      "</spell>".hasSuffix(
        joined.unicodeScalars.dropFirst(text.unicodeScalars.count).map(String.init).joined()))
  }
}

// Read again from its start, or its last sentence's, at each scalar, any of these takes minutes.
@Test(arguments: [
  "a", "a ", "Dr. ", "3.", "....", "\"", "<", "<a ", "a<spell>", " \n", "@", "J. ", "a \"", "?)",
])
func `a long text of one kind is read in linear time, scalar by scalar`(unit: String) {
  var splitter = SentenceSplitter(language: "de", pieceLimit: 400)
  var count = 0
  let units = 16_000 / unit.count
  for _ in 0..<units {
    for scalar in unit.unicodeScalars {
      count += splitter.append(String(scalar)).reduce(0) { $0 + $1.unicodeScalars.count }
    }
  }
  count += splitter.finish().reduce(0) { $0 + $1.unicodeScalars.count }
  #expect(count >= units * unit.count)
}

@Test(arguments: [
  ("We flew to the U.S.", " Government said so.", ["We flew to the"], ["U.S. Government said so."]),
  ("He met John F.", " Kennedy.", ["He met John"], ["F. Kennedy."]),
  ("It was Jan.", " 5.", ["It was"], ["Jan. 5."]), ("It was so.", " He left.", [], ["He left."]),
  ("See plan b.", " It works.", ["See plan b."], ["It works."]),
])
func `a pause of the writer does not part an abbreviation from what it needs`(
  first: String, then: String, atOnce: [String], later: [String]
) {
  var splitter = SentenceSplitter(language: "en")
  _ = splitter.append(first)
  #expect(splitter.release().map(squeezed) == atOnce.map(squeezed))
  #expect((splitter.append(then) + splitter.finish()).map(squeezed) == later.map(squeezed))
}
