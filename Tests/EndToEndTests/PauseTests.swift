import Foundation
import Testing

/// What is between the words, on the engine that is always there.
@Suite struct PauseTests {
  private func seconds(_ command: String, _ words: String..., input: String? = nil) throws -> Double
  {
    let result = try Program.run(
      [
        command, "-e", "espeak", "-l", "en-us", "-o", "-", "--format", "raw", "--sample-rate",
        "24000",
      ]
        + words, input: input.map { Data($0.utf8) })
    #expect(result.status == 0, "\(result.talk)")
    return Double(result.output.count) / 48_000
  }

  /// Seconds as `espeak-ng -v en-us -w` makes them, version 1.51.
  @Test(arguments: [
    ("Chapter One\n\nIt was night.", 2.304), ("Chapter One.\n\nIt was night.", 2.304),
    ("Chapter One. It was night.", 2.079), ("Chapter One, it was night.", 1.910),
    ("Chapter One!\n\nIt was night.", 2.382),
  ])
  func `a text is as long as the program espeak-ng makes it`(text: String, expected: Double) throws
  {
    for found in try [
      seconds("say", text), seconds("say", "-f", "-", input: text),
      seconds("stream", input: text),
    ] {
      #expect(found > expected - 0.03 && found < expected + 0.15, "\(found) for \(expected)")
    }
  }

  @Test func `breaks have the length that they ask for`() throws {
    func length(_ time: String, _ text: String) throws -> Double {
      try seconds("say", text.replacing("|", with: "<break time=\"\(time)\"/>"))
    }
    for text in ["One | two", "One.| Two.", "<prosody rate=\"slow\">One</prosody> | two"] {
      let difference = try length("3s", text) - length("100ms", text)
      #expect(abs(difference - 2.9) < 0.05, "\(text)")
    }
  }

  @Test func `letters are spelled, and a sound is said`() throws {
    #expect(
      try seconds("say", "<spell>abcdef</spell>") > 2 * seconds("say", "abcdef"))
    let word = try seconds("say", "hello")
    #expect(try abs(seconds("say", "/həˈloʊ/") - word) < 0.1)
  }
}
