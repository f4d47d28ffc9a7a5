import Testing

@testable import KugelSession
@testable import KugelText
@testable import KugelWire

/// Going on within marked text: every tag keeps its other half, nothing is said twice or lost.
@Suite struct ResumeMarkupTests {
  /// At 1000 Hz a sample is a millisecond.
  private func progress(
    _ chunk: String?, received: Int, words: String = "",
    pauseBefore: (word: Int, length: Int)? = nil,
    isWhole: Bool = false
  ) -> ChunkProgress {
    var progress = ChunkProgress()
    if let chunk { progress.began(chunk, chunk: 0) }
    progress.received(
      AudioFrame(
        samples: [Int16](repeating: 1, count: received), rate: 1000, index: 0, chunk: 0))
    let times = words.split(separator: " ").enumerated().map { index, word in
      let pause = pauseBefore.map { index >= $0.word ? $0.length : 0 } ?? 0
      let start = index * 100 + pause
      return WordTime(
        word: String(word), startMilliseconds: start, endMilliseconds: start + 100,
        characterStart: 0, characterEnd: 0)
    }
    progress.received(times, chunk: 0)
    if isWhole { progress.ended() }
    return progress
  }

  private func rest(_ frames: [String], after progress: ChunkProgress) -> ([String], Int)? {
    ResumePoint(in: frames, after: progress).map { ($0.rest(of: frames), $0.skip) }
  }

  @Test func `a place within prosody keeps the tempo`() throws {
    let text = #"Well, <prosody rate="slow">one two three</prosody> four."#
    let found = try #require(
      rest([text], after: progress(text, received: 250, words: "Well one two three four")))
    #expect(found == ([#"<prosody rate="slow">two three</prosody> four."#], 50))
  }

  @Test func `behind the last word of prosody its end is not sent`() throws {
    let text = #"<prosody rate="fast">One two.</prosody> Three."#
    let found = try #require(
      rest([text], after: progress("One two.", received: 200, isWhole: true)))
    #expect(found == (["Three."], 0))
  }

  @Test func `a chunk that ends within prosody leaves its rest in prosody`() throws {
    let text = #"<prosody rate="fast">One. Two.</prosody> Three."#
    let found = try #require(rest([text], after: progress("One.", received: 99, isWhole: true)))
    #expect(found == ([#"<prosody rate="fast">Two.</prosody> Three."#], 0))
  }

  @Test func `a chunk told with its tags is found with them`() throws {
    let chunk = #"<prosody rate="fast">One.</prosody>"#
    let found = try #require(
      rest([chunk + " Two."], after: progress(chunk, received: 99, isWhole: true)))
    #expect(found == (["Two."], 0))
  }

  @Test func `what is spelled is said again as a whole, and skipped`() throws {
    let text = "Write <spell>A B C</spell> now."
    let found = try #require(
      rest([text], after: progress(text, received: 250, words: "Write A B C now")))
    #expect(found == (["Write <spell>A B C</spell> now."], 250))
  }

  @Test func `behind what was spelled it is not opened again`() throws {
    let text = "Write <spell>ABC</spell> now or never."
    let found = try #require(
      rest([text], after: progress(text, received: 550, words: "Write A B C now or never")))
    #expect(found == (["or never."], 50))
  }

  @Test func `a pause that was heard in part is made again, less that part`() throws {
    let text = #"One <break time="400ms"/> two three."#
    let found = try #require(
      rest(
        [text],
        after: progress(text, received: 350, words: "One two three", pauseBefore: (1, 400))))
    #expect(found == ([#"<break time="400ms"/> two three."#], 250))
  }

  @Test func `a pause that is over is not made again`() throws {
    let text = #"One <break time="400ms"/> two three."#
    let found = try #require(
      rest(
        [text],
        after: progress(text, received: 530, words: "One two three", pauseBefore: (1, 400))))
    #expect(found == (["two three."], 30))
  }

  @Test func `a pause at the start is no word`() throws {
    let text = #"<break time="400ms"/> One two."#
    let found = try #require(
      rest([text], after: progress(text, received: 120, words: "One two", pauseBefore: (0, 400))))
    #expect(found == ([text], 120))
  }

  @Test func `tags alone are nothing left to say`() throws {
    let text = #"<prosody rate="slow">One.</prosody> <break/>"#
    let found = try #require(rest([text], after: progress("One.", received: 99, isWhole: true)))
    #expect(found == ([], 0))
  }

  @Test func `tags that services leave out do not hide the place`() throws {
    let text = "One <b>two</b>. Three."
    let found = try #require(rest([text], after: progress("One two.", received: 99, isWhole: true)))
    #expect(found == (["Three."], 0))
  }

  @Test func `an opening tag travels in the message that it belongs to`() throws {
    let frames = ["One. ", #"<prosody rate="slow">Two three.</prosody>"#, " Four."]
    let found = try #require(
      rest(frames, after: progress("One. Two three.", received: 250, words: "One Two three")))
    #expect(found == ([#"<prosody rate="slow">three.</prosody>"#, " Four."], 50))
  }

  @Test func `whatever was heard, what is left is well formed`() throws {
    let text =
      #"One two <prosody rate="slow">three <break/> four</prosody> five "#
      + #"<prosody rate="1.1">six</prosody><spell>AB</spell> seven. <b>Eight</b> nine."#
    let words = "One two three four five six A B seven Eight nine"
    for received in stride(from: 10, through: 1100, by: 10) {
      let point = try #require(
        ResumePoint(in: [text], after: progress(text, received: received, words: words)))
      let left = point.rest(of: [text]).joined()
      #expect(throws: Never.self) { try SpeechMarkup.check(left) }
      #expect(point.skip < 400)
    }
  }
}
