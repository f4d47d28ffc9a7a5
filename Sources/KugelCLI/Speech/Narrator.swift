import Glibc
import KugelAudio
import KugelClient
import KugelCore

/// What the user is told while a text is spoken, and how the run ended.
final class Narrator {
  private let request: SpeechRequest
  private let host: Host
  private let talks: Bool

  init(request: SpeechRequest, host: Host) {
    self.request = request
    self.host = host
    talks =
      switch request.verbosity {
      case .quiet: false
      case .normal: host.isTerminal(host.standardError)
      case .verbose: true
      }
  }

  func begin(_ speaker: String) {
    if talks { host.tell("kugel: \(speaker) speaks") }
  }

  func hear(_ notice: SpeechNotice) {
    switch notice {
    case .invalidText(let offset):
      if request.verbosity != .quiet {
        host.tell(Self.invalidText(in: "standard input", offset: offset))
      }
    case .session(.retrying(let attempt, let pause, let cause)):
      if talks {
        host.tell("kugel: \(cause.cause); try \(attempt) in \(pause.milliseconds) ms")
      }
    case .session: break
    }
  }

  static func invalidText(in source: String, offset: Int) -> String {
    "kugel: warning: \(source) is not UTF-8 at byte \(offset); a replacement character stands there"
  }

  /// Tells what there is to tell, and gives the status of what came first.
  func end(_ outcome: SpeechOutcome) throws -> ExitStatus {
    summarise(outcome)
    if let code = outcome.copyError {
      throw code == EPIPE
        ? UserError.readerGone : UserError(.ioFailed, "standard output: \(systemMessage(code))")
    }
    if let signal = outcome.signal { return ExitStatus(rawValue: 128 + signal) ?? .interrupted }
    if let code = outcome.inputError {
      throw UserError.unreadable("standard input", cause: systemMessage(code))
    }
    let isEmpty = outcome.hasWholeInput && !outcome.hadText
    if isEmpty && !request.allowsEmpty { throw UserError.nothingToSay }
    if let failure = outcome.firstFailure { throw failure }
    if let error = outcome.sinkErrors.first {
      for other in outcome.sinkErrors.dropFirst() { host.tell(UserError(telling: other).text) }
      throw error
    }
    return .done
  }

  private func summarise(_ outcome: SpeechOutcome) {
    guard talks, outcome.hadText else { return }
    let seconds = outcome.reports.map(\.audioSeconds).reduce(0, +)
    let characters = outcome.reports.map(\.characters).reduce(0, +)
    var words = "kugel: spoke \(tenths(seconds)) s, \(characters) characters"
    if let first = outcome.reports.compactMap(\.timeToFirstAudio).first {
      words += ", first sound after \(first.milliseconds) ms"
    }
    host.tell(words)
  }
}

extension SpeechOutcome {
  /// Why the service did not do what was asked, if it did not.
  var firstFailure: SessionFailure? {
    if let failure { return failure }
    for report in reports {
      if case .failed(let failure) = report.ending { return failure }
    }
    return nil
  }
}

extension Duration {
  var milliseconds: Int { Int((self / .milliseconds(1)).rounded()) }
}

private func tenths(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}
