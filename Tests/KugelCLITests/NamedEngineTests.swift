import KugelServer
import Synchronization
import Testing

@testable import KugelCLI
@testable import KugelJobs

/// `[engine.NAME]` of configuration files.
@Suite struct NamedEngineTests {
  private let scratch = ScratchDirectory()

  private func run(
    _ text: String, _ words: [String],
    serve:
      @escaping @Sendable (ServeOptions, EngineName, ServeTalk, Host) throws -> KugelJobs.ExitStatus =
      {
        _, _, _, _ in .done
      }
  ) -> Stage.Outcome {
    writeFile(scratch.path + "/config", text)
    return Stage.run(
      words, variables: ["KUGEL_CONFIG": scratch.path + "/config"], serve: serve)
  }

  private let robot = """
    [engine.robot]
    command = espeak-ng --stdin --stdout # any
    rate = 22050

    """

  @Test func `a program that the file names is an engine`() throws {
    let outcome = run(robot, ["say", "-e", "robot", "-x", "timeout=5", "hi"])
    let request = try #require(outcome.requests.first, "\(outcome.told)")
    #expect(request.engine.rawValue == "robot" && !request.engine.isRemote)
    #expect(request.engine.entry?.name == "robot")
    #expect(request.engineOptions == ["timeout": "5"])
    #expect(EngineName(rawValue: "robot") == nil, "elsewhere there is none")
  }

  @Test func `it can be the one that speaks, in a profile too`() {
    #expect(
      run("engine = robot\n" + robot, ["say", "hi"]).requests.first?.engine.rawValue == "robot")
    #expect(
      run(robot + "[work]\nengine = robot\n", ["say", "--profile", "work", "hi"])
        .requests.first?.engine.rawValue == "robot")
  }

  @Test func `others are served with it`() {
    let served = Mutex<[String]>([])
    let serve:
      @Sendable (ServeOptions, EngineName, ServeTalk, Host) throws -> KugelJobs.ExitStatus = {
        _, engine, _, _ in
        served.withLock { $0.append(engine.rawValue) }
        return .done
      }
    #expect(run(robot, ["serve", "-e", "robot"], serve: serve).status == .done)
    // Nothing else of the file is read.
    #expect(run("engine = kugel\n" + robot, ["serve"], serve: serve).status == .done)
    #expect(
      run(robot, ["serve", "-e", "robbot"], serve: serve).told.contains("Did you mean robot?"))
    #expect(served.withLock { $0 } == ["robot", "espeak"])
  }

  @Test(arguments: [
    ("[engine.robot]\nrate = 8000", ":1: the engine robot cannot be used: it has no command"),
    ("\n[engine.robot]\ncommand = say 'it", ":3: the engine robot cannot be used: a quote"),
    ("[engine.robot]\ncommand = a\nrate = fast", ":3: rate takes a whole number"),
    ("[engine.robot]\ncommand = a\nkeep = maybe", ":3: keep takes yes or no"),
    ("[engine.robot]\ncomand = a", ":2: there is no key \"comand\""),
    ("[engine.robot]\nvoice = a", ":2: there is no key \"voice\""),
    ("[engine.robot]\ncommand = a\ncommand = b", ":3: command stands above already"),
    ("[engine.espeak]\ncommand = a", ":1: there is an engine espeak already"),
    ("[engine.kugel]\ncommand = a", ":1: there is an engine kugel already"),
    ("[engine.]\ncommand = a", ":1: the name of an engine"),
    ("[engine.a b]\ncommand = a", ":1: the name of an engine"),
    ("[engine.r]\ncommand = a\n[engine.r]\ncommand = b", ":3: the section [engine.r] stands above"),
    ("engine = robbot\n" + "[engine.robot]\ncommand = a", ":1: engine takes"),
  ])
  func `what is wrong names file and line`(text: String, told: String) {
    let outcome = run(text, ["say", "hi"])
    #expect(outcome.status == .badConfiguration && outcome.requests.isEmpty)
    #expect(outcome.told.contains(scratch.path + "/config" + told), "\(outcome.told)")
  }

  @Test func `such a section is no profile`() {
    let outcome = run(robot + "[work]\n", ["say", "--profile", "engine.robot", "hi"])
    #expect(outcome.status == .badConfiguration)
    #expect(outcome.told.contains("profiles: work\n"), "\(outcome.told)")
  }
}
