import KugelServiceCore
import KugelText
import TestSupport
import Testing

private let start = ContinuousClock.now

@Test func `a sentence is a chunk as soon as it is finished`() {
  var buffer = TextBuffer()
  #expect(buffer.append("Hello wor", at: start) == [])
  #expect(buffer.append("ld", at: start) == [])
  #expect(buffer.append(".", at: start) == ["Hello world."])
  #expect(buffer.append(" One. Two! And", at: start) == ["One.", "Two!"])
  #expect(buffer.flush() == ["And"])
  #expect(buffer.isEmpty)
}

@Test(
  arguments: [
    (
      ["Chapter One\n\nIt was night. \n\n It rained."],
      ["Chapter One\n\n", "It was night.\n\n", "It rained."]
    ),
    (["One.", "\n\nTwo."], ["One.", "\n\nTwo."]), (["One\n", "\nTwo."], ["One\n\n", "Two."]),
    (["\n\nOne.\n\n\n\nTwo."], ["One.\n\n", "Two."]),
    (["One\n\n", "\n\nTwo."], ["One\n\n", "Two."]),
    (["One.\nTwo.\n"], ["One.", "Two."]), (["One.\n\n"], ["One."]),
    (["One.<break time=\"800ms\"/> Two."], ["One.<break time=\"800ms\"/>", "Two."]),
    (["One.\n\n<break time=\"800ms\"/>Two."], ["One.\n\n<break time=\"800ms\"/>", "Two."]),
    (["One.", "<break/> Two."], ["One.", "<break/> Two."]), (["One.<break/>"], ["One.<break/>"]),
    (["One.<break/> Two"], ["One.<break/>", "Two"]),
    (["One.\n\nTwo", " and three."], ["One.\n\n", "Two and three."]),
    (["One.<break/> <spell>A", "B</spell>"], ["One.<break/>", "<spell>AB</spell>"]),
  ])
func `a pause is a part of the chunk before it, if it is known by then`(
  texts: [String], expected: [String]
) {
  var buffer = TextBuffer()
  var chunks: [String] = []
  for text in texts { chunks += buffer.append(text, at: start) }
  #expect(chunks + buffer.flush() == expected)
}

/// A model at twenty words a second; what it takes to be heard, and how.
private func written(_ text: String, _ clauses: EarlyClauses) -> [(chunk: String, at: Int)] {
  var buffer = TextBuffer(rules: .init(language: "en", clauses: clauses))
  var heard: [(chunk: String, at: Int)] = []
  for (index, word) in text.split(separator: " ").enumerated() {
    let now = start + .milliseconds(50 * index)
    heard += buffer.append((index == 0 ? "" : " ") + word, at: now).map { ($0, 50 * index) }
  }
  return heard + buffer.flush().map { ($0, Int.max) }
}

private let long = """
  When the last train had left the small station, nobody was to be seen on the long \
  platform, and the old clock above the door stood still.
  """

@Test func `twenty-seven words at twenty a second are heard before their full stop`() throws {
  #expect(long.split(separator: " ").count == 27)
  let first = try #require(written(long, .first).first)
  #expect(first.chunk == "When the last train had left the small station,")
  #expect(first.at == 450)
  #expect(written(long, .first).map(\.chunk).joined(separator: " ") == long)
  #expect(written(long, .first).count == 2)
  #expect(written(long, .every).map(\.at) == [450, 900, 1300])
  #expect(written(long, .none).map(\.chunk) == [long])
  let unmarked = long.filter { $0 != "," }
  let whole = try #require(written(unmarked, .first).first)
  #expect(whole.at < 1300 && unmarked.hasPrefix(whole.chunk + " "))
}

@Test func `a sentence that comes fast is not cut`() {
  var buffer = TextBuffer(rules: .init(language: "en", clauses: .first))
  let half = long.index(long.startIndex, offsetBy: 120)
  #expect(buffer.append(String(long[..<half]), at: start) == [])
  #expect(buffer.append(String(long[half...]), at: start + .milliseconds(299)) == [long])
}

@Test func `only the first chunk of a turn ends at a clause`() {
  var buffer = TextBuffer(rules: .init(language: "en", clauses: .first))
  #expect(buffer.append("Well. ", at: start) == ["Well."])
  #expect(buffer.append(String(long.dropLast()), at: start) == [])
  #expect(buffer.append(" on", at: start + .milliseconds(400)) == [])
  _ = buffer.flush()
  #expect(buffer.append(String(long.dropLast()), at: start) == [])
  #expect(buffer.append(" on", at: start + .milliseconds(400)).count == 1)
}

