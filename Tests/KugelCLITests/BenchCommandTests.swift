import Glibc
import KugelMeasure
import Testing

@testable import KugelCLI
@testable import KugelJobs

@Suite struct BenchRequestTests {
  private func request(_ words: String...) throws -> BenchRequest {
    guard case .command(let bench) = try Parser<Bench>.parse(words) else {
      throw UserError.usage("help")
    }
    return try bench.request()
  }

  @Test func `without options a sentence is spoken twenty times by the local engine`() throws {
    let request = try request()
    #expect(request.subjects.map(\.engine) == [.espeak])
    #expect(request.strategies == [.full])
    #expect(request.text == .builtIn(.short))
    #expect(
      request.counts == BenchReport.Planned(warm: 20, warmup: 2, cold: 3, bargeIn: 0))
    #expect(request.pace == 50)
    #expect(request.concurrency == 1)
  }

  @Test func `each engine may have a voice of its own`() throws {
    let request = try request("-e", "espeak:de", "-e", "tone", "-v", "tone-3", "-s", "1.5")
    #expect(request.subjects.map(\.engine) == [.espeak, .tone])
    #expect(request.subjects.map(\.voice) == [.handle("de"), .handle("tone-3")])
    #expect(request.subjects.map(\.speed) == [1.5, 1.5])
  }

  @Test func `endpoints are laid side by side, and told apart by what they are called`() throws {
    let request = try request(
      "-e", "kugel@http://a.example:8080/base?secret=1", "-e", "kugel:7@https://b.example", "-e",
      "espeak", "-v", "9")
    #expect(
      request.subjects.map(\.service?.url) == [
        "http://a.example:8080/base?secret=1", "https://b.example", nil,
      ])
    #expect(request.subjects.map(\.voice) == [.id(9), .id(7), .id(9)])
    #expect(
      request.labels == ["kugel@a.example:8080/base", "kugel:7@b.example", nil])
    let plain = try self.request("-e", "kugel@http://a.example", "-e", "tone")
    #expect(plain.labels == [nil, nil])
  }

  @Test func `turns are played only when asked for`() throws {
    #expect(try request().speakers == nil)
    let speakers = try #require(
      try request("--play", "-a", "null", "--prebuffer", "80").speakers)
    #expect(speakers.device == "null")
    #expect(speakers.settings.prebuffer == .atLeast(.milliseconds(80)))
  }

  @Test func `engines of the command line stand in for the one of the environment`() throws {
    func engines(_ words: String...) throws -> [EngineName] {
      guard
        case .command(let bench) = try Parser<Bench>.parse(
          words, variable: { $0 == "KUGEL_ENGINE" ? "tone" : nil })
      else { return [] }
      return bench.subjects.map(\.engine)
    }
    #expect(try engines() == [.tone])
    #expect(try engines("-e", "espeak", "-e", "kugel") == [.espeak, .kugel])
  }

  @Test func `every option says what it says`() throws {
    let request = try request(
      "-N", "100", "--warmup", "0", "--cold=0", "--barge-in", "5", "--strategy", "tokens,full",
      "--text", "speech.txt", "--pace", "20/s", "--concurrency", "4", "--every", "500ms",
      "--json", "-", "--csv", "a.csv", "--svg", "b.svg", "--compare", "old.json", "--unlike",
      "--fail-if", "errors > 0", "--silence", "2,4", "--force", "-q")
    #expect(request.counts == BenchReport.Planned(warm: 100, warmup: 0, cold: 0, bargeIn: 5))
    #expect(request.strategies == [.tokens, .full])
    #expect(request.text == .file("speech.txt"))
    #expect(request.pace == 20)
    #expect(request.concurrency == 4)
    #expect(request.interval == .milliseconds(500))
    #expect(request.files == ["a.csv", "b.svg"])
    #expect(request.standardOutput == ["--json"])
    #expect(request.compare == "old.json" && request.comparesUnlike && request.overwrite)
    #expect(request.limits.map(\.text) == ["errors > 0"])
    #expect(request.silenced == [2, 4])
    #expect(request.verbosity == .quiet)
  }

  @Test(arguments: [
    (
      ["-e", "elevenlabs", "-e", "kugel", "--key-file", "k"],
      "says not which service it is of"
    ), (["-e", "elevenlabs@nowhere"], "takes elevenlabs@URL with an address"),
    (["-e", "tone:tone-2", "-e", "tone:tone-2"], "takes each engine with a voice and an address"),
    (
      ["-e", "tone@http://a"],
      "takes an address for a service elsewhere only; tone is in this program"
    ),
    (["-e", "tone@server"], "Behind a socket of this machine it is tone@serve"),
    (["-e", "kugel@ftp://a"], "takes kugel@URL with an address of a service"),
    (["-e", "kugel:@http://a"], "takes a voice after the colon"),
    (["--play", "--concurrency", "2"], "--play is about one connection"),
    (["--strategy", "full,phrase"], "--strategy takes full, sentence, chars20"),
    (["--fail-if", "first_sund.p95 > 1ms"], "--fail-if takes a metric"),
    (["--silence", "99"], "--silence takes numbers from 1 to 9"),
    (["--pace", "0"], "--pace takes tokens a second such as 50/s"),
    (["--every", "2s"], "--every is about several connections"),
    (["--concurrency", "2", "--warmup", "0"], "without a warm-up it is not known"),
    (["-N", "0", "--cold", "0"], "there is nothing to measure"),
    (["--json", "-", "--csv", "-"], "--json - and --csv - would both write"),
    (["--json", "-", "--plot"], "--json - and --plot would both write"),
    (["--unlike"], "--unlike is about --compare FILE"),
    (["Hello"], "kugel bench takes no words"),
  ])
  func `what cannot be followed is refused`(words: [String], message: String) {
    let outcome = Stage.run(["bench"] + words)
    #expect(outcome.status == .usage)
    #expect(outcome.told.contains(message), "\(outcome.told)")
  }
}

