import KugelReading
import KugelStreams
import KugelSystem

/// Something the user is told, once, in one to three lines, before the run ends.
package struct UserError: Error, Equatable, Sendable {
  package var status: ExitStatus
  /// What failed, on what; no `kugel: ` before it. Empty: nothing is printed.
  package var message: String
  /// What to try, at most two lines.
  package var hint: String?
  /// Which option's value it is about, if it is about one.
  package var subject: Subject?

  package struct Subject: Equatable, Sendable {
    /// Its long name, without dashes.
    package var option: String
    /// What follows the name in the message; nil when the message does not begin with it.
    package var predicate: String?
  }

  package init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
    self.status = status
    self.message = message
    self.hint = hint
  }

  /// The command line cannot be followed. Exit 64.
  package static func usage(_ message: String, hint: String? = nil) -> UserError {
    UserError(.usage, message, hint: hint)
  }

  /// The value of an option cannot be used. Exit 64, or 78 where a file gave it.
  ///
  /// - Parameter predicate: what follows the option's name.
  package static func value(
    of option: String, _ predicate: String, hint: String? = nil
  ) -> UserError {
    var error = usage("--\(option) \(predicate)", hint: hint)
    error.subject = Subject(option: option, predicate: predicate)
    return error
  }

  /// The same error, known to be about an option's value.
  package func about(_ option: String) -> UserError {
    var error = self
    error.subject = Subject(option: option)
    return error
  }

  /// Whoever read standard output has gone. Exit 141, silent.
  package static let readerGone = UserError(.readerGone, "")

  /// The input holds no word. Exit 65.
  package static let nothingToSay = UserError(
    .badInput, "nothing to say: the text is empty",
    hint: "--allow-empty takes an empty text for success.")

  /// There was text, and whoever was to speak it made no sound of it. Exit 65.
  package static let nothingAudible = UserError(
    .badInput, "nothing to hear: no sound came of the text, which holds no word that is spoken",
    hint: "--allow-empty takes silence for success.")

  /// The same where nothing takes silence for success.
  package static let nothingHeard = UserError(.badInput, nothingAudible.message)

  /// - Parameter input: a path, or `standard input`. Exit 66.
  package static func unreadable(_ input: String, cause: String) -> UserError {
    UserError(.unreadableInput, "cannot read \(input): \(cause)")
  }

  /// - Parameter code: the error number.
  package static func unreadable(_ input: String, code: CInt) -> UserError {
    .unreadable(input, cause: SystemError(code: code).cause)
  }

  /// An input is no text. Exit 65.
  package static func binary(_ input: String, _ error: BinaryInputError) -> UserError {
    UserError(
      .badInput, "\(input): \(error)", hint: "Text is UTF-8, or UTF-16 or UTF-32 with a mark.")
  }

  /// Whoever wrote the text that is spoken has failed. Exit 75 where it may pass, else 65.
  package init(_ failure: StreamFailure) {
    self.init(
      failure.mayPass ? .tryAgain : .badInput, "the answer is not whole: \(failure.message)")
  }

  /// A sound device is absent, busy or lost. Exit 74.
  package static func soundDevice(_ device: String, cause: String) -> UserError {
    UserError(
      .ioFailed, "the sound device \(device) does not play: \(cause)",
      hint: "The devices: kugel say -a '?'. Without any, write a file: -o FILE")
  }

  /// As standard error shows it, without the last line's end; empty when there is nothing to tell.
  package var text: String {
    guard !message.isEmpty else { return "" }
    return "kugel: " + message + (hint.map { "\n" + $0 } ?? "")
  }
}
