import Glibc
import KugelAudio
import KugelEngine
import Testing

@testable import KugelCLI
@testable import KugelJobs

@Suite struct FrontTests {
  @Test func `kugel alone shows a short help on standard error`() {
    let outcome = Stage.run()
    #expect(outcome.status == .usage && outcome.printed == "")
    #expect(outcome.told.contains("kugel say Hello"))
  }

  @Test(arguments: [
    (["hello"], "kugel: there is no command \"hello\"", "To speak it: kugel say hello"),
    (["it's", "me"], "there is no command \"it's\"", #"kugel say 'it'\''s' me"#),
    (["sya", "hi"], "there is no command \"sya\"", "Did you mean kugel say?"),
    (["--voice", "anna"], "--voice belongs after a command", "kugel say --voice"),
    (["-V"], "-V belongs after a command", "kugel say -V"),
    (["--verison"], "kugel has no option --verison", "Did you mean kugel --version?"),
    (["help", "fromats"], "there is no command or topic \"fromats\"", "kugel help formats"),
    (["completion", "tcsh"], "kugel completion takes one of bash|zsh|fish", ""),
    (["voices", "x"], "kugel voices takes no words, but was given \"x\"", ""),
  ])
  func `a slip is named, with what may have been meant`(words: [String], told: String, hint: String)
  {
    let outcome = Stage.run(words)
    #expect(outcome.status == .usage && outcome.printed == "" && outcome.requests.isEmpty)
    #expect(outcome.told.hasPrefix("kugel: "))
    #expect(outcome.told.contains(told) && outcome.told.contains(hint), "\(outcome.told)")
    #expect(outcome.told.split(separator: "\n").count <= 3)
  }

  @Test(arguments: [
    (SinkError.cannotCreate(target: "a.wav", cause: .exists), Code.cannotCreate, "--force"),
    (
      .cannotCreate(target: "/", cause: .other("is a directory")), .cannotCreate,
      "/: is a directory"
    ),
    (.cannotCreate(target: "/dev/tty", cause: .isTerminal), .usage, "-o FILE"),
    (.failed(target: "default", cause: "no such device"), .ioFailed, "-o FILE"),
    (
      .failed(target: "a.wav", cause: "no space left on device"), .ioFailed,
      "sound output to a.wav failed: no space left on device\n"
    ),
    (.readerGone(target: "standard output"), .readerGone, ""),
  ])
  func `a failing output ends with its code`(error: SinkError, status: Code, told: String) {
    let outcome = Stage.run("say", "hi", speak: { _ in throw error })
    #expect(outcome.status == status)
    #expect(told.isEmpty ? outcome.told.isEmpty : outcome.told.contains(told), "\(outcome.told)")
  }

  @Test(arguments: [
    (EngineError.unavailable(engine: "espeak", cause: "no data"), Code.unavailable),
    (.unknownVoice(7), .usage), (.failed(engine: "espeak", cause: "lost"), .internalError),
  ])
  func `a failing engine ends with its code`(error: EngineError, status: Code) {
    let outcome = Stage.run("say", "hi", speak: { _ in throw error })
    #expect(outcome.status == status && outcome.told.hasPrefix("kugel: "))
  }

  @Test func `an error nobody expected is internal`() {
    struct Surprise: Error {}
    let outcome = Stage.run("say", "hi", speak: { _ in throw Surprise() })
    #expect(outcome.status == .internalError && outcome.told.contains("report"))
  }

  @Test(arguments: Code.allCases)
  func `a job's code is the program's`(status: Code) {
    #expect(Stage.run("say", "hi", speak: { _ in status }).status == status)
    #expect(
      Stage.run("say", "hi", speak: { _ in throw UserError(status, "why") }).status == status)
  }

  @Test func `the exit codes are those that scripts know`() {
    #expect(
      Code.allCases.map(\.rawValue) == [
        0, 1, 64, 65, 66, 69, 70, 73, 74, 75, 76, 77, 78, 79, 129, 130, 141, 143,
      ])
  }

  @Test func `a reader that went away ends the run without a word`() {
    signal(SIGPIPE, SIG_IGN)
    var ends: [CInt] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    close(ends[0])
    let errors = Spool()
    let host = Host(
      arguments: ["--help"], variable: { _ in nil }, standardOutput: ends[1],
      standardError: errors.descriptor, jobs: .none)
    #expect(Front.run(in: host) == .readerGone)
    #expect(errors.text == "")
    close(ends[1])
  }

  @Test func `a commit that nobody told is not made up`() {
    let text = Release.text(commit: nil, libraries: [])
    #expect(text == "kugel \(Release.version)\ncommit unknown: built without git or without make\n")
  }

  @Test func `a full disk under standard output is told`() {
    let full = unsafe open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(full) }
    let errors = Spool()
    let host = Host(
      arguments: ["--version"], variable: { _ in nil }, standardOutput: full,
      standardError: errors.descriptor, jobs: .none)
    #expect(Front.run(in: host) == .ioFailed)
    #expect(errors.text.contains("standard output: no space left"))
  }

  @Test func `inputs that cannot be read are named`() {
    let host = Host(arguments: [], variable: { _ in nil }, jobs: .none)
    for (path, cause) in [("/no/such", "no such file"), ("/tmp", "is a directory")] {
      #expect {
        try host.openInput(path)
      } throws: { error in
        let told = error as? UserError
        return told?.status == .unreadableInput
          && told?.message.hasPrefix("cannot read \(path): \(cause)") == true
      }
    }
  }
}