@Test func `the timeout hands over what waits, once, and an empty text does not put it off`() {
  var buffer = TextBuffer(rules: .init(flushTimeout: .milliseconds(500)))
  #expect(buffer.deadline == nil)
  _ = buffer.append("Pi is 3.", at: start)
  #expect(buffer.deadline == start + .milliseconds(500))
  #expect(buffer.append("14", at: start + .milliseconds(400)) == [])
  _ = buffer.append("", at: start + .milliseconds(800))
  #expect(buffer.deadline == start + .milliseconds(900))
  #expect(buffer.tick(at: start + .milliseconds(899)) == [])
  #expect(buffer.tick(at: start + .milliseconds(900)) == ["Pi is"])
  // A word or number that may go on is waited for four times as long.
  #expect(buffer.deadline == start + .milliseconds(2400))
  #expect(buffer.tick(at: start + .milliseconds(2399)) == [])
  #expect(buffer.append("15", at: start + .milliseconds(2399)) == [])
  #expect(buffer.tick(at: start + .milliseconds(4399)) == ["3.1415"])
  #expect(buffer.deadline == nil)
  #expect(buffer.isEmpty)
}

@Test func `a writer's pause cuts no word`() {
  var buffer = TextBuffer(rules: .init(flushTimeout: .milliseconds(500)))
  #expect(buffer.append("Your refer", at: start) == [])
  #expect(buffer.tick(at: start + .milliseconds(500)) == ["Your"])
  #expect(buffer.append("ence number.", at: start + .milliseconds(900)) == ["reference number."])
}

@Test(
  arguments: [
    ("<", []), ("<br", ["<br"]), ("<break time=\"4", ["<break time=\"4"]), ("</spel", ["</spel"]),
    ("<PROSODY ", ["<PROSODY"]), ("<spell>AB", ["<spell>AB</spell>"]),
    ("<spell>A<b", ["<spell>A<b</spell>"]), ("<spell>A</spe", ["<spell>A</spell>"]),
  ] as [(String, [String])])
func `an incomplete tag is held past the timeout and let go by a flush`(
  tag: String, flushed: [String]
) {
  var buffer = TextBuffer()
  _ = buffer.append("Say " + tag, at: start)
  #expect(buffer.tick(at: start + .seconds(1)) == ["Say"])
  #expect(buffer.deadline == nil)
  #expect(!buffer.isEmpty)
  #expect(buffer.flush() == flushed)
}

@Test(arguments: ["a < b", "a <b", "a <1", "<div", "x <- y", "<spelling"])
func `what cannot become one of our tags is not held`(text: String) {
  var buffer = TextBuffer()
  #expect(buffer.append(text + " ", at: start) == [])
  let chunks = buffer.tick(at: start + .seconds(1))
  #expect(chunks == [text])
}

@Test func `a spell element split over messages is one chunk`() {
  var buffer = TextBuffer()
  #expect(buffer.append("It is <spe", at: start) == [])
  #expect(buffer.append("ll>A.", at: start) == [])
  #expect(buffer.append(" B</sp", at: start) == [])
  #expect(buffer.append("ell>.", at: start) == ["It is <spell>A. B</spell>."])
}

@Test(arguments: ["", "<", "</", "</spel", "</spell"])
func `flush closes an open spell, also one cut within its closing tag`(torn: String) {
  var buffer = TextBuffer()
  _ = buffer.append("Code <spell>AB1" + torn, at: start)
  #expect(buffer.flush() == ["Code <spell>AB1</spell>"])
}

@Test func `a pause alone is a chunk and punctuation alone is not`() {
  var buffer = TextBuffer()
  #expect(buffer.append("<break time='500ms'/>", at: start) == [])
  #expect(buffer.flush() == ["<break time='500ms'/>"])
  _ = buffer.append(" ... ?! — \"", at: start)
  #expect(buffer.deadline == nil)
  #expect(buffer.flush() == [])
  _ = buffer.append("🙂 <em></em>", at: start)
  #expect(buffer.flush() == [])
}

@Test func `the schedule bundles sentences, its last entry repeats, flush gives the rest`() {
  var buffer = TextBuffer(rules: .init(chunkLengthSchedule: [5, 20]))
  #expect(buffer.append("Yes. No.", at: start) == ["Yes. No."])
  #expect(buffer.append(" One two. Three.", at: start) == [])
  #expect(buffer.append(" Four five.", at: start) == ["One two. Three. Four five."])
  #expect(buffer.append(" Six.", at: start) == [])
  #expect(buffer.deadline != nil)
  #expect(buffer.flush() == ["Six."])
}

@Test func `auto mode ignores the schedule`() {
  var buffer = TextBuffer(rules: .init(chunkLengthSchedule: [100], autoMode: true))
  #expect(buffer.append("Yes. No.", at: start) == ["Yes.", "No."])
}

@Test func `the most that is buffered forces a chunk at white space`() {
  var buffer = TextBuffer(rules: .init(chunkLengthSchedule: [1000], maxBufferLength: 20))
  #expect(buffer.append("One two. Three four.", at: start) == [])
  #expect(buffer.append(" F", at: start) == ["One two. Three four."])
  #expect(buffer.append("ive six seven eight nine", at: start) == ["Five six seven eight"])
  #expect(buffer.flush() == ["nine"])
}

