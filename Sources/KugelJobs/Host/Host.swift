import Glibc
import KugelAudio
import KugelSystem
import KugelText

/// The outside world as the commands see it: the words of the command line, the environment, three
/// descriptors, and the jobs that other parts do.
package struct Host: Sendable {
  /// Without the program's name.
  package var arguments: [String]
  /// Reads a variable of the environment; nil when it is not set.
  package var variable: @Sendable (String) -> String?
  /// Descriptors; writes go out at once, nothing is buffered.
  package var standardInput: CInt
  package var standardOutput: CInt
  package var standardError: CInt
  package var isTerminal: @Sendable (CInt) -> Bool
  package var jobs: Jobs
  /// This program, to be started as a process of an engine; nil where it is not to be.
  package var program: String?

  package init(
    arguments: [String], variable: @escaping @Sendable (String) -> String?,
    standardInput: CInt = STDIN_FILENO, standardOutput: CInt = STDOUT_FILENO,
    standardError: CInt = STDERR_FILENO,
    isTerminal: @escaping @Sendable (CInt) -> Bool = { isatty($0) == 1 }, jobs: Jobs
  ) {
    self.arguments = arguments
    self.variable = variable
    self.standardInput = standardInput
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.isTerminal = isTerminal
    self.jobs = jobs
  }

  /// This process. From now on a vanished reader is an error of `write`, not a signal.
  package static func process(jobs: Jobs) -> Host {
    SignalWatcher.ignoreBrokenPipes()
    var host = Host(
      arguments: Array(CommandLine.arguments.dropFirst()),
      variable: { name in
        guard let text = unsafe getenv(name) else { return nil }
        return unsafe String(cString: text)
      },
      jobs: jobs)
    host.program = "/proc/self/exe"
    return host
  }

  /// Speaks, and returns when the last sample has been played or written.
  ///
  /// - Throws: what `UserError(telling:)` understands.
  package func speak(_ request: SpeechRequest) throws -> ExitStatus {
    do {
      return try jobs.speak(request, self)
    } catch SinkError.failed(let target, let cause) where target == request.deviceName {
      throw UserError.soundDevice(target, cause: cause)
    }
  }

  /// Writes data to standard output.
  ///
  /// - Throws: `.readerGone` when nobody reads any more, 74 when it cannot be written.
  package func print(_ text: String) throws(UserError) {
    let code = writeAll(text, to: standardOutput)
    if code == EPIPE { throw .readerGone }
    if code != 0 { throw UserError(.ioFailed, "standard output: \(systemMessage(code))") }
  }

  /// Tells the user something on standard error; a closed one is no reason to fail. What others have
  /// said in it does not steer the terminal.
  package func tell(_ text: String) {
    guard !text.isEmpty else { return }
    _ = writeAll(text.printable + "\n", to: standardError)
  }
}

/// - Returns: 0, or the error number.
package func writeAll(_ text: String, to descriptor: CInt) -> CInt {
  var text = text
  return text.withUTF8 { bytes in
    var offset = 0
    while offset < bytes.count {
      let count = unsafe write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
      if count >= 0 {
        offset += count
      } else if errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&wait, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}

/// What the system calls an error number, beginning with a small letter.
package func systemMessage(_ code: CInt) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text).beginningSmall
}
