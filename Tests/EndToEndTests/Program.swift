import Foundation

/// The built `kugel`, run as its users run it: words, pipes, exit codes.
struct Program {
  struct Result {
    var status: Int32
    var output: Data
    var talk: String
  }

  /// Beside the test runner, where the package manager puts both.
  static let path: String = {
    let runner = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return runner.deletingLastPathComponent().appendingPathComponent("kugel").path
  }()

  /// A child that is started while another's pipes are being made would keep their ends open.
  static let starting = NSLock()

  /// Nothing of the developer's own settings reaches a test.
  static var environment: [String: String] {
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("KUGEL") }
    variables["LC_ALL"] = "C.UTF-8"
    variables["DBUS_SESSION_BUS_ADDRESS"] = nil
    return variables
  }

  static func run(_ words: String..., input: Data? = nil) throws -> Result {
    try run(words, input: input)
  }

  static func run(_ words: [String], input: Data? = nil) throws -> Result {
    let running = try Running(words)
    if let input { running.write(input) }
    running.closeInput()
    return running.wait()
  }
}

/// A `kugel` under way; it is stopped when the test lets go of it.
final class Running {
  private let process: Process
  private let input: Pipe
  private let output: Pipe
  private let talk: Pipe
  private var received = Data()

  /// - Parameter launcher: a program, with its words, that starts it.
  init(
    _ words: [String], environment: [String: String] = Program.environment,
    by launcher: [String] = []
  ) throws {
    let command = launcher + [Program.path] + words
    // A child that ends before it has read everything must not end the tests.
    signal(SIGPIPE, SIG_IGN)
    (process, input, output, talk) = try Program.starting.withLock {
      let process = Process()
      let (input, output, talk) = (Pipe(), Pipe(), Pipe())
      process.executableURL = URL(fileURLWithPath: command[0])
      process.arguments = Array(command.dropFirst())
      process.environment = environment
      process.standardInput = input
      process.standardOutput = output
      process.standardError = talk
      try process.run()
      return (process, input, output, talk)
    }
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  func write(_ data: Data) { try? input.fileHandleForWriting.write(contentsOf: data) }
  func write(_ text: String) { write(Data(text.utf8)) }
  /// Writes all of it, while the caller reads, and ends the input.
  func feed(_ data: Data) {
    let handle = input.fileHandleForWriting
    Thread {
      try? handle.write(contentsOf: data)
      try? handle.close()
    }.start()
  }
  func closeInput() { try? input.fileHandleForWriting.close() }
  func closeOutput() { try? output.fileHandleForReading.close() }
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for at least so many bytes on standard output.
  func read(atLeast count: Int) -> Data {
    while received.count < count {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { break }
      received += more
    }
    return received
  }

  /// Reads standard output until the text was written; false at its end.
  func says(_ text: String) -> Bool {
    while !said(text) {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return false }
      received += more
    }
    return true
  }

  /// Reads standard error until the text was written, which `wait` does not give again; false at its end.
  func tells(_ text: String) -> Bool {
    var told = Data()
    while told.range(of: Data(text.utf8)) == nil {
      let more = talk.fileHandleForReading.availableData
      if more.isEmpty { return false }
      told += more
    }
    return true
  }

  /// Whether what was read so far holds the text.
  func said(_ text: String) -> Bool { received.range(of: Data(text.utf8)) != nil }

  var processIdentifier: Int32 { process.processIdentifier }

  /// Reads standard output and the talk to their ends, then gives the exit status.
  func wait() -> Program.Result {
    let handle = talk.fileHandleForReading
    let talked = Box()
    let reader = Thread {
      talked.data = handle.readDataToEndOfFile()
      talked.done.signal()
    }
    reader.start()
    received += (try? output.fileHandleForReading.readToEnd()) ?? Data()
    talked.done.wait()
    process.waitUntilExit()
    let status =
      process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
    return Program.Result(
      status: status, output: received, talk: String(decoding: talked.data, as: UTF8.self))
  }

  private final class Box: @unchecked Sendable {
    // Written by one thread before it signals, read by the other after.
    var data = Data()
    let done = DispatchSemaphore(value: 0)
  }
}

/// A folder that is gone when the test ends.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("kugel-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func data(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }

  /// Hidden files included.
  var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []
  }
}
