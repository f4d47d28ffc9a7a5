import Glibc
import KugelAudio
import KugelScreen
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
  /// That were read for the command.
  package var configurationFiles: [String] = []

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

  /// This process. From now on its three descriptors are there, and a vanished reader is an error of
  /// `write`, not a signal.
  package static func process(jobs: Jobs) -> Host {
    StandardDescriptors.openMissing()
    StandardDescriptors.ignoreWriteSignals()
    var host = Host(
      arguments: Array(ProcessWords.arguments.dropFirst()),
      variable: { ProcessWords.variable($0) }, jobs: jobs)
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
    do throws(SystemError) {
      try Descriptor.writeAll(text, to: standardOutput)
    } catch {
      throw .standardOutput(error)
    }
  }

  /// How wide a table on standard output may be; nil for programs, which want a row on a line.
  package var tableWidth: Int? { isTerminal(standardOutput) ? Columns.usualWidth : nil }

  /// Tells the user something on standard error; a closed one is no reason to fail. What others have
  /// said in it does not steer the terminal.
  package func tell(_ text: String) {
    guard !text.isEmpty else { return }
    try? Descriptor.writeAll(text.shownName.printable + "\n", to: standardError)
  }
}

extension UserError {
  /// Writing to standard output failed: 141 when nobody reads any more, 74 else.
  package static func standardOutput(_ error: SystemError) -> UserError {
    error.code == EPIPE
      ? .readerGone : UserError(.ioFailed, "standard output: \(error.cause)")
  }
}
