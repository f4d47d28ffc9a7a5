import Foundation
import Testing

/// What signals do to all commands that speak, each as its users run it.
@Suite struct SignalTests {
  private let scratch: Scratch
  private let environment: [String: String]

  init() throws {
    scratch = try Scratch()
    var environment = Program.environment
    environment["XDG_RUNTIME_DIR"] = scratch.folder.path
    self.environment = environment
  }

  private func start(_ words: [String]) throws -> Running {
    try Running(words, environment: environment)
  }

  private let text = String(repeating: "Spoken before the signal. ", count: 20)

  /// The commands that speak.
  private static let commands = ["say", "stream", "session", "multi"]

  /// Gives a command something to say, as it takes it, and the end of it.
  private func say(_ text: String, to program: Running, _ command: String) {
    switch command {
    case "session": program.write(text + "\n\n")
    case "multi":
      program.write("@voice a = tone:1\n@gap 0\na: \(text)\n")
      program.closeInput()
    default:
      program.write(text)
      program.closeInput()
    }
  }

  @Test(arguments: commands, [SIGINT, SIGTERM, SIGHUP])
  func `a signal ends the run and what was spoken is a whole file`(
    command: String, signal: Int32
  ) throws {
    let server = try ServedEngine("--fault", "slow=2")
    let program = try start([command, "-V", "-o", scratch.path("a.wav")] + server.words)
    if command == "multi" {
      program.write("@voice a = kugel:1\na: \(text)\n")
      program.closeInput()
    } else {
      say(text, to: program, command)
    }
    waitUntil { scratch.size(startingWith: ".a.wav") > 30_000 }
    program.send(signal)
    let result = program.wait()
    #expect(result.status == 128 + signal)
    #expect(scratch.names.filter { $0.hasSuffix(".wav") } == ["a.wav"])
    let sound = try scratch.data("a.wav").dropFirst(44)
    #expect(sound.count > 20_000)
    #expect(sound == (try toneBytes(text)).prefix(sound.count))
    let told = result.talk + String(decoding: result.output, as: UTF8.self)
    #expect(told.contains(#"heard "Spoken before"#) || told.contains(#"heard="Spoken before"#))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP], ["-f", "--lexicon"])
  func `one signal ends the wait for what is to be read`(signal: CInt, option: String) throws {
    let fifo = scratch.path("fifo-\(signal)\(option)")
    #expect(unsafe mkfifo(fifo, 0o600) == 0)
    let words = option == "-f" ? [option, fifo] : [option, fifo, "hi"]
    let program = try start(["say", "-e", "tone", "-o", scratch.path("a\(signal).wav")] + words)
    #expect(program.tells("somebody to write into the pipe"))
    program.send(signal)
    #expect(program.wait().status == 128 + signal)
  }

  @Test(arguments: [[SIGTERM], [SIGINT, SIGINT, SIGINT, SIGINT]])
  func `a program that speaks for us ends with us`(signals: [CInt]) throws {
    let number = scratch.path("number")
    let script = scratch.path("speaker")
    try Data("#!/bin/sh\necho $$ >\(number).new; mv \(number).new \(number); exec sleep 300\n".utf8)
      .write(to: URL(fileURLWithPath: script))
    #expect(unsafe chmod(script, 0o700) == 0)
    let program = try start(
      ["say", "-e", "command", "-x", "command=\(script)", "-o", scratch.path("a.wav"), "hi"])
    waitUntil { scratch.names.contains("number") }
    let process = try #require(
      pid_t(String(decoding: try scratch.data("number"), as: UTF8.self).dropLast()))
    for signal in signals where program.isRunning {
      program.send(signal)
      usleep(300_000)
    }
    #expect(program.wait().status == 128 + signals[0])
    waitUntil { kill(process, 0) != 0 }
    #expect(kill(process, 0) != 0)
  }

  @Test(arguments: ["wav", "opus", "mp3", "flac"])
  func `two signals at once are one, and the file has its name`(format: String) throws {
    for _ in 0..<2 {
      let name = "a-\(UUID().uuidString).\(format)"
      let program = try start(
        ["say", "-e", "tone", "--pace", "realtime", "-o", scratch.path(name), text])
      waitUntil { scratch.size(startingWith: ".\(name)") > 0 || !program.isRunning }
      program.send(SIGTERM)
      program.send(SIGTERM)
      #expect(program.wait().status == 143)
      #expect(scratch.names.filter { $0.contains(name) } == [name])
      #expect(try scratch.data(name).count > 44)
    }
  }

