import Foundation

/// A `kugel` at a terminal of its own, by `script`.
final class Terminal {
  private let process: Process
  private let input: Pipe
  private let output: Pipe
  private var seen = ""

  /// - Parameters:
  ///   - words: of the command line, without the program.
  ///   - home: where what it remembers is kept.
  init(_ words: [String], home: String, environment: [String: String] = Program.environment) throws
  {
    signal(SIGPIPE, SIG_IGN)
    // A shell that stays would take the interrupts too, and its exit code is not the program's.
    let command = "exec " + ([Program.path] + words).map { "'\($0)'" }.joined(separator: " ")
    var environment = environment
    environment["TERM"] = "xterm"
    environment["XDG_STATE_HOME"] = home + "/state"
    environment["XDG_RUNTIME_DIR"] = home
    (process, input, output) = try Program.starting.withLock {
      let process = Process()
      let (input, output) = (Pipe(), Pipe())
      process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
      process.arguments = ["-qec", command, "/dev/null"]
      process.environment = environment
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      return (process, input, output)
    }
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  var isRunning: Bool { process.isRunning }

  func type(_ text: String) { try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

  /// Reads until the text was shown; false at the end.
  func sees(_ text: String) -> Bool {
    while !seen.contains(text) {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return false }
      seen += String(decoding: more, as: UTF8.self)
    }
    return true
  }

  /// Whether what was read so far holds the text.
  func saw(_ text: String) -> Bool { seen.contains(text) }

  /// Takes the terminal away from under the program.
  func hangUp() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  func end() -> Int32 {
    _ = sees("\u{0}")
    process.waitUntilExit()
    return process.terminationStatus
  }
}
