import Testing

@testable import KugelCLI

@Suite struct SnapshotTests {
  @Test(arguments: [
    ("help.txt", ["--help"]), ("say.txt", ["say", "--help"]), ("stream.txt", ["stream", "-h"]),
    ("bench.txt", ["bench", "--help"]),
    ("session.txt", ["session", "--help"]), ("stop.txt", ["stop", "--help"]),
    ("multi.txt", ["multi", "--help"]), ("narrate.txt", ["narrate", "--help"]),
    ("events.txt", ["help", "events"]),
    ("serve.txt", ["serve", "--help"]), ("voices.txt", ["help", "voices"]),
    ("completion.txt", ["completion", "--help"]),
    ("help-help.txt", ["help", "help"]), ("formats.txt", ["help", "formats"]),
    ("exit-codes.txt", ["help", "exit-codes"]),
    ("settings.txt", ["help", "settings"]), ("agents.txt", ["help", "agents"]),
    ("queue.txt", ["queue", "--help"]), ("skip.txt", ["skip", "--help"]),
    ("again.txt", ["again", "--help"]),
    ("configuration.txt", ["help", "configuration"]), ("version.txt", ["--version"]),
    ("voices-table.txt", ["voices"]), ("voices.json", ["voices", "--json"]),
    ("devices.txt", ["say", "-a", "?"]),
  ])
  func `what is printed stays as it was recorded`(file: String, words: [String]) {
    let outcome = Stage.run(words)
    #expect(outcome.status == .done)
    #expect(outcome.told == "")
    compare(outcome.printed, with: snapshots + file)
  }

  @Test(arguments: WriteManual.pages.map(\.path))
  func `the shipped page is the one generated from the options`(path: String) throws {
    let page = try #require(WriteManual.pages.first { $0.path == path })
    compare(page.text, with: packageRoot + "/" + path)
  }

  @Test func `the hidden command writes every page`() {
    let scratch = ScratchDirectory()
    #expect(Stage.run("_manual", scratch.path).status == .done)
    for page in WriteManual.pages {
      #expect(textOfFile(scratch.path + "/" + page.path) == page.text)
    }
    #expect(Stage.run("_manual", scratch.path + "/absent/deep").status == .cannotCreate)
  }

  private func compare(_ text: String, with path: String) {
    if isRecording { writeFile(path, text) }
    #expect(textOfFile(path) == text, "to record anew: KUGEL_RECORD=1 make test")
  }
}
