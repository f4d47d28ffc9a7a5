import KugelStreams
import Testing

@testable import KugelCLI
@testable import KugelJobs

@Suite struct AnswerOptionTests {
  @Test func `nothing is said of the input unless somebody says it`() throws {
    for command in ["say", "stream"] {
      let request = try #require(Stage.run([command]).requests.first)
      #expect(request.answers == AnswerRequest())
      #expect(!request.answers.isStream && !request.allowsEmpty)
    }
  }

  @Test func `every format can be named`() throws {
    for format in StreamFormat.allCases {
      for command in ["say", "stream"] {
        let made = try #require(
          Stage.run([command, "--input", format.rawValue]).requests.first, "\(format)")
        #expect(made.answers.format == format)
        #expect(made.allowsEmpty == (format == .hook))
      }
      #expect(!format.meaning.isEmpty)
    }
  }

  @Test func `what is spoken and shown beside the answer is asked for`() throws {
    let made = try #require(
      Stage.run([
        "stream", "--tools", "announce", "--speak-reasoning", "--tee", "--reasoning",
      ]).requests.first)
    #expect(made.answers.tools == .announce)
    #expect(made.answers.speaksReasoning && made.answers.showsReasoning)
    #expect(made.tee == .written)
    let raw = try #require(Stage.run(["stream", "--tee=raw"]).requests.first)
    #expect(raw.tee == .raw)
  }

  @Test(arguments: [
    (["stream", "--input", "opanai-chat"], "openai-chat"), (["stream", "--reasoning"], "--tee"),
    (["stream", "--tee=raw", "--reasoning"], "--tee"),
    (["say", "--input", "claude", "-f", "a", "b"], "one file"),
    (["stream", "--tools", "loud"], "announce"),
  ])
  func `what cannot be is refused`(words: [String], told: String) {
    let outcome = Stage.run(words)
    #expect(outcome.status == .usage)
    #expect(outcome.told.contains(told), "\(outcome.told)")
  }
}
