import Glibc
import KugelAudio
import KugelClient
import KugelSession
import KugelSystem
import KugelText

/// What `session` does once its request is checked.
package enum SessionJob {
  package static func run(_ job: SpeechJob, style: ConversationStyle) throws -> ExitStatus {
    let (request, host) = (job.request, job.host)
    var talk = ConversationInput.Setup(
      style: style, offer: request.engine.offer, start: job.start, explain: SpeechJob.trouble)
    var setup = try job.setup()
    if let local = job.speaker as? LocalEngine {
      talk.voices = local.catalogue
      talk.voiceForLanguage = local.voiceForLanguage
    } else if let remote = job.speaker as? RemoteSpeaker {
      talk.takesUnlistedVoices = true
      let door = remote.door
      setup.listVoices = { voices(of: door) }
    }
    // What was heard is told by words; services tell their times when asked to.
    setup.settings.wordTimestamps = setup.settings.wordTimestamps ?? true
    talk.settings = setup.settings
    setup.recordsHeard = true
    setup.copyTo = host.standardOutput
    let recorders = job.inbox
    setup.makeRecorder = { (path) throws(ConversationProblem) in
      try recorder(path, overwrite: request.overwritesRecordings, inbox: recorders)
    }
    let editor =
      style == .prompt && host.isTerminal(host.standardOutput)
      ? LineEditor(output: host.standardOutput, historyFile: StateFolder.file("history", in: host))
      : nil
    let input = ConversationInput(
      editor.map { .terminal($0) } ?? .descriptor(host.standardInput), talk)
    job.narrator.begin()
    let outcome = try SpeechRun(setup, input: input) { job.narrator.hear($0) }.run()
    editor?.hide()
    return try end(outcome, input, style, job)
  }

  private static func end(
    _ outcome: SpeechOutcome, _ input: ConversationInput, _ style: ConversationStyle,
    _ job: SpeechJob
  ) throws -> ExitStatus {
    try job.settleFile(outcome)
    job.tellFile(outcome)
    if let code = outcome.copyError {
      throw UserError.standardOutput(SystemError(code: code))
    }
    if let signal = outcome.signal { return ExitStatus(rawValue: 128 + signal) ?? .interrupted }
    if input.wasInterrupted { return .interrupted }
    if outcome.speakersWereTaken { throw UserError.speakersTaken }
    if let (name, code) = outcome.inputError {
      throw UserError.unreadable(name, cause: SystemError(code: code).cause)
    }
    if let failure = input.gone { throw job.speaker.explain(failure) }
    if let error = outcome.sinkErrors.first { throw error }
    let totals = input.totals
    let hasFaults = totals.problems > 0 || totals.failed > 0
    return totals.expectationsMissed > 0 || style != .prompt && hasFaults ? .partial : .done
  }

  private static func voices(of door: ServiceDoor) -> Result<[Voice], ConversationProblem> {
    do {
      return .success(try door.voices())
    } catch {
      return .failure(ConversationProblem(UserError(telling: error).message))
    }
  }

  private static func recorder(
    _ path: String, overwrite: Bool, inbox: Inbox<SpeechRun.Event>
  ) throws(ConversationProblem) -> SinkRunner {
    guard let format = AudioFormat(path: path) else {
      throw ConversationProblem("no format is known by the extension of \(path)")
    }
    let output = AudioOutput(path: path, format: format, overwrite: overwrite)
    do throws(SinkError) {
      try output.check()
    } catch {
      throw ConversationProblem(UserError(telling: error).message)
    }
    return SinkRunner(
      target: output.target, capacitySeconds: 10, onChange: { inbox.post(.sinkChanged) },
      makeSink: { () throws(SinkError) in try output.open() })
  }
}
