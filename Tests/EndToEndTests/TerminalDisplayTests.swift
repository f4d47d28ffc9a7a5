import Foundation
import Testing

/// What is on the screen while somebody speaks, read from a terminal inside tmux.
@Suite(
  .serialized,
  .enabled(
    if: SoundServer.isInstalled && FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux"),
    "needs the Debian packages tmux, pulseaudio, pulseaudio-utils and libasound2-plugins"))
struct TerminalDisplayTests {
  /// The screen while `command` runs, as often as it changes, with colours as escapes.
  private func screens(_ words: String, width: Int, server: SoundServer) throws -> [String] {
    let scratch = try Scratch()
    let tmux = { (arguments: [String]) throws -> String in
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/tmux")
      process.arguments = ["-S", scratch.path("tmux"), "-f", "/dev/null"] + arguments
      process.environment = server.environment
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self)
    }
    defer { _ = try? tmux(["kill-server"]) }
    _ = try tmux([
      "new-session", "-d", "-x", "\(width)", "-y", "10",
      "\(Program.path) \(words); echo over; sleep 20",
    ])
    var seen: [String] = []
    for _ in 0..<200 {
      let screen = try tmux(["capture-pane", "-p", "-e"])
      if screen != seen.last { seen.append(screen) }
      if screen.contains("over") { break }
      usleep(20_000)
    }
    return seen
  }

  private let text = "one two three four five six seven eight nine ten."

  @Test(arguments: [80, 40, 20])
  func `the status line fits, and nothing of it is left`(width: Int) throws {
    let server = try SoundServer()
    let seen = try screens(
      "say -e tone -a pulse:kugel \(text)", width: width, server: server)
    let lines = seen.flatMap { $0.split(separator: "\n") }
    let status = lines.filter { $0.hasPrefix("speaking 0:0") }
    #expect(!status.isEmpty)
    if width == 80 { #expect(status.contains { $0.contains("[#") && $0.contains("cushion") }) }
    let last = try #require(seen.last)
    #expect(!last.contains("speaking 0:"))
    #expect(last.contains("kugel: spoke"))
  }

  @Test(arguments: [60, 24])
  func `each word is marked while it is heard, lines break, the text stays`(width: Int) throws {
    let server = try SoundServer()
    let seen = try screens(
      "say -i -q -e tone -a pulse:kugel \(text)", width: width, server: server)
    let marked = ["two", "five", "nine"].filter { word in
      seen.contains { $0.contains("\u{1B}[7m\(word)") }
    }
    #expect(marked == ["two", "five", "nine"])
    let last = try #require(seen.last).split(separator: "\n").map(String.init)
    let shown = last.prefix { !$0.contains("over") }.joined(separator: " ")
    #expect(shown == text)
  }
}
