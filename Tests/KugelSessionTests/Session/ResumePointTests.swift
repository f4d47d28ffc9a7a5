import Testing

@testable import KugelSession
@testable import KugelText
@testable import KugelWire

@Suite struct ResumePointTests {
  /// At 1000 Hz a sample is a millisecond.
  private func frame(_ count: Int, chunk: Int = 0, rate: Int = 1000) -> AudioFrame {
    AudioFrame(
      samples: [Int16](repeating: 1, count: count), rate: rate, index: 0, chunk: chunk)
  }

  /// Words that each take 100 ms.
  private func words(_ text: String) -> [WordTime] {
    text.split(separator: " ").enumerated().map { index, word in
      WordTime(
        word: String(word), startMilliseconds: index * 100, endMilliseconds: index * 100 + 100,
        characterStart: 0, characterEnd: 0)
    }
  }

  private func rest(
    _ text: String, owing: Int = 0, _ news: (inout ChunkProgress) -> Void
  ) -> (String, Int)? {
    var progress = ChunkProgress()
    news(&progress)
    return ResumePoint(in: [text], after: progress, owing: owing).map {
      ($0.rest(of: [text]).joined(), $0.skip)
    }
  }

  @Test func `behind whole chunks nothing is skipped`() throws {
    let found = try #require(
      rest("One.  Two. Three.") {
        $0.began("One.", chunk: 0)
        $0.received(frame(70))
        $0.ended()
        $0.began("Two.", chunk: 1)
        $0.received(frame(30))
        $0.ended()
      })
    #expect(found == ("Three.", 0))
  }

  @Test func `within a chunk without words it begins again, less what is here`() throws {
    let found = try #require(
      rest("One. Two is long.") {
        $0.began("One.", chunk: 0)
        $0.received(frame(70))
        $0.ended()
        $0.began("Two is long.", chunk: 1)
        $0.received(frame(250))
      })
    #expect(found == ("Two is long.", 250))
  }

  @Test func `within a chunk words tell the first that was not received whole`() throws {
    let found = try #require(
      rest("One. Two is long, really.") {
        $0.began("One.", chunk: 0)
        $0.received(frame(70))
        $0.ended()
        $0.began("Two is long, really.", chunk: 1)
        $0.received(frame(250))
        $0.received(words("Two is long really"), chunk: 1)
      })
    #expect(found == ("long, really.", 50))
  }

  @Test func `a number that was written out is said again from its start, and skipped`() throws {
    let found = try #require(
      rest("We have 23 items here.") {
        $0.began("We have 23 items here.", chunk: 0)
        // We, have, twenty, half of three.
        $0.received(frame(350))
        $0.received(words("We have twenty three items here"), chunk: 0)
      })
    #expect(found == ("have 23 items here.", 250))
  }

  @Test func `without announced chunks words alone show the place`() throws {
    let found = try #require(
      rest("One two three. Four five six.") {
        $0.received(frame(320, chunk: 0))
        $0.received(words("One two three."), chunk: 0)
        $0.received(frame(130, chunk: 1))
        $0.received(words("Four five six"), chunk: 1)
      })
    #expect(found == ("five six.", 30))
  }

  @Test func `without chunks or words everything is said again and skipped`() throws {
    let found = try #require(rest("One two three.") { $0.received(frame(320)) })
    #expect(found == ("One two three.", 320))
  }

  @Test func `what was still being skipped counts as received`() throws {
    let found = try #require(
      rest("One two three.", owing: 100) {
        $0.began("One two three.", chunk: 0)
        $0.received(frame(50))
        $0.received(words("One two three"), chunk: 0)
      })
    #expect(found == ("two three.", 50))
  }

  @Test func `a text that the service rewrote, without words, is not guessed at`() {
    #expect(
      rest("3 items.") {
        $0.began("Three items.", chunk: 0)
        $0.received(frame(10))
      } == nil)
  }

  @Test func `all words heard leaves nothing`() throws {
    let found = try #require(
      rest("One two.") {
        $0.began("One two.", chunk: 0)
        $0.received(frame(260))
        $0.received(words("One two"), chunk: 0)
      })
    #expect(found == ("", 0))
  }

  @Test func `a rate that changes on the way does not shift the place`() throws {
    let found = try #require(
      rest("One two three.") {
        $0.began("One two three.", chunk: 0)
        $0.received(frame(100))
        $0.received(frame(100, rate: 2000))
        $0.received(words("One two three"), chunk: 0)
      })
    #expect(found == ("two three.", 100))
  }

  @Test func `frames keep their borders`() throws {
    var progress = ChunkProgress()
    progress.began("One.", chunk: 0)
    progress.received(frame(5))
    progress.ended()
    let frames = ["O", "ne. T", "wo. ", "Three."]
    let point = try #require(ResumePoint(in: frames, after: progress))
    #expect(point.rest(of: frames) == ["T", "wo. ", "Three."])
  }
}