/// The command with the engines in this process.
@Suite struct BenchCommandTests {
  private struct Outcome {
    var status: Code
    var printed: String
    var told: String
  }

  private func bench(_ words: String..., variables: [String: String] = [:]) throws -> Outcome {
    try bench(words, variables: variables)
  }

  private func bench(_ words: [String], variables: [String: String] = [:]) throws -> Outcome {
    let (output, errors) = (Spool(), Spool())
    let host = Host(
      arguments: [], variable: { variables[$0] }, standardInput: -1,
      standardOutput: output.descriptor, standardError: errors.descriptor,
      isTerminal: { _ in false }, jobs: .none)
    guard case .command(let command) = try Parser<Bench>.parse(words) else {
      return Outcome(status: .usage, printed: "", told: "")
    }
    do {
      let status = try BenchJob.measure(command.request(), in: host, watch: { _ in })
      return Outcome(status: status, printed: output.text, told: errors.text)
    } catch {
      let problem = UserError(telling: error)
      return Outcome(status: problem.status, printed: output.text, told: problem.text)
    }
  }

  @Test func `a table says what was measured, and how`() throws {
    let outcome = try bench(
      "-e", "tone", "-N", "3", "--cold", "1", "--warmup", "1", variables: ["LANG": "de_DE.UTF-8"])
    #expect(outcome.status == .done)
    #expect(outcome.printed.hasPrefix("kugel bench · engine tone · in this process, no network · "))
    #expect(outcome.printed.contains("3 warm turns after 1 warm-ups, 1 cold connections, 0 errors"))
    #expect(outcome.printed.contains("first sound"))
    #expect(outcome.told.contains("warning 1: 3 warm turns are too few for p95. "))
  }

  @Test func `without UTF-8 all is ASCII`() throws {
    let outcome = try bench("-e", "tone", "-N", "2", "--plot", variables: ["LANG": "C"])
    #expect(outcome.printed.utf8.allSatisfy { $0 < 128 })
  }

  @Test func `standard output is nothing but the JSON`() throws {
    let outcome = try bench("-e", "tone", "-N", "2", "--json", "-")
    let report = try ReportJSON.read(outcome.printed)
    #expect(report.cases[0].turns(in: .warm).count == 2)
    #expect(report.cases[0].metrics.contains { $0.metric == .firstSound })
    #expect(report.environment.cores > 0)
    #expect(!outcome.told.contains("{"))
  }

