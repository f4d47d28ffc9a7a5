import Foundation
import Testing

/// What the README shows of `kugel stream` works as it stands there, and says what is written.
@Suite struct ReadmeTests {
  /// The words behind each `kugel` of a line that streams, up to the next pipe or comment.
  private static func streams() throws -> [[String]] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("README.md")
    var isShell = false
    var found: [[String]] = []
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("```") { isShell = line == "```sh" }
      guard isShell, let start = line.range(of: "kugel stream") else { continue }
      var words = ["stream"]
      for word in line[start.upperBound...].split(separator: " ") {
        if word == "|" || word == "#" { break }
        words.append(String(word))
      }
      found.append(words)
    }
    return found
  }

  @Test func `there are examples of streams`() throws {
    #expect(try Self.streams().count >= 6)
  }

  @Test(arguments: try streams())
  func `an example of a stream says what is written`(words: [String]) throws {
    let written = "**One** moment.\nHere is the rest, 👍 see https://example.com/a.\n"
    let result = try Program.run(words + ["--print"], input: Data(written.utf8))
    #expect(result.status == 0, "\(words): \(result.talk)")
    let said = String(decoding: result.output, as: UTF8.self)
      .split { $0.isWhitespace }.joined(separator: " ")
    #expect(said.hasPrefix("One moment. Here is the rest,"), "\(words): \(said)")
  }
}
