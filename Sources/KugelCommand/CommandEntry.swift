import KugelEngine

/// What `--set` says of the program.
enum CommandOption {
  static let all: [EngineOption] = [
    EngineOption(
      "command", "'WORDS'", "the program that speaks, which writes WAV or PCM to standard output",
      expected: "a command; {lang}, {speed} and {rate} in it stand for what is asked for"),
    EngineOption(
      "shell", "yes|no", "whether a shell reads the command", expected: "yes or no", takes: isTruth),
    EngineOption(
      "input", "lines|json",
      "what it gets for a text on standard input: a line, or an object in one",
      expected: "lines or json", takes: { CommandLine.Input(rawValue: $0) != nil }),
    EngineOption(
      "keep", "yes|no", "whether one process says all texts, each as a WAV that says its length",
      expected: "yes or no", takes: isTruth),
    EngineOption(
      "rate", "HZ", "samples per second of sound without a header",
      expected: "a whole number from 4000 to 192000",
      takes: { Int($0).map { 4_000...192_000 ~= $0 } ?? false }),
    EngineOption(
      "timeout", "SECONDS", "how long it may be silent", expected: "a whole number from 1 to 3600",
      takes: { Int($0).map { 1...3_600 ~= $0 } ?? false }),
  ]

  private static let isTruth: @Sendable (String) -> Bool = { $0 == "yes" || $0 == "no" }

  /// - Parameter name: of the engine.
  static func line(
    _ options: [String: String], for name: String = CommandEngine.name
  ) -> Result<CommandLine, EngineError> {
    guard let command = options["command"] else {
      return .failure(
        .unavailable(
          engine: name,
          cause: "no command is named. Name one: -x command='espeak-ng --stdin --stdout'"))
    }
    do throws(CommandLine.Flaw) {
      var line = try CommandLine(command, shell: options[shell] == "yes")
      line.input = options["input"].flatMap { CommandLine.Input(rawValue: $0) } ?? .lines
      line.isKept = options["keep"] == "yes"
      line.rate = options["rate"].flatMap { Int($0) }
      line.patience = options["timeout"].flatMap { Int($0) } ?? line.patience
      return .success(line)
    } catch {
      return .failure(
        .unavailable(engine: name, cause: "the command cannot be used: \(error.cause)"))
    }
  }

  private static let shell = "shell"

  /// What is wrong with a command, once all that is said of the program is known; nil for nothing.
  static func flaw(in options: [String: String]) -> String? {
    guard let command = options["command"] else { return "it has no command" }
    do throws(CommandLine.Flaw) {
      _ = try CommandLine(command, shell: options[shell] == "yes")
      return nil
    } catch {
      return error.cause
    }
  }
}

extension EngineEntry {
  package static let command: EngineEntry = {
    var entry = program(named: CommandEngine.name, [:])
    entry.remedy = "Name a program: -x command='espeak-ng --stdin --stdout'"
    return entry
  }()

  /// The engine `command` by another name, with what is to be said to it.
  ///
  /// - Parameter options: by their names; those that are given when it is opened count more.
  package static func program(named name: String, _ options: [String: String]) -> EngineEntry {
    EngineEntry(
      name: name,
      summary: options["command"].map { "the program \($0)" } ?? "any program that writes sound",
      capabilities: CommandEngine.capabilities,
      open: { setup in
        let all = options.merging(setup.options) { $1 }
        return CommandEngine(
          CommandOption.line(all, for: name), name: name, concurrency: setup.concurrency)
      })
  }

  /// What is wrong with the command that such options name: half a sentence; nil for nothing.
  package static func flaw(ofProgram options: [String: String]) -> String? {
    CommandOption.flaw(in: options)
  }
}
