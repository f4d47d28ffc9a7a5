import KugelAudio
import KugelClient
import KugelSession
import KugelSystem

/// What the user is told while a text is spoken, and how the run ended.
package final class Narrator {
  private let request: SpeechRequest
  private let host: Host
  private let talks: Bool

  private let speaker: any Speaker
  private let begun = ContinuousClock.now

  /// What is shown while it goes on, if anything is.
  package let display: SpeechDisplay?
  private let control: PlaybackControl?

  package init(
    request: SpeechRequest, host: Host, speaker: any Speaker, control: PlaybackControl? = nil
  ) {
    self.control = control
    display =
      request.style == nil ? SpeechDisplay(request, host: host, control: control) : nil
    self.request = request
    self.host = host
    self.speaker = speaker
    talks =
      switch request.verbosity {
      case .quiet: false
      case .normal: host.isTerminal(host.standardError)
      case .verbose, .wire: true
      }
  }

  package func begin() {
    if talks { say("kugel: \(speaker.description) speaks") }
  }

  package func hear(_ notice: SpeechNotice) {
    switch notice {
    case .invalidText(let name, let offset):
      if request.verbosity != .quiet {
        say(Self.invalidText(in: name, offset: offset))
      }
    case .opened:
      if isVerbose && request.engine.isRemote { tell("connected") }
    case .ranDry(let cushion):
      let now = cushion > .zero ? "; from now on \(cushion.milliseconds) ms are kept ready" : ""
      if isVerbose { tell("the sound broke off" + now) }
    case .waitingForOthers:
      if talks { say("kugel: another kugel plays; this is heard when it has ended") }
    case .session(let action): hear(action)
    }
  }

  /// Of the events those that nothing else tells.
  package func hear(_ event: SpeechEvent) {
    guard isVerbose, case .cancel(let text) = event.body else { return }
    tell(
      "turn \(event.turn ?? 0) was cut: heard \(Quoting.quote(text.heard)), "
        + "not heard \(Quoting.quote(text.unheard))" + (text.isEstimated ? ", estimated" : ""))
  }

  private func say(_ text: String) {
    display?.hide()
    host.tell(text)
  }

  private var isVerbose: Bool { request.verbosity == .verbose || request.verbosity == .wire }

  private func hear(_ action: SpeechSession.Action) {
    display?.hear(action)
    switch action {
    case .retrying(let attempt, let pause, let cause):
      if talks {
        say("kugel: \(cause.cause); try \(attempt) in \(pause.milliseconds) ms")
      }
    case .resumed: if talks { say("kugel: going on where the sound broke off") }
    case .connect: if isVerbose && request.engine.isRemote { tell("connecting") }
    case .turnBegan(let turn): if isVerbose { tell("turn \(turn) begins") }
    case .segment(let text, let chunk, turn: _):
      if isVerbose { tell("speaking piece \(chunk), \(text.unicodeScalars.count) characters") }
    case .turnEnded(let report): if isVerbose { tell(Self.line(report)) }
    case .disconnect, .send, .play, .words, .settingsUpdated, .settingsRefused, .unreachable,
      .finished:
      break
    }
  }

  /// With the milliseconds since the start.
  private func tell(_ event: String) {
    say("kugel: \((ContinuousClock.now - begun).milliseconds) ms: \(event)")
  }

  private static func line(_ report: TurnReport) -> String {
    var line = "turn \(report.turn) "
    switch report.ending {
    case .complete: line += "complete"
    case .empty: line += "empty"
    case .cancelled: line += "cancelled"
    case .failed: line += "failed"
    }
    line += ", \(tenths(report.audioSeconds)) s in \(report.audioFrames) frames"
    if let usage = report.usage {
      line += "; the service counts \(tenths(usage.audioSeconds)) s"
      if let characters = usage.characters { line += ", \(characters) characters" }
      if let cost = usage.costCents { line += ", \(cost) \(usage.currency ?? "") cents" }
    }
    return line + report.warnings.map { "; it warns: \($0)" }.joined()
  }

  package static func invalidText(in source: String, offset: Int) -> String {
    "kugel: warning: \(source) is not UTF-8 at byte \(offset); a replacement character stands there"
  }

  /// Tells what there is to tell, and gives the status of what came first.
  package func end(_ outcome: SpeechOutcome) throws -> ExitStatus {
    display?.end()
    summarise(outcome)
    if let code = outcome.copyError {
      throw UserError.standardOutput(SystemError(code: code))
    }
    if outcome.speakersWereTaken { throw UserError.speakersTaken }
    if let signal = outcome.signal { return ExitStatus(rawValue: 128 + signal) ?? .interrupted }
    if let (name, code) = outcome.inputError {
      throw UserError.unreadable(name, cause: SystemError(code: code).cause)
    }
    let isEmpty = outcome.hasWholeInput && !outcome.hadText
    if isEmpty && !request.allowsEmpty { throw UserError.nothingToSay }
    if let failure = outcome.firstFailure { throw speaker.explain(failure) }
    if let error = outcome.sinkErrors.first {
      for other in outcome.sinkErrors.dropFirst() { say(UserError(telling: other).text) }
      throw error
    }
    return .done
  }

  private func summarise(_ outcome: SpeechOutcome) {
    guard talks, outcome.hadText else { return }
    let seconds = outcome.reports.map(\.audioSeconds).reduce(0, +)
    let characters = outcome.reports.map(\.characters).reduce(0, +)
    var words = "kugel: spoke \(tenths(seconds)) s, \(characters) characters"
    if let file = request.file, file.path != "-", seconds > 0, outcome.isWhole {
      words += ", to \(file.path)"
    }
    if let first = outcome.reports.compactMap(\.timeToFirstAudio).first {
      words += ", first sound after \(first.milliseconds) ms"
    }
    if let status = control?.status {
      if status.gaps > 0 {
        words += ", the sound broke off \(status.gaps == 1 ? "once" : "\(status.gaps) times")"
        if status.cushion > .zero {
          words += " (next time \(status.cushion.milliseconds) ms are kept ready)"
        }
      }
      if let other = status.substitute {
        words += "; the sound device was lost, \(other) played on"
      }
    }
    say(words)
  }
}

extension SpeechOutcome {
  /// Everything asked for was spoken.
  package var isWhole: Bool {
    signal == nil && copyError == nil && inputError == nil && firstFailure == nil
      && !speakersWereTaken && reports.allSatisfy { $0.ending == .complete || $0.ending == .empty }
  }

  /// Why the service did not do what was asked, if it did not.
  package var firstFailure: SessionFailure? {
    if let failure { return failure }
    for report in reports {
      if case .failed(let failure) = report.ending { return failure }
    }
    return nil
  }
}

extension Duration {
  package var milliseconds: Int { Int((self / .milliseconds(1)).rounded()) }
}

private func tenths(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}
