import KugelNarration
import KugelReading
import KugelText
import Testing

private let file = """
  1
  00:00:01,000 --> 00:00:02,500
  Hello <i>there</i>,
  {\\an8}my friend.

  2
  00:01:00.250 --> 01:00:00,000 X1:1 X2:2
  ♪

  00:59:00,0 --> 00:59:01,0
  Late
  3
  02:00:00,000 --> 02:00:01,000
  The end
  """

private func item(_ text: String) -> NarrationItem {
  TextItems(filters: .plain, target: TextTarget(), split: .files)
    .item(text, SubRip(text), source: "film.srt", at: now)
}

@Suite struct SubRipTests {
  @Test(arguments: ["\n", "\r\n"])
  func `cues have times, and their text its places`(end: String) {
    let text = file.replacing("\n", with: end)
    let subtitles = SubRip(text)
    #expect(subtitles.problems == [])
    #expect(subtitles.cues.map(\.from) == [1, 60.25, 3540, 7200])
    #expect(subtitles.cues.map(\.to) == [2.5, 3600, 3541, 7201])
    let item = item(text)
    let said = item.slots.map { item.said.words($0.range).replacing("\n", with: " ") }
    #expect(said == ["Hello there, my friend.", "♪", "Late", "The end"])
    let place = item.said.source(of: item.slots[3].range)
    #expect(String(scalars: item.written[place]) == "The end")
    #expect(item.slots.map(\.from) == [1, 60.25, 3540, 7200])
  }

  @Test func `what is shown is the text as it is written`() {
    let item = item(file)
    let shown = ShownText(item.said, written: item.written)
    let text = String(scalars: shown.scalars[shown.range(item.slots[0].range)])
    #expect(text.trimmed == "Hello there, my friend.")
  }

  @Test func `each cue is a take with its time, if there is something to say in it`() {
    let takes = item(file).takes(Take.Rules(limit: 4000, singly: true), language: "en")
    #expect(takes.map { $0.slot?.from } == [1, 3540, 7200])
  }

  @Test(arguments: [
    ("00:00:01,000 --> now", "its times cannot be read"),
    ("00:00:61,000 --> 00:02:00,000", "its times cannot be read"),
    ("00:00:02,000 --> 00:00:01,000", "it ends before it begins"),
    ("00:00:00,500 --> 00:00:01,000", "it begins before the one above it"),
  ])
  func `a bad cue is told with its line, and the others count`(times: String, cause: String) {
    let text =
      "1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n\(times)\nTwo\n\n3\n0:3,0 --> 0:4,0\nThree\n"
    let subtitles = SubRip(text)
    #expect(subtitles.problems.map(\.line) == [6])
    #expect(subtitles.problems.map(\.cause) == [cause])
    #expect(subtitles.cues.map(\.from) == [1, 3])
  }
}
