import Testing

@testable import KugelCLI
@testable import KugelJobs

@Suite struct ConfigurationTests {
  private let keys = ["engine", "voice", "key-file", "key-command", "set", "url"]

  private func file(_ text: String) throws(UserError) -> ConfigurationFile {
    try ConfigurationFile(text, path: "/c", keys: keys, secrets: ["key", "api-key"])
  }

  @Test func `lines, sections and comments`() throws {
    let file = try file(
      """
      # mine
      engine = kugel   # who speaks
      key_command=pass show "a b"#1

      [work]
        url = http://host/path
      set = pitch=1
      set = cfg_scale=2
      [home]
      key-file = /k
      """)
    #expect(file.sections.map(\.name) == [nil, "work", "home"])
    #expect(
      file.sections[0].entries == [
        .init(key: "engine", value: "kugel", line: 2),
        .init(key: "key-command", value: "pass show \"a b\"#1", line: 3),
      ])
    #expect(
      file.section("work")?.entries == [
        .init(key: "url", value: "http://host/path", line: 6),
        .init(key: "set", value: "pitch=1", line: 7),
        .init(key: "set", value: "cfg_scale=2", line: 8),
      ])
  }

  @Test(arguments: [
    ("voise = 1", "/c:1: there is no key \"voise\"", "Did you mean voice?"),
    ("\nzzzzzz = 1", "/c:2: there is no key \"zzzzzz\"", "Keys: engine, key_command"),
    ("voice", "/c:1: a line is written KEY = VALUE or [SECTION]", ""),
    ("voice =", "/c:1: voice has no value", ""),
    ("voice = 1\nvoice = 2", "/c:2: voice stands above already", ""),
    ("[a]\n[a]", "/c:2: the section [a] stands above already", ""),
    ("[a", "/c:1: a section is written [NAME]", ""), ("[]", "/c:1: a section is written", ""),
    ("api_key = ka_1", "/c:1: a key does not stand in a configuration file", "key_file"),
  ])
  func `what is not understood names its place`(text: String, told: String, hint: String) {
    do throws(UserError) {
      _ = try file(text)
      Issue.record("it was taken")
    } catch {
      #expect(error.status == .badConfiguration)
      #expect(error.message.contains(told), "\(error.message)")
      #expect((error.hint ?? "").contains(hint), "\(error.hint ?? "")")
      #expect(!error.text.contains("ka_1"))
    }
  }

  /// A user's file, a system's file, and the variables that lead to them.
  private final class Files {
    let scratch = ScratchDirectory()
    var variables: [String: String] {
      ["XDG_CONFIG_HOME": scratch.path + "/home", "XDG_CONFIG_DIRS": scratch.path + "/system"]
    }

    init(user: String? = nil, system: String? = nil) {
      _ = shell("mkdir -p '\(scratch.path)'/home/kugel '\(scratch.path)'/system/kugel")
      if let user { writeFile(scratch.path + "/home/kugel/config", user) }
      if let system { writeFile(scratch.path + "/system/kugel/config", system) }
    }

    func run(_ words: String..., adding more: [String: String] = [:]) -> Stage.Outcome {
      Stage.run(words, variables: variables.merging(more) { $1 })
    }
  }

  @Test func `option, environment, profile, user and system count in this order`() throws {
    let files = Files(
      user: "voice = user\nlang = de\n[work]\nvoice = work\n", system: "voice = system\nspeed = 1.5"
    )
    let voice = { (outcome: Stage.Outcome) in outcome.requests.first?.voice?.description }
    #expect(voice(files.run("say", "hi")) == "user")
    #expect(files.run("say", "hi").requests.first?.speed == 1.5)
    #expect(voice(files.run("say", "--profile", "work", "hi")) == "work")
    #expect(voice(files.run("say", "hi", adding: ["KUGEL_PROFILE": "work"])) == "work")
    #expect(
      voice(files.run("say", "--profile=work", "hi", adding: ["KUGEL_VOICE": "env"])) == "env")
    #expect(
      voice(files.run("say", "--profile=work", "-v", "me", "hi", adding: ["KUGEL_VOICE": "env"]))
        == "me")
    #expect(files.run("say", "--profile=work", "hi").requests.first?.language == "de")
    #expect(voice(Files(system: "voice = system").run("say", "hi")) == "system")
  }

  @Test func `a file that is named stands for all others, and must be there`() {
    let files = Files(user: "voice = user", system: "voice = system")
    writeFile(files.scratch.path + "/other", "lang = fr")
    let outcome = files.run("say", "--config", files.scratch.path + "/other", "hi")
    #expect(outcome.requests.first?.voice == nil && outcome.requests.first?.language == "fr")
    let missing = files.run("say", "hi", adding: ["KUGEL_CONFIG": "/nonexistent"])
    #expect(missing.status == .badConfiguration && missing.told.contains("/nonexistent"))
  }

  @Test func `a profile that is nowhere is told with those there are`() {
    let outcome = Files(user: "[work]\nvoice = a\n[home]\n").run("say", "--profile", "wrok", "hi")
    #expect(outcome.status == .badConfiguration && outcome.requests.isEmpty)
    #expect(outcome.told.contains("Did you mean work?"))
    #expect(outcome.told.contains("profiles: work, home"))
  }

  @Test(arguments: [
    ("rate = fast", "config:1: rate takes a whole number of words a minute, not \"fast\""),
    ("\nset = pitch=900", "config:2: set takes pitch= with a whole number from 0 to 100"),
    ("engine = speak", "Did you mean espeak?"),
    ("normalize = maybe", "config:1: normalize takes yes or no, not \"maybe\""),
    ("output = a.wav", "there is no key \"output\""), ("config = x", "there is no key"),
  ])
  func `a value that is none names file and line`(text: String, told: String) {
    let outcome = Files(user: text).run("say", "hi")
    #expect(outcome.status == .badConfiguration && outcome.requests.isEmpty)
    #expect(outcome.told.contains(told), "\(outcome.told)")
  }

  @Test func `keys of other commands do no harm`() {
    #expect(Files(user: "preset = fast\nretries = 5").run("say", "hi").status == .done)
    #expect(Files(user: "voise = 1").run("completion", "bash").status == .done)
  }

  @Test func `switches and lists`() throws {
    let files = Files(
      user: """
        url = http://localhost:1
        normalize = no
        set = cfg_scale=1.5
        set = cfg_scale=1.7
        timeout = first=3s
        """)
    let request = try #require(
      files.run("say", "-x", "temperature=0.1", "--timeout", "stall=none", "hi").requests.first)
    #expect(request.engine == .kugel)
    #expect(request.settings.normalize == false)
    #expect(request.settings.cfgScale == 1.7 && request.settings.temperature == 0.1)
    let policy = try #require(request.service?.policy)
    #expect(policy.firstTimeout == .seconds(3) && policy.stallTimeout == nil)
    #expect(policy.connectTimeout == .seconds(5))
  }

  @Test func `only absolute directories are searched, the system's first listed last`() {
    let variables = ["XDG_CONFIG_DIRS": "/a:rel:/b", "HOME": "/h"]
    let host = Host(arguments: [], variable: { variables[$0] }, jobs: .none)
    #expect(
      host.configurationPaths == ["/b/kugel/config", "/a/kugel/config", "/h/.config/kugel/config"])
  }
}