  @Test func `files are written, and not over others`() throws {
    let scratch = ScratchDirectory()
    let names = ["a.json", "b.csv", "c.svg"].map { scratch.path + "/" + $0 }
    func run(_ more: String...) throws -> Outcome {
      try bench(
        ["-e", "tone", "-N", "2", "--json", names[0], "--csv", names[1], "--svg", names[2]] + more)
    }
    #expect(try run().status == .done)
    for name in names { #expect((textOfFile(name) ?? "").count > 100) }
    let second = try run()
    #expect(second.status == .cannotCreate)
    #expect(second.told.contains("a.json exists"))
    #expect(try run("--force").status == .done)
  }

  @Test func `a limit that is missed ends with 1 and says why`() throws {
    let missed = try bench("-e", "tone", "-N", "2", "--fail-if", "first_sound.max >= 0ms")
    #expect(missed.status == .partial)
    #expect(missed.told.contains("first_sound.max >= 0ms: first_sound.max is "))
    let unknown = try bench("-e", "tone", "-N", "2", "--fail-if", "first_sound.p95 > 10s")
    #expect(unknown.status == .partial)
    #expect(unknown.told.contains("first_sound.p95 is not known"))
    #expect(
      try bench("-e", "tone", "-N", "2", "--fail-if", "first_sound.max > 100s").status == .done)
  }

  @Test func `a comparison is told, and one of unlike things refused before measuring`() throws {
    let scratch = ScratchDirectory()
    let older = scratch.path + "/old.json"
    _ = try bench("-e", "tone", "-N", "20", "--json", older)
    let compared = try bench("-e", "tone", "-N", "20", "--compare", older)
    #expect(compared.status == .done)
    #expect(compared.printed.contains("compared with "))
    #expect(compared.printed.contains("no evidence") || compared.printed.contains("er\n"))
    let unlike = try bench("-e", "tone:tone-2", "--compare", older)
    #expect(unlike.status == .usage)
    #expect(unlike.told.contains("voice: tone-1 then, tone-2 now"))
    let forced = try bench("-e", "tone:tone-2", "-N", "20", "--compare", older, "--unlike")
    #expect(forced.status == .done)
    #expect(forced.printed.contains("unlike: tone, full: voice: tone-1 then, tone-2 now"))
    writeFile(older, "{}")
    #expect(try bench("-e", "tone", "--compare", older).status == .badInput)
    #expect(try bench("-e", "tone", "--compare", scratch.path + "/none").status == .unreadableInput)
  }

  @Test func `a text of one's own is spoken, and one without words refused`() throws {
    let scratch = ScratchDirectory()
    let path = scratch.path + "/speech.txt"
    writeFile(path, "Two words.")
    let outcome = try bench("-e", "tone", "-N", "2", "--text", path)
    #expect(outcome.printed.contains("text speech.txt (10 chars)"))
    writeFile(path, " \n")
    #expect(try bench("-e", "tone", "--text", path).status == .badInput)
    #expect(try bench("-e", "tone", "--text", scratch.path + "/no").status == .unreadableInput)
  }

  @Test func `an engine is laid beside itself behind a socket`() throws {
    let outcome = try bench(
      "-e", "tone", "-e", "tone:tone-2@serve", "-N", "2", "--cold", "1", "--warmup", "0", "--json",
      "-")
    #expect(outcome.status == .done, "\(outcome.told)")
    let report = try ReportJSON.read(outcome.printed)
    #expect(report.cases.map(\.conditions.name) == ["tone, full", "tone:tone-2@serve, full"])
    #expect(report.cases.map(\.conditions.place) == [.inProcess, .loopback])
    #expect(report.cases.map(\.conditions.voice) == ["tone-1", "tone-2"])
    #expect(report.cases.allSatisfy { $0.completed(in: .warm).count == 2 })
    let connects = report.cases.map { $0.completed(in: .cold).first?.connectParts }
    #expect(connects[0] == nil && connects[1]?.upgrade != nil)
  }

  @Test func `several connections speak at once`() throws {
    let outcome = try bench(
      "-e", "tone", "-N", "6", "--cold", "0", "--warmup", "1", "--concurrency", "3", "--every",
      "20ms", "--csv", "-")
    #expect(outcome.status == .done)
    let lines = outcome.printed.split(separator: "\n").map { $0.split(separator: ",") }
    let lanes = lines.filter { $0.contains("warm") }.map { $0[4] }
    #expect(Set(lanes) == ["1", "2", "3"] && lanes.count == 6)
  }
}