  private func sockets() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.path("kugel"))
      .filter { $0.hasSuffix(".sock") }
  }

  @Test func `where turns follow one another the first interrupt is for one of them`() throws {
    let program = try start(
      [
        "stream", "-e", "tone", "--turn", "line", "-o", scratch.path("a.raw"), "--events",
        scratch.path("events"),
      ])
    program.write("One. Two")
    let first = try toneBytes("One.")
    waitUntil {
      (try? scratch.data("events")).map {
        String(decoding: $0, as: UTF8.self).contains(#""total":\#(first.count / 2)}"#)
      } ?? false
    }
    program.send(SIGINT)
    waitUntil { events().contains("cancel") }
    program.write(" is cut.\nThree.\n")
    waitUntil { events().filter { $0 == "turn.end" }.count == 2 }
    program.send(SIGTERM)
    #expect(program.wait().status == 143)
    #expect(try scratch.data("a.raw") == first + toneBytes("Three."))
  }

  @Test(arguments: commands)
  func `USR1 holds the sound and lets it go on`(command: String) throws {
    let program = try start(
      [command, "-e", "tone", "-a", "null", "--events", scratch.path("events")])
    waitUntil { events().contains("start") }
    program.send(SIGUSR1)
    waitUntil { program.pendingSignals == 0 }
    say("Hello.", to: program, command)
    waitUntil { events().contains("turn.end") }
    #expect(!events().contains("heard"))
    program.send(SIGUSR1)
    waitUntil { events().contains("heard") }
    program.closeInput()
    #expect(program.wait().status == 0)
    #expect(events().contains("heard"))
  }

  @Test(arguments: commands)
  func `TSTP stops the process and CONT lets it go on`(command: String) throws {
    let program = try start(
      [command, "-e", "tone", "-a", "null", "--events", scratch.path("events")])
    waitUntil { events().contains("start") }
    let isScript = command == "multi"
    program.write(isScript ? "@voice a = tone:1\na: Hello there.\n" : "Hello there.\n\n")
    waitUntil { events().contains("audio") }
    program.send(SIGTSTP)
    waitUntil { program.state == "T" }
    #expect(program.state == "T")
    program.send(SIGCONT)
    program.write(isScript ? "a: And on.\n" : "And on.\n\n")
    program.closeInput()
    #expect(program.wait().status == 0)
    #expect(events().last == "end")
    #expect(events().contains("heard"))
  }

  @Test(arguments: commands)
  func `a process that was stopped while it was paused stays paused when it goes on`(
    command: String
  ) throws {
    let program = try start(
      [command, "-e", "tone", "-a", "null", "--events", scratch.path("events")])
    waitUntil { events().contains("start") }
    program.send(SIGUSR1)
    waitUntil { program.pendingSignals == 0 }
    program.send(SIGTSTP)
    waitUntil { program.state == "T" }
    program.send(SIGCONT)
    waitUntil { program.state != "T" }
    say("Hello.", to: program, command)
    waitUntil { events().contains("turn.end") }
    #expect(!events().contains("heard"))
    program.send(SIGTERM)
    #expect(program.wait().status == 143)
  }

  @Test func `a session whose replies nobody reads leaves silently`() throws {
    let program = try start(["session", "-e", "tone", "-o", "/dev/null", "--format", "raw"])
    program.write("Hello.\n\n")
    #expect(program.says("turn 1 heard"))
    program.closeOutput()
    program.write("Hello again.\n\n")
    let result = program.wait()
    #expect(result.status == 141)
    #expect(result.talk == "")
  }

  /// The kinds of the events so far.
  private func events() -> [String] {
    let data = (try? scratch.data("events")) ?? Data()
    return data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])?["ev"] as? String
    }
  }
}

extension Running {
  var isRunning: Bool { state.map { $0 != "Z" } ?? false }

  /// Signals sent and not taken yet, as a mask.
  var pendingSignals: UInt64 {
    UInt64(field("ShdPnd:") ?? "", radix: 16) ?? 0
  }

  /// A letter, `T` when stopped.
  var state: String? { field("State:").map { String($0.prefix(1)) } }

  private func field(_ name: String) -> String? {
    let status = try? String(
      contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix(name) }
    return line.map { $0.dropFirst(name.count).trimmingCharacters(in: .whitespaces) }
  }
}
