import KugelAudio
import KugelClient
import KugelSystem

/// What only a script has to be told of, and how its run ended.
final class ScriptNarrator {
  let run: RunNarrator
  private let request: ScriptRequest
  private let cast: ScriptCast
  private let speakers: PlaybackControl?

  /// - Parameter speakers: nil when nothing is played.
  init(
    _ request: ScriptRequest, _ run: RunNarrator, cast: ScriptCast, speakers: PlaybackControl?
  ) {
    self.request = request
    self.run = run
    self.cast = cast
    self.speakers = speakers
  }

  func hear(_ notice: ScriptNotice) {
    switch notice {
    case .failed(let line):
      var told = explained(line)
      told.message = "\(request.scriptName):\(line.line): \(told.message)"
      run.say(told.text)
    case .cast(let voice):
      if let declared = try? cast.declared(voice) { run.say(declared.script) }
    case .late(let line, let by):
      if request.run.isVerbose {
        run.say(
          "kugel: \(request.scriptName):\(line): begins \(by.milliseconds) ms late; what it was to "
            + "overlap had been heard")
      }
    case .mark(let name, let at):
      if request.run.isVerbose { run.say("kugel: mark \(name) at \(at.milliseconds) ms") }
    case .title(let title): if run.talks { run.say("kugel: \(title)") }
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
  func end(_ outcome: ScriptOutcome) throws -> ExitStatus {
    run.display?.end()
    summarise(outcome)
    if let status = try run.breakingOff(outcome.run) { return status }
    if let error = outcome.castError {
      var told = UserError(telling: error)
      if told.status == .usage { told.status = .badInput }
      throw told
    }
    if let error = outcome.scriptError {
      throw UserError(.badInput, error.shown(in: request.scriptName))
    }
    if let failure = outcome.failure { throw cast.explain(failure) }
    try run.judgeOutputs(outcome.run)
    if !outcome.failedLines.isEmpty { return .partial }
    guard outcome.hadSound || request.allowsEmpty else {
      throw UserError(
        .badInput, "nothing to say: the script has no lines",
        hint: "A line is NAME: TEXT, with @voice NAME = VOICE above it.")
    }
    if outcome.isSilent && !request.allowsEmpty { throw UserError.nothingAudible }
    return .done
  }

  private func summarise(_ outcome: ScriptOutcome) {
    guard run.talks, outcome.hadSound else { return }
    let lines = outcome.spokenTurns
    var words = "kugel: spoke \(lines) \(lines == 1 ? "line" : "lines"), "
    words += "\(RunNarrator.tenths(Double(outcome.length) / Double(ScriptJob.rate))) s"
    if let first = outcome.timeToFirstAudio {
      words += ", first sound after \(first.milliseconds) ms"
    }
    words += run.place(outcome.run) + RunNarrator.summary(of: speakers)
    if !outcome.failedLines.isEmpty { words += "; \(outcome.failedLines.count) not spoken" }
    run.say(words)
  }
}
