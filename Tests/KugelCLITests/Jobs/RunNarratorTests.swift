import Glibc
import KugelAudio
import KugelClient
import KugelSession
import KugelWire
import Testing

@testable import KugelJobs

@Suite struct RunNarratorTests {
  /// What is told of something.
  private func told(
    _ verbosity: Verbosity, terminal: Bool = false, _ body: (RunNarrator) -> Void
  ) -> String {
    let spool = Spool()
    var request = RunRequest()
    request.verbosity = verbosity
    let host = Host(
      arguments: [], variable: { _ in nil }, standardError: spool.descriptor,
      isTerminal: { _ in terminal }, jobs: .none)
    body(RunNarrator(request, host: host, isRemote: true, display: nil))
    return spool.text
  }

  private let retrying = Happening(
    .retrying(attempt: 2, after: .milliseconds(500), cause: .broken("it broke")), at: .now)

  @Test(arguments: [
    (Verbosity.quiet, true, false), (.normal, true, true), (.normal, false, false),
    (.verbose, false, true), (.wire, false, true),
  ])
  func `a new try is told to whoever sits there or asked`(
    verbosity: Verbosity, terminal: Bool, isTold: Bool
  ) {
    let text = told(verbosity, terminal: terminal) { $0.hear(retrying) }
    #expect(text.contains("try 2 in 500 ms") == isTold)
  }

  @Test(arguments: [(Verbosity.quiet, false), (.normal, true)])
  func `what is wrong with the input is told but to the quiet`(verbosity: Verbosity, isTold: Bool) {
    let text = told(verbosity) { $0.hear(.warning("a.txt is no text")) }
    #expect(text == (isTold ? "kugel: warning: a.txt is no text\n" : ""))
  }

  @Test(arguments: [(Verbosity.normal, false), (.verbose, true)])
  func `connecting is told to those who want to know much`(verbosity: Verbosity, isTold: Bool) {
    let text = told(verbosity, terminal: true) { $0.hear(Happening(.connecting, at: .now)) }
    #expect(text.hasSuffix(" ms: connecting\n") == isTold)
  }

  @Test func `what came first breaks a run off`() throws {
    let spool = Spool()
    let host = Host(
      arguments: [], variable: { _ in nil }, standardError: spool.descriptor, jobs: .none)
    let narrator = RunNarrator(RunRequest(), host: host, isRemote: true, display: nil)
    var outcome = RunOutcome()
    #expect(try narrator.breakingOff(outcome) == nil)
    outcome.inputError = .unreadable("a.txt", code: EIO)
    #expect(throws: UserError.self) { try narrator.breakingOff(outcome) }
    outcome.signal = SIGTERM
    #expect(try narrator.breakingOff(outcome)?.rawValue == 128 + SIGTERM)
    outcome.speakersWereTaken = true
    #expect(throws: UserError.speakersTaken) { try narrator.breakingOff(outcome) }
    outcome.copyError = EPIPE
    #expect(throws: UserError.readerGone) { try narrator.breakingOff(outcome) }
  }

  @Test func `the first output that failed is the error, the others are told`() {
    let first = SinkError.failed(target: "a.wav", cause: "it is full")
    var outcome = RunOutcome()
    outcome.sinkErrors = [first, .failed(target: "b.wav", cause: "it is gone")]
    let text = told(.normal) { narrator in
      #expect(throws: first) { try narrator.judgeOutputs(outcome) }
    }
    #expect(text.contains("b.wav") && !text.contains("a.wav"))
  }

  @Test(arguments: [(0.0, "0.0"), (0.05, "0.1"), (1.94, "1.9"), (59.96, "60.0")])
  func `seconds have one digit behind the stop`(value: Double, text: String) {
    #expect(RunNarrator.tenths(value) == text)
  }
}
