import KugelWire
import Testing

@testable import KugelCLI
@testable import KugelJobs

/// A table over layers: which key goes where.
@Suite struct KeyRuleTests {
  /// One row: what each layer says, weakest first, and what comes of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var files: String = ""
    var variables: [String: String] = [:]
    var words: [String] = []
    var service = "kugel"
    var key: String?
    var url: String?
    var remark = false
    /// Words that stand in why a key is not used.
    var withheld: [String] = []

    var testDescription: String { name }
  }

  private static let readme = """
    key_file = personal
    [work]
    url = https://work.example
    key_command = pass work
    [bare]
    url = https://bare.example
    [eleven]
    engine = elevenlabs
    key_file = eleven
    """

  static let table: [Case] = [
    Case(name: "a key alone", files: "key_file = k", key: "the file k"),
    Case(name: "nothing"),
    Case(
      name: "one layer with both", files: "key_file = k\nurl = http://u", key: "the file k",
      url: "http://u"),
    Case(
      name: "a profile's own key", files: readme, words: ["--profile", "work"],
      key: "the command in key_command", url: "https://work.example"),
    Case(
      name: "a profile's address, and no key of its own", files: readme,
      words: ["--profile", "bare"], url: "https://bare.example",
      withheld: ["personal is not for the address that [bare] in"]),
    Case(
      name: "without the profile", files: readme, key: "the file personal"),
    Case(
      name: "another service", files: readme, words: ["-e", "elevenlabs"], service: "elevenlabs",
      withheld: ["the file personal is for kugel"]),
    Case(
      name: "a profile of another service", files: readme, words: ["--profile", "eleven"],
      service: "elevenlabs", key: "the file eleven", withheld: []),
    Case(
      name: "its key is not for ours", files: "engine = elevenlabs\nkey_file = e",
      words: ["-e", "kugel"], withheld: ["the file e is for elevenlabs"]),
    Case(
      name: "the command line's key for the file's address", files: "url = http://u",
      words: ["--key-file", "k"], key: "the file k", url: "http://u"),
    Case(
      name: "the command line's address and the file's key", files: "key_file = k",
      words: ["--url", "http://u"], url: "http://u",
      withheld: ["the file k is not for the address that the command line names"]),
    Case(
      name: "the environment's address and the file's key", files: "key_file = k",
      variables: ["KUGELAUDIO_API_URL": "http://u"], url: "http://u",
      withheld: ["not for the address that the environment names"]),
    Case(
      name: "the environment's both",
      variables: ["KUGELAUDIO_API_URL": "http://u", "KUGELAUDIO_API_KEY": "x"],
      key: "the variable KUGELAUDIO_API_KEY", url: "http://u"),
    Case(
      name: "the environment's key for the file's address", files: "url = http://u",
      variables: ["KUGELAUDIO_API_KEY": "x"], key: "the variable KUGELAUDIO_API_KEY",
      url: "http://u"),
    Case(
      name: "the environment's key for the command line's address, said",
      variables: ["KUGELAUDIO_API_KEY": "x"], words: ["--url", "http://u"],
      key: "the variable KUGELAUDIO_API_KEY", url: "http://u", remark: true),
    Case(
      name: "the environment's key of another service",
      variables: ["ELEVENLABS_API_KEY": "x"], words: ["--url", "http://u"], url: "http://u",
      withheld: ["ELEVENLABS_API_KEY is for elevenlabs"]),
    Case(
      name: "the file's key counts more than the environment's", files: "key_file = k",
      variables: ["KUGELAUDIO_API_KEY": "x"], key: "the file k"),
    Case(
      name: "one's own address is not for another service", files: "url = http://u\nkey_file = k",
      variables: ["ELEVENLABS_API_KEY": "x"], words: ["-e", "elevenlabs"], service: "elevenlabs",
      key: "the variable ELEVENLABS_API_KEY", withheld: ["the file k is for kugel"]),
    Case(
      name: "the command line means the engine of the file", files: "engine = elevenlabs",
      words: ["--key-file", "k"], service: "elevenlabs", key: "the file k"),
    Case(
      name: "and that of the environment", variables: ["KUGEL_ENGINE": "elevenlabs"],
      words: ["--key-file", "k"], service: "elevenlabs", key: "the file k"),
    Case(
      name: "a descriptor before a file", words: ["--key-file", "k", "--key-fd", "9"],
      key: "descriptor 9"),
  ]

  @Test(arguments: table)
  func `a key goes to the service and the address it was given for`(row: Case) throws {
    let scratch = ScratchDirectory()
    let file = scratch.path + "/config"
    writeFile(file, row.files)
    let host = Host(arguments: [], variable: { row.variables[$0] }, jobs: .none)
    let parsed = try Parser<Say>.parse(
      ["--config", file] + row.words + ["hi"], variable: { row.variables[$0] },
      configuration: { (choice) throws(UserError) in try host.configuration(choice) })
    guard case .command(let say) = parsed else {
      Issue.record("help was shown")
      return
    }
    let choice = say.options.engine.service.rule.choice(
      for: try #require(ProtocolRegistry.named(row.service)))
    #expect(choice.key?.place == row.key)
    #expect(choice.address == row.url)
    #expect((choice.remark != nil) == row.remark)
    if row.key == nil { #expect(choice.withheld.isEmpty == row.withheld.isEmpty) }
    for words in row.withheld {
      #expect(choice.withheld.contains { $0.contains(words) }, "\(choice.withheld)")
    }
  }

  @Test func `bench asks each service by its own key`() throws {
    let parsed = try Parser<Bench>.parse(
      ["-e", "elevenlabs", "-e", "espeak", "--key-file", "k"], variable: { _ in nil })
    guard case .command(let bench) = parsed else {
      Issue.record("help was shown")
      return
    }
    #expect(try bench.request().subjects[0].service?.key == .file("k"))
    let own = try Parser<Bench>.parse(
      ["-e", "kugel@http://u", "--key-file", "k"], variable: { _ in nil })
    guard case .command(let other) = own else {
      Issue.record("help was shown")
      return
    }
    let service = try other.request().subjects[0].service
    #expect(service?.key == .file("k") && service?.url == "http://u")
  }
}
