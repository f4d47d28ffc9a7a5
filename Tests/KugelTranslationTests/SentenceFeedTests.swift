import Testing

@testable import KugelTranslation
@testable import KugelWire

@Suite struct SentenceFeedTests {
  private let start = ContinuousClock.now

  private func feed(_ schedule: [Int] = [120, 160]) -> SentenceFeed {
    SentenceFeed(SentenceFeed.Rules(schedule: schedule, pause: .milliseconds(500)))
  }

  /// What goes out of a text that is given piece by piece, each so many milliseconds after the one before.
  private func sent(
    _ pieces: [(Int, String)], schedule: [Int] = [120, 160], ends: Bool = true
  ) -> [SentenceFeed.Message] {
    var feed = feed(schedule)
    var messages: [SentenceFeed.Message] = []
    var now = start
    func wait(until due: ContinuousClock.Instant) {
      while let deadline = feed.deadline, deadline <= due {
        feed.tick(at: deadline)
        if let message = feed.take(isLast: false, at: deadline) { messages.append(message) }
      }
    }
    for (pause, piece) in pieces {
      let due = now + .milliseconds(pause)
      wait(until: due)
      now = due
      feed.append(piece, at: now)
      if let message = feed.take(isLast: false, at: now) { messages.append(message) }
    }
    if ends {
      if let message = feed.take(isLast: true, at: now) { messages.append(message) }
    } else {
      wait(until: now + .seconds(5))
    }
    return messages
  }

  private func text(_ text: String, flush: Bool = false) -> SentenceFeed.Message {
    SentenceFeed.Message(text: text, flush: flush)
  }

  private let flush = SentenceFeed.Message(text: "", flush: true)

  @Test func `tokens go out as sentences, and what is written at once is not flushed`() {
    let tokens = ["Hel", "lo", " the", "re. ", "How", " are", " you", "?"]
    #expect(
      sent(tokens.map { (1, $0) }) == [text("Hello there. "), text("How are you? ")])
    #expect(sent([(0, "Hello there. How are you?")]) == [text("Hello there. How are you? ")])
  }

  @Test func `a finished sentence is flushed when nothing comes that would fill the schedule`() {
    #expect(sent([(0, "One moment. ")], ends: false) == [text("One moment. "), flush])
    #expect(
      sent([(0, "One moment. "), (3000, "Here it is. ")], ends: false)
        == [text("One moment. "), flush, text("Here it is. "), flush])
  }

  @Test func `a steady writer's sentence does not wait for the next one's end`() {
    let slow = [(0, "First. ")] + (0..<8).map { (100, "word\($0) ") }
    #expect(sent(slow, ends: false).prefix(2) == [text("First. "), flush])
    let later = [(0, "First. "), (100, "Second. ")] + (0..<8).map { (100, "word\($0) ") }
    #expect(
      sent(later, ends: false).prefix(4) == [text("First. "), flush, text("Second. "), flush])
  }

  @Test func `what fills the schedule needs no flush`() {
    let long = String(repeating: "word ", count: 30) + "end. "
    #expect(sent([(0, long)], ends: false) == [text(long)])
    #expect(
      sent([(0, long), (900, "Short. ")], ends: false) == [text(long), text("Short. "), flush])
  }

  @Test func `a sentence without its end waits for a pause of the writer, a word for a longer one`()
  {
    #expect(sent([(0, "Hello my ")], ends: false) == [text("Hello my ", flush: true)])
    let begun = feed()
    var waiting = begun
    waiting.append("Hello my dea", at: start)
    waiting.tick(at: start + .milliseconds(500))
    #expect(
      waiting.take(isLast: false, at: start + .milliseconds(500)) == text("Hello my ", flush: true))
    #expect(waiting.deadline == start + .seconds(2))
    waiting.append("r friend.", at: start + .seconds(1))
    #expect(waiting.take(isLast: true, at: start + .seconds(1)) == text("dear friend."))
  }

  @Test func `where each message is spoken at once nothing is flushed`() {
    #expect(
      sent([(0, "One moment. "), (3000, "Here it is. ")], schedule: [], ends: false)
        == [text("One moment. "), text("Here it is. ")])
    var feed = feed([])
    feed.append("Hello my ", at: start)
    feed.tick(at: start + .seconds(1))
    _ = feed.take(isLast: false, at: start + .seconds(1))
    #expect(feed.deadline == nil)
  }

  @Test(arguments: [
    ["One.", " Two.", " Three."], ["One.", "\n\nTwo.", "  Three."], ["One. ", "Two. ", "Three. "],
    ["<break time=\"1s\"/> One.", " <break/> Two", ". Th", "ree"],
  ])
  func `joined it is the text but for one blank behind a message`(pieces: [String]) {
    let whole = pieces.joined()
    let joined = sent(pieces.map { (10, $0) }).map(\.text).joined()
    let trimmed = { (text: String) in
      text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    #expect(trimmed(joined) == trimmed(whole))
    #expect(joined.count <= whole.count + pieces.count)
  }

  @Test func `scripts without blanks between words get none`() {
    #expect(sent([(0, "你好。"), (10, "再见。")]) == [text("你好。"), text("再见。")])
  }
}
