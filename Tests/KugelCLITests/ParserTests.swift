import Testing

@testable import KugelCLI
@testable import KugelJobs

@Suite struct ParserTests {
  /// A command with an option of every kind.
  struct Sample: Command {
    static let name = "sample"
    static let summary = "A sample."
    static var flags: [Flag<Sample>] {
      [
        .onOff("all", "A", \.all, help: "all"), .onOff("brief", "b", \.brief, help: "brief"),
        .negatable("play", \.play, help: "play"),
        .text("output", "o", "FILE", \.output, help: "output"),
        .list("file", "f", "FILE", \.files, help: "file"),
        .decimal("gain", "g", "DB", \.gain, help: "gain"),
        Flag(FlagSpec(long: "tee", short: "t", value: .optional("HOW"), help: "tee")) {
          target, input in
          target.tee = input
        },
      ]
    }
    var all = false
    var brief = false
    var play: Bool?
    var output: String?
    var files: [String] = []
    var gain: Double?
    var tee: FlagInput?
    var words: [String] = []

    mutating func take(operands: [String]) throws(UserError) { words = operands }
    func run(in host: Host) throws -> Code { .done }
  }

  private func parse(_ words: String...) throws(UserError) -> Sample {
    guard case .command(let sample) = try Parser<Sample>.parse(words) else { throw .usage("help") }
    return sample
  }

  @Test(arguments: [
    ["-o", "x"], ["-ox"], ["-o=x"], ["--output", "x"], ["--output=x"], ["-bo", "x"], ["-Abox"],
  ])
  func `a value may be written in every usual way`(words: [String]) throws {
    guard case .command(let sample) = try Parser<Sample>.parse(words) else {
      throw UserError.readerGone
    }
    #expect(sample.output == "x")
  }

  @Test func `switches cluster and options may follow text`() throws {
    let sample = try parse("one", "-Ab", "two", "--no-play", "--", "-A", "--what")
    #expect(sample.all && sample.brief && sample.play == false)
    #expect(sample.words == ["one", "two", "-A", "--what"])
  }

  @Test func `a single dash is a word and a value`() throws {
    let sample = try parse("-", "-o", "-")
    #expect(sample.words == ["-"] && sample.output == "-")
  }

  @Test func `negative numbers are values`() throws {
    #expect(try parse("-g", "-6").gain == -6)
    #expect(try parse("--gain", "-6.5").gain == -6.5)
    #expect(try parse("-g-6").gain == -6)
  }

  @Test func `the last one wins unless all are kept`() throws {
    let sample = try parse("-o", "a", "-f", "1", "-o", "b", "-f2", "--play", "--no-play")
    #expect(sample.output == "b" && sample.files == ["1", "2"] && sample.play == false)
  }

  @Test func `a value that may be left out is taken only when it is attached`() throws {
    #expect(try parse("--tee", "x").tee == .on)
    #expect(try parse("-t", "x").words == ["x"])
    #expect(try parse("--tee=x").tee == .value("x"))
    #expect(try parse("-t=x").tee == .value("x"))
    let sample = try parse("-bt=x=y", "z")
    #expect(sample.brief && sample.tee == .value("x=y") && sample.words == ["z"])
  }

  private static let refusals: [(words: [String], message: String, hint: String?)] = [
    (["--outptu", "x"], "kugel sample has no option --outptu", "Did you mean --output?"),
    (["-Az"], "kugel sample has no option -z in -Az", nil),
    (["-5"], "kugel sample has no option -5", nil),
    (["-o"], "-o needs a value: -o FILE", nil),
    (["--output"], "--output needs a value: --output FILE", nil),
    (["-o", "--play"], "-o needs a value: -o FILE", nil),
    (["-o", "--"], "-o needs a value: -o FILE", nil),
    (["--all=yes"], "--all takes no value, but was given --all=yes", nil),
    (["--gain", "loud"], "--gain takes a number, not \"loud\"", nil),
    (["-gnan"], "-g takes a number, not \"nan\"", nil),
    (["-o", ""], "-o takes a value that is not empty, not \"\"", nil),
  ]

  @Test(arguments: refusals)
  func `what cannot be followed is named`(words: [String], message: String, hint: String?) {
    #expect {
      try Parser<Sample>.parse(words)
    } throws: { error in
      guard let error = error as? UserError else { return false }
      return error.status == .usage && error.message == message
        && (hint == nil || error.hint == hint)
    }
  }

  @Test func `help is found among options and not behind the dashes`() throws {
    guard case .help = try Parser<Sample>.parse(["x", "-Ah"]) else {
      Issue.record("-h was not seen")
      return
    }
    #expect(try parse("--", "--help").words == ["--help"])
  }
}
