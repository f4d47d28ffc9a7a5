import Testing

@testable import KugelEngine

private func words(
  _ text: String, _ events: [(offset: Int, length: Int, time: Int)], end: Int
) -> [String] {
  var tracker = WordTracker(text)
  var words = events.compactMap { tracker.begin(offset: $0.offset, length: $0.length, at: $0.time) }
  if let last = tracker.finish(at: end) { words.append(last) }
  return words.map {
    "\($0.word) \($0.characterStart)-\($0.characterEnd) \($0.startMilliseconds)-\($0.endMilliseconds)"
  }
}

@Test func `a word lasts until the next one or the end of speech`() {
  #expect(
    words("one two", [(0, 3, 0), (4, 3, 250)], end: 600) == ["one 0-3 0-250", "two 4-7 250-600"])
}

@Test func `events within one word are that word`() {
  let events = [(2, 4, 100), (2, 4, 200), (3, 4, 300), (5, 1, 400), (7, 2, 500)]
  #expect(words("a 3.14 ok", events, end: 700) == ["3.14 2-6 100-500", "ok 7-9 500-700"])
}

@Test func `a word without an event is absent`() {
  #expect(
    words("end of the day", [(0, 3, 0), (4, 2, 200), (11, 3, 400)], end: 500)
      == ["end 0-3 0-200", "of 4-6 200-400", "day 11-14 400-500"])
}

@Test func `a part of a word is completed, but not into the next event`() {
  #expect(
    words("I don't know", [(2, 3, 0), (8, 4, 300)], end: 500) == [
      "don't 2-7 0-300", "know 8-12 300-500",
    ])
  #expect(
    words("well-known", [(0, 4, 0), (5, 5, 300)], end: 500) == [
      "well 0-4 0-300", "known 5-10 300-500",
    ])
  #expect(
    words("airport", [(0, 3, 0), (3, 4, 300)], end: 500) == ["air 0-3 0-300", "port 3-7 300-500"])
  #expect(words("well-known", [(0, 4, 0)], end: 500) == ["well-known 0-10 0-500"])
  #expect(words("well- known -", [(0, 4, 0)], end: 500) == ["well 0-4 0-500"])
  #expect(words("dogs' bowl", [(0, 2, 0)], end: 500) == ["dogs 0-4 0-500"])
}

@Test func `events on white space or outside the text are no words`() {
  #expect(
    words("🌍 hi", [(0, 1, 0), (1, 1, 90), (2, 2, 200), (4, 1, 300), (400, 3, 400)], end: 500)
      == ["🌍 0-1 0-200", "hi 2-4 200-500"])
  #expect(words("hi", [(-1, 2, 0), (-5, 2, 10)], end: 50) == ["hi 0-2 0-50"])
  #expect(words("", [(0, 1, 0)], end: 10) == [])
  #expect(words("hi", [], end: 10) == [])
}

@Test func `a word does not end before it starts`() {
  #expect(words("hi", [(0, 2, 40)], end: 30) == ["hi 0-2 40-40"])
}
