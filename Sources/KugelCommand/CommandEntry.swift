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

  static func line(_ options: [String: String]) -> Result<CommandLine, EngineError> {
    guard let command = options["command"] else {
      return .failure(
        .unavailable(
          engine: CommandEngine.name,
          cause: "no command is named. Name one: -x command='espeak-ng --stdin --stdout'"))
    }
    do throws(CommandLine.Flaw) {
      var line = try CommandLine(command, shell: options["shell"] == "yes")
      line.input = options["input"].flatMap { CommandLine.Input(rawValue: $0) } ?? .lines
      line.isKept = options["keep"] == "yes"
      line.rate = options["rate"].flatMap { Int($0) }
      line.patience = options["timeout"].flatMap { Int($0) } ?? line.patience
      return .success(line)
    } catch {
      return .failure(
        .unavailable(
          engine: CommandEngine.name, cause: "the command cannot be used: \(error.cause)"))
    }
  }
}

extension EngineEntry {
  package static let command: EngineEntry = {
    var entry = EngineEntry(
      name: CommandEngine.name, summary: "any program that writes sound",
      capabilities: CommandEngine.capabilities,
      open: { CommandEngine(CommandOption.line($0.options), concurrency: $0.concurrency) })
    entry.remedy = "Name a program: -x command='espeak-ng --stdin --stdout'"
    return entry
  }()
}
