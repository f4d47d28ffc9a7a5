import Glibc
import KugelSystem
import Testing

/// A pipe whose reading end a thread empties, or nobody does.
@safe final class Pipe: Sendable {
  let readEnd: CInt
  let writeEnd: CInt
  private let collected = Monitor<[UInt8]?>(nil)

  /// A program that writes to pipes ignores the signal and looks at the error.
  private static let ignoresBrokenPipes: Bool = {
    signal(SIGPIPE, SIG_IGN)
    return true
  }()

  init() throws {
    var ends: [CInt] = [-1, -1]
    try #require(Self.ignoresBrokenPipes)
    try #require(unsafe pipe(&ends) == 0)
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit { close(readEnd) }

  /// Starts to take everything, up to the end of the stream.
  func startReading() throws {
    let (readEnd, collected) = (readEnd, collected)
    _ = try Thread(name: "reader") {
      let all = bytes(from: readEnd)
      collected.change { $0 = all }
    }
  }

  /// Closes the writing end and returns what came.
  func collect() -> [UInt8] {
    close(writeEnd)
    return collected.wait { $0 }
  }

  /// What is in the pipe now, without waiting.
  func available() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
    let count = unsafe read(readEnd, &buffer, buffer.count)
    _ = fcntl(readEnd, F_SETFL, 0)
    return Array(buffer[..<max(0, count)])
  }
}
