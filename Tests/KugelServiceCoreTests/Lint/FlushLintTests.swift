import KugelServiceCore
import KugelWire
import Testing

@Suite struct FlushLintTests {
  private func findings(
    _ texts: [(text: String, flush: Bool)], flushEndsTurn: Bool = false
  ) -> [FlushLint.Finding] {
    var lint = FlushLint(flushEndsTurn: flushEndsTurn)
    return texts.compactMap { lint.note(ClientFrame(text: $0.text, flush: $0.flush)) }
  }

  @Test func `a flush after each piece is told once, with its rule, its line and its text`() {
    let pieces = ["The", " kettle", " is", " singing", "."].map { ($0, true) }
    let found = findings(pieces)
    #expect(found.map(\.rule) == [.withinSentence])
    #expect(found.map(\.line) == [3])
    #expect(found.first?.sentence.hasPrefix("flush-in-sentence, line 3, “is”: ") == true)
  }

  @Test func `who flushes at the end of a turn is left in peace`() {
    #expect(findings([("One is here. ", false), ("Two is here.", true)]).isEmpty)
    // Titles and names end without a mark.
    #expect(findings([("Hello", true), ("Good morning.", true), ("Bye", true)]).isEmpty)
    // A flush of nothing flushes nothing.
    #expect(findings([("One", true), ("", true), (" ", true), ("", true), ("Two", true)]).isEmpty)
  }

  @Test func `a flush for each sentence matters only where it ends the turn`() {
    let sentences = ["One. ", "Two! ", "Three? ", "Four. "].map { ($0, true) }
    #expect(findings(sentences).isEmpty)
    let found = findings(sentences, flushEndsTurn: true)
    #expect(found.map(\.rule) == [.perSentence])
    #expect(found.map(\.line) == [3])
  }

  @Test func `what a client sends without end is not kept, and still judged by its end`() {
    var lint = FlushLint(flushEndsTurn: false)
    for number in 0..<20_000 {
      var frame = ClientFrame(text: "word after word ", flush: false)
      frame.context = "context \(number)"
      #expect(lint.note(frame) == nil)
    }
    for _ in 0..<20_000 {
      var frame = ClientFrame(text: "word after word ", flush: false)
      frame.context = "context 0"
      _ = lint.note(frame)
    }
    #expect(lint.heldBytes < 100_000)
    let torn = (0..<3).map { _ in
      var frame = ClientFrame(text: "word", flush: true)
      frame.context = "context 0"
      return lint.note(frame)
    }
    #expect(torn.last??.rule == .withinSentence)
    #expect(torn.last??.text.hasPrefix("word") == true)
  }

  @Test func `contexts are looked on one by one, and one that is closed begins anew`() {
    var lint = FlushLint(flushEndsTurn: false)
    for number in 0..<6 {
      var frame = ClientFrame(text: "word", flush: true)
      frame.context = number % 3 == 0 ? "a" : number % 3 == 1 ? "b" : "c"
      #expect(lint.note(frame) == nil)
    }
    var close = ClientFrame()
    (close.context, close.closeContext) = ("a", true)
    #expect(lint.note(close) == nil)
    var frame = ClientFrame(text: "word", flush: true)
    frame.context = "a"
    #expect(lint.note(frame) == nil)
    frame.context = "b"
    #expect(lint.note(frame)?.line == 9)
  }
}
