import KugelReading
import KugelText
import Testing

@Test func `a wanted pause becomes a break where a block ends`() throws {
  let pauses = try PauseLengths(parsing: "heading=800, paragraph=0.5s,sentence=200ms")
  #expect(pauses.wantsSentences && !pauses.wantsLines)
  var filters = TextFilters(.markdown)
  filters.marksSentences = true
  var paused = 0
  let text = pauses.rendered(said("# Head\nOne. Two.", filters), paused: &paused)
  #expect(paused == 500)
  #expect(
    text.string
      == "Head.<break time=\"200ms\"/>\n\n<break time=\"600ms\"/>One.<break time=\"200ms\"/> Two."
      + "<break time=\"500ms\"/>")
  #expect(text.endings.map(\.mark) == [.sentence, .heading, .sentence, .sentence, .paragraph])
  let word = text.string.unicodeScalars.count - 25
  #expect(text.source(of: word..<(word + 4)) == 12..<16)
}

@Test(arguments: [
  ("sentence", "\"sentence\" is not of the form NAME=MS"),
  ("word=3", "\"word\" has no pause; there are sentence, line, item, row, paragraph, heading"),
  ("line=soon", "\"soon\" is no length from 0 to 60000 milliseconds"),
  ("line=-1", "\"-1\" is no length from 0 to 60000 milliseconds"),
])
func `what is no pause is told`(text: String, message: String) {
  do {
    _ = try PauseLengths(parsing: text)
    Issue.record("it was taken")
  } catch {
    #expect(error.description == message)
  }
}

@Test func `without marks or wishes the text stays`() {
  let text = SourcedText("One. Two.")
  var paused = 0
  #expect(PauseLengths().rendered(text, paused: &paused) == text)
}