@Test func `a long sentence is cut at clause marks and no chunk is longer than the longest`() {
  var buffer = TextBuffer()
  let clause = "and so the story went on and on for many a word"
  let text = Array(repeating: clause, count: 40).joined(separator: ", ") + "."
  let chunks = buffer.append(text, at: start)
  #expect(chunks.joined(separator: " ") == text)
  #expect(chunks.count > 4)
  for chunk in chunks {
    #expect(chunk.unicodeScalars.count <= TextBuffer.longestChunk)
    #expect(chunk.hasSuffix(",") || chunk.hasSuffix("."))
  }
}

@Test func `lines without marks are spoken while they still come`() {
  var buffer = TextBuffer()
  var chunks: [String] = []
  for number in 0..<1000 { chunks += buffer.append("line number \(number)\n", at: start) }
  #expect(chunks.count > 30)
  chunks += buffer.flush()
  #expect(squeezed(chunks.joined()) == (0..<1000).map { "linenumber\($0)" }.joined())
  #expect(chunks.allSatisfy { $0.hasPrefix("line number") })
}

@Test func `a spell longer than any buffer is closed and opened again`() {
  var buffer = TextBuffer(rules: .init(maxBufferLength: 100))
  var chunks = buffer.append("<spell group=\"2\">", at: start)
  for _ in 0..<1200 { chunks += buffer.append("abcdefghij", at: start) }
  chunks += buffer.append("</spell>", at: start)
  chunks += buffer.flush()
  #expect(chunks.count > 1)
  for chunk in chunks {
    #expect(chunk.hasPrefix("<spell group=\"2\">") && chunk.hasSuffix("</spell>"))
  }
  #expect(chunks.joined().filter { !"<>/=\"2 ".contains($0) }.count == 12_000 + chunks.count * 15)
}

@Test func `clear forgets everything`() {
  var buffer = TextBuffer(rules: .init(chunkLengthSchedule: [5, 100]))
  #expect(buffer.append("Hello. This waits. <spell>A", at: start) == ["Hello."])
  buffer.clear()
  #expect(buffer.isEmpty)
  #expect(buffer.deadline == nil)
  #expect(buffer.flush() == [])
  #expect(buffer.append("Hello.", at: start) == ["Hello."])
}

private let words = [
  "one", "two,", "three.", "Dr.", "4.", "5.5", "x", "end!", "why?", "\n", "\n\n", "\"so\"", "a<b",
  "U.S.",
  "<break time=\"400ms\"/>", "<spell>A. B</spell>", "<spell group=\"2\">x1 y2</spell>", "語、", "文。",
  "<i>it</i>",
  "supercalifragilistic", "(yes)", "...", "no…",
]

@Test func `no text is lost, repeated or reordered, and no tag is split`() {
  var random = SeededGenerator(seed: 4)
  for round in 0..<1500 {
    let text =
      (0..<Int.random(in: 1...80, using: &random)).map { _ in
        words.randomElement(using: &random) ?? ""
      }.joined(separator: " ") + " end"
    let rules = TextBuffer.Rules(
      chunkLengthSchedule: round % 3 == 0 ? [5, 30, 90] : nil,
      maxBufferLength: round % 4 == 0 ? 40 : 10_000, language: round % 2 == 0 ? "en" : "de",
      clauses: [.none, .first, .every][round % 3])
    var buffer = TextBuffer(rules: rules)
    var now = start
    var chunks: [String] = []
    for token in random.tokens(of: text, upTo: 7) {
      chunks += buffer.append(token, at: now)
      now += .milliseconds(Int.random(in: 0...40, using: &random) * 10)
      if round % 5 == 0, Int.random(in: 0..<6, using: &random) == 0 {
        now += .seconds(3)
        chunks += buffer.tick(at: now)
        #expect(buffer.deadline == nil)
      }
    }
    chunks += buffer.flush()
    #expect(squeezed(chunks.joined()) == squeezed(text))
    for chunk in chunks {
      #expect(chunk.contains { $0.isLetter || $0.isNumber })
      let inner = chunk.blankLines
      let kept = (inner.before ? "\n\n" : "") + chunk.trimmed + (inner.behind ? "\n\n" : "")
      #expect(chunk == kept)
      #expect(occurrences(of: "<spell", in: chunk) == occurrences(of: "</spell>", in: chunk))
      #expect(occurrences(of: "<break", in: chunk) == occurrences(of: "ms\"/>", in: chunk))
    }
    if round % 5 != 0 {
      // Boundaries fall on white space only, but after CJK marks.
      let all = Set(text.split { $0.isWhitespace || $0 == "、" || $0 == "。" })
      let parts = chunks.joined(separator: " ").split { $0.isWhitespace || $0 == "、" || $0 == "。" }
      let torn = parts.filter { !all.contains($0) }
      #expect(torn.isEmpty)
    }
  }
}

private func occurrences(of part: String, in text: String) -> Int {
  text.indices.count { text[$0...].hasPrefix(part) }
}
