import Testing

@testable import KugelEspeak

private func words(
  _ text: String, _ events: [(offset: Int, length: Int, time: Int)], end: Int
) -> [String] {
  var tracker = WordTracker(text)
  var words = events.flatMap { tracker.begin(offset: $0.offset, length: $0.length, at: $0.time) }
  words += tracker.finish(at: end)
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
  #expect(
    words("x 3.14 ok", [(0, 1, 0)] + events, end: 700)
      == ["x 0-1 0-100", "3.14 2-6 100-500", "ok 7-9 500-700"])
}

@Test func `a word without an event has a share of its neighbour's time`() {
  #expect(
    words("end of the day", [(0, 3, 0), (4, 2, 200), (11, 3, 400)], end: 500)
      == ["end 0-3 0-200", "of 4-6 200-280", "the 7-10 280-400", "day 11-14 400-500"])
  #expect(
    words("one two three", [(8, 5, 10)], end: 120)
      == ["one 0-3 10-40", "two 4-7 40-70", "three 8-13 70-120"])
  #expect(
    words("go, go. (now)", [(0, 2, 0)], end: 70)
      == ["go 0-2 0-20", "go 4-6 20-40", "now 9-12 40-70"])
}

@Test func `an event on the space before a word is that word's`() {
  #expect(
    words("hello.. world", [(0, 5, 0), (7, 1, 297)], end: 900)
      == ["hello 0-5 0-297", "world 8-13 297-900"])
}

@Test func `an event on a sign that is not spoken belongs to the word behind it`() {
  #expect(
    words("in ____ please", [(0, 2, 0), (3, 4, 100)], end: 400)
      == ["in 0-2 0-100", "please 8-14 100-400"])
  #expect(
    words("5 % of", [(0, 1, 0), (2, 1, 300), (4, 2, 700)], end: 800)
      == ["5 0-1 0-300", "% 2-3 300-700", "of 4-6 700-800"])
  #expect(words("ha 🌍", [(0, 2, 0), (3, 1, 300)], end: 800) == ["ha 0-2 0-300", "🌍 3-4 300-800"])
}

@Test func `a part of a word is completed, but not into the next event`() {
  #expect(
    words("I don't know", [(0, 1, 0), (2, 3, 0), (8, 4, 300)], end: 500) == [
      "I 0-1 0-0",
      "don't 2-7 0-300", "know 8-12 300-500",
    ])
  #expect(
    words("well-known", [(0, 4, 0), (5, 5, 300)], end: 500) == [
      "well 0-4 0-300", "known 5-10 300-500",
    ])
  #expect(
    words("airport", [(0, 3, 0), (3, 4, 300)], end: 500) == ["air 0-3 0-300", "port 3-7 300-500"])
  #expect(words("well-known", [(0, 4, 0)], end: 500) == ["well-known 0-10 0-500"])
  #expect(
    words("well- known -", [(0, 4, 0)], end: 900) == ["well 0-4 0-400", "known 6-11 400-900"])
  #expect(
    words("e.g. this", [(0, 1, 0), (5, 4, 700)], end: 900) == ["e.g 0-3 0-700", "this 5-9 700-900"])
  #expect(words("dogs' 'x", [(0, 2, 0)], end: 500) == ["dogs 0-4 0-400", "x 7-8 400-500"])
}

@Test func `events outside the text are no words`() {
  #expect(
    words("🌍 hi", [(0, 1, 0), (1, 1, 90), (2, 2, 200), (4, 1, 300), (400, 3, 400)], end: 500)
      == ["🌍 0-1 0-90", "hi 2-4 90-500"])
  #expect(words("hi", [(-1, 2, 0), (-5, 2, 10)], end: 50) == ["hi 0-2 0-50"])
  #expect(words("", [(0, 1, 0)], end: 10) == [])
  #expect(words("hi", [], end: 10) == [])
}

@Test func `a word does not end before it starts`() {
  #expect(words("hi", [(0, 2, 40)], end: 30) == ["hi 0-2 40-40"])
}
