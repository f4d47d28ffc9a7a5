import Foundation
import Testing

@Suite struct TranscriptOverSocketTests {
  /// The transcripts that the tests in memory replay, where nothing depends on a sound device, on a
  /// key being pressed or on what only an engine in the same process knows.
  private static var transcripts: [URL] {
    get throws {
      let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("KugelClientTests/Transcripts")
      let needs: Set = [": device", ": prompt", ": local"]
      return try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil
      ).filter { file in
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        return !lines.contains { needs.contains(String($0)) }
      }
    }
  }

  @Test func `what holds in memory holds over a socket`() throws {
    let server = try ServedEngine()
    let transcripts = try Self.transcripts
    #expect(transcripts.count > 4)
    for transcript in transcripts {
      let lines = try String(contentsOf: transcript, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false)
      let input = lines.filter { $0.hasPrefix(">") }.map { $0.dropFirst(2) + "\n" }.joined()
      let wanted = lines.filter { $0.hasPrefix("< ") }.map { String($0.dropFirst(2)) }
      let result = try Program.run(
        ["session", "--raw-text"] + server.words + ["-o", "/dev/null", "--format", "raw"]
          + (lines.contains(": jsonl") ? ["--jsonl"] : []), input: Data(input.utf8))
      let found = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
      #expect(found.count == wanted.count, "\(transcript.lastPathComponent): \(result)")
      for (line, pattern) in zip(found, wanted) {
        #expect(matches(String(line), pattern), "\(transcript.lastPathComponent)")
      }
    }
  }

  /// A star stands for anything.
  private func matches(_ text: String, _ pattern: String) -> Bool {
    let parts = pattern.components(separatedBy: "*").map(NSRegularExpression.escapedPattern)
    return text.range(
      of: "^" + parts.joined(separator: ".*") + "$", options: .regularExpression) != nil
  }
}
