import EngineTestSupport
import KugelEngine
import KugelEngines
import KugelText
import Testing

@Suite struct NamedProgramTests {
  private func program(_ options: [String: String]) -> NamedProgram {
    NamedProgram(name: "robot", options: options)
  }

  @Test func `a program speaks under its own name, and what is said when it is opened counts more`()
    throws
  {
    let entry = program([
      "command": "sh -c 'read line; printf %s \"$line\" | head -c 4'", "rate": "16000",
    ]).entry
    #expect(entry.name == "robot")
    let engine = entry.open(EngineSetup())
    #expect(engine.name == "robot" && engine.nativeRate == 16_000)
    #expect(engine.voices.map(\.handle) == ["robot"])
    #expect(try engine.speech("abcd").samples == [0x6261, 0x6463])
    var setup = EngineSetup()
    setup.options["rate"] = "8000"
    #expect(entry.open(setup).nativeRate == 8_000)
  }

  @Test func `what goes wrong is told by its name`() {
    do {
      _ = try program(["command": "/nowhere/speaker"]).entry.open(EngineSetup()).speech("Hello.")
      Issue.record("spoken")
    } catch let error as EngineError {
      #expect(error.cause.hasPrefix("robot: /nowhere/speaker cannot be started"))
    } catch { Issue.record("\(error)") }
  }

  @Test func `a command that cannot be is told of beforehand`() {
    #expect(program([:]).flaw == "it has no command")
    #expect(program(["command": "say 'it"]).flaw != nil)
    #expect(program(["command": "say 'it", "shell": "yes"]).flaw == nil, "the shell reads it")
    #expect(program(["command": "say it"]).flaw == nil)
  }

  @Test(arguments: [
    ("robot", true), ("my-robot_2", true), ("", false), ("-r", false), ("a b", false), ("ä", false),
    ("a.b", false),
  ])
  func `names are plain`(name: String, isName: Bool) {
    #expect(NamedProgram.isName(name) == isName)
  }

  @Test func `they count within a scope only`() {
    let robot = program(["command": "true"])
    #expect(EngineRegistry.programs.isEmpty)
    EngineRegistry.$programs.withValue([robot]) { #expect(EngineRegistry.programs == [robot]) }
    #expect(EngineRegistry.programs.isEmpty)
  }
}
