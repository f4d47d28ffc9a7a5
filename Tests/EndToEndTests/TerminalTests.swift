import Foundation
import Testing

@Suite struct TerminalTests {
  @Test(arguments: ["speakers", "file"])
  func `at a terminal one types, interrupts and leaves`(output: String) throws {
    let scratch = try Scratch()
    let words =
      output == "speakers" ? ["-a", "null"] : ["-o", scratch.path("heard.wav")]
    let terminal = try Terminal(["session", "-e", "tone"] + words, home: scratch.folder.path)
    terminal.type("Hello thez\u{7F}re.\r")
    #expect(terminal.sees("turn 1 heard"))
    // Neither output keeps time: only a turn that is still open can be cut.
    terminal.type("/send One two three.\r")
    #expect(terminal.sees("turn 2 started"))
    terminal.type("\u{3}")
    #expect(terminal.sees("turn 2 cancelled"))
    terminal.type("/nonsense\r")
    #expect(terminal.sees("error line 3: there is no command /nonsense"))
    terminal.type("Bye.\r")
    #expect(terminal.sees("turn 3 heard"))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(terminal.sees("session turns=3 cancelled=1"))
    let history = try scratch.data("state/kugel/history")
    #expect(String(decoding: history, as: UTF8.self).contains("Hello"))
    guard output == "file" else { return }
    let heard = try scratch.data("heard.wav").dropFirst(44)
    #expect(heard.starts(with: try toneBytes("Hello there.")))
    #expect(heard.suffix(try toneBytes("Bye.").count) == (try toneBytes("Bye.")))
  }

  @Test func `what is typed may be any text, and Tab completes it`() throws {
    let scratch = try Scratch()
    try Data("kept".utf8).write(to: scratch.folder.appendingPathComponent("before.wav"))
    let terminal = try Terminal(
      ["session", "-e", "tone", "--raw-text", "-o", scratch.path("heard.wav")],
      home: scratch.folder.path)
    terminal.type("Grüße aus Łódź, 東京 😀.\r")
    #expect(terminal.sees("turn 1 heard"))
    terminal.type("/stat\t1\r")
    #expect(terminal.sees("turn 1 done"))
    terminal.type("/sa\t\t")
    #expect(terminal.sees("say   save"))
    terminal.type("ve \(scratch.path("bef"))\t\r")
    #expect(terminal.sees("error line 3"))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    let heard = try scratch.data("heard.wav").dropFirst(44)
    #expect(try heard == toneBytes("Grüße aus Łódź, 東京 😀."))
    let history = try scratch.data("state/kugel/history")
    #expect(
      String(decoding: history, as: UTF8.self).contains(scratch.path("before.wav")))
  }

  @Test func `nothing waits for the rest of a key`() throws {
    let scratch = try Scratch()
    let terminal = try Terminal(["session", "-e", "tone", "-a", "null"], home: scratch.folder.path)
    terminal.type("/send One two three.\r")
    #expect(terminal.sees("turn 1 started"))
    // Of a key that sends more than this one byte the rest would have come by now.
    terminal.type("\u{1B}")
    terminal.type("\u{3}")
    #expect(terminal.sees("turn 1 cancelled"))
    terminal.type("\u{12}\u{16}\u{15}Bye.\r")
    #expect(terminal.sees("turn 2 heard"))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test(arguments: ["--tee", "--tee=raw", "--tee=spoken"])
  func `text that is copied steers no terminal, and what is said of it begins a line`(
    tee: String
  ) throws {
    let scratch = try Scratch()
    let terminal = try Terminal(
      ["stream", "-e", "tone", "-a", "null", tee], home: scratch.folder.path)
    // Twice the end: of the line that is open, and of the text.
    terminal.type("First \u{1B}[31mred.\rSecond line, no end\u{4}\u{4}")
    #expect(terminal.sees("line, no end\r\nkugel: spoke"))
    #expect(terminal.end() == 0)
    // What is spoken has no colours any more.
    #expect(terminal.saw(tee == "--tee=spoken" ? "red" : "␛[31mred"))
    #expect(!terminal.saw("\u{1B}[31m"))
  }

  @Test(arguments: ["say", "stream", "multi"])
  func `what is told begins a line behind typed text without an end`(command: String) throws {
    let scratch = try Scratch()
    let terminal = try Terminal([command, "-e", "tone", "-a", "null"], home: scratch.folder.path)
    #expect(terminal.sees(command == "multi" ? "Ctrl-D ends it." : "tone speaks"))
    terminal.type(
      command == "multi" ? "@voice a = 1\ra: Typed text\u{4}\u{4}" : "Typed text\u{4}\u{4}")
    #expect(terminal.sees("Typed text\r\nkugel: spoke"))
    #expect(terminal.end() == 0)
  }

  @Test func `two interrupts in a row leave`() throws {
    let scratch = try Scratch()
    let terminal = try Terminal(["session", "-e", "tone", "-a", "null"], home: scratch.folder.path)
    #expect(terminal.sees("kugel> "))
    // Signals that come at once are one.
    while terminal.isRunning {
      terminal.type("\u{3}")
      usleep(100_000)
    }
    #expect(terminal.end() == 130)
  }

  @Test func `a terminal that goes away ends the session`() throws {
    let scratch = try Scratch()
    let terminal = try Terminal(
      ["session", "-e", "tone", "-o", scratch.path("a.wav")], home: scratch.folder.path)
    terminal.type("Hello.\r")
    #expect(terminal.sees("turn 1 heard"))
    terminal.hangUp()
    // The file is complete only when the session has left by itself.
    waitUntil { scratch.names.contains("a.wav") }
    #expect(try scratch.data("a.wav").dropFirst(44) == toneBytes("Hello."))
  }
}
