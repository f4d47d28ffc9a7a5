import KugelAudio
import KugelClient
import KugelSystem

/// What the user is told while a script is spoken, and how the run ended.
package final class ScriptNarrator {
  private let request: ScriptRequest
  private let host: Host
  private let cast: ScriptCast
  private let talks: Bool

  package init(request: ScriptRequest, host: Host, cast: ScriptCast) {
    self.request = request
    self.host = host
    self.cast = cast
    talks =
      switch request.verbosity {
      case .quiet: false
      case .normal: host.isTerminal(host.standardError)
      case .verbose, .wire: true
      }
  }

  private var isVerbose: Bool { request.verbosity == .verbose || request.verbosity == .wire }

  package func hear(_ notice: ScriptNotice) {
    switch notice {
    case .failed(let line):
      var told = explained(line)
      told.message = "\(request.scriptName):\(line.line): \(told.message)"
      host.tell(told.text)
    case .cast(let voice):
      if let declared = try? cast.declared(voice) { host.tell(declared.script) }
    case .invalidText(let offset):
      if request.verbosity != .quiet {
        host.tell(Narrator.invalidText(in: request.scriptName, offset: offset))
      }
    case .retrying(let attempt, let pause, let cause):
      if talks { host.tell("kugel: \(cause.cause); try \(attempt) in \(pause.milliseconds) ms") }
    case .late(let line, let by):
      if isVerbose {
        host.tell(
          "kugel: \(request.scriptName):\(line): begins \(by.milliseconds) ms late; what it was to "
            + "overlap had been heard")
      }
    case .mark(let name, let at):
      if isVerbose { host.tell("kugel: mark \(name) at \(at.milliseconds) ms") }
    case .title(let title): if talks { host.tell("kugel: \(title)") }
    }
  }

  private func explained(_ line: ScriptOutcome.FailedLine) -> UserError {
    switch line.cause {
    case .speech(let failure): UserError(telling: cast.explain(failure))
    case .sound(let path, let cause):
      UserError(.partial, "the sound \(path) cannot be read: \(cause)")
    }
  }

  /// Tells what there is to tell, and gives the status of what came first.
  package func end(_ outcome: ScriptOutcome) throws -> ExitStatus {
    summarise(outcome)
    if let signal = outcome.signal { return ExitStatus(rawValue: 128 + signal) ?? .interrupted }
    if let code = outcome.inputError {
      throw UserError.unreadable(request.scriptName, cause: SystemError(code: code).cause)
    }
    if let error = outcome.castError {
      var told = UserError(telling: error)
      if told.status == .usage { told.status = .badInput }
      throw told
    }
    if let error = outcome.scriptError {
      throw UserError(.badInput, error.shown(in: request.scriptName))
    }
    if let failure = outcome.failure { throw cast.explain(failure) }
    if let error = outcome.sinkErrors.first {
      for other in outcome.sinkErrors.dropFirst() { host.tell(UserError(telling: other).text) }
      throw error
    }
    if !outcome.failedLines.isEmpty { return .partial }
    guard outcome.hadSound || request.allowsEmpty else {
      throw UserError(
        .badInput, "nothing to say: the script has no lines",
        hint: "A line is NAME: TEXT, with @voice NAME = VOICE above it.")
    }
    return .done
  }

  private func summarise(_ outcome: ScriptOutcome) {
    guard talks, outcome.hadSound else { return }
    let lines = outcome.spokenTurns
    var words = "kugel: spoke \(lines) \(lines == 1 ? "line" : "lines"), "
    words += "\(tenths(Double(outcome.length) / Double(ScriptJob.rate))) s"
    if let first = outcome.timeToFirstAudio {
      words += ", first sound after \(first.milliseconds) ms"
    }
    if !outcome.failedLines.isEmpty { words += "; \(outcome.failedLines.count) not spoken" }
    host.tell(words)
  }

  private func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
