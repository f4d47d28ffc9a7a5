import Glibc
import KugelClient
import KugelConversation
import KugelPrompt
import KugelSession
import KugelText

/// What `session` does once its request is checked.
enum SessionJob {
  static func run(_ speech: SpeechJob, style: ConversationStyle) throws -> ExitStatus {
    let (request, host) = (speech.request, speech.job.host)
    var talk = ConversationInput.Setup(
      style: style, offer: request.engine.offer, start: speech.job.start, explain: RunJob.trouble)
    var setup = try speech.setup()
    if let local = speech.source as? LocalSource {
      talk.voices = local.engine.catalogue
      talk.voiceForLanguage = local.engine.voiceForLanguage
    } else if let remote = speech.source as? RemoteSource {
      talk.takesUnlistedVoices = true
      let door = remote.door
      setup.listVoices = { voices(of: door) }
    }
    // What was heard is told by words; services tell their times when asked to.
    setup.settings.wordTimestamps = setup.settings.wordTimestamps ?? true
    talk.settings = setup.settings
    talk.reading = try Readings(request, for: speech.source.target(for: request), in: host).usual
    setup.keepsTexts = true
    setup.makeRecorder = { [outputs = speech.outputs] (path) throws(ConversationProblem) in
      try outputs.recorder(path, overwrite: request.overwritesRecordings)
    }
    let editor =
      style == .prompt && host.isTerminal(host.standardOutput)
      ? LineEditor(output: host.standardOutput, historyFile: StateFolder.file("history", in: host))
      : nil
    let input = ConversationInput(
      editor.map { .terminal($0) } ?? .descriptor(host.standardInput), talk)
    var run = try speech.runSetup(recordsHeard: true)
    run.copyTo = host.standardOutput
    let outcome = try SpeechPart.perform(setup, input, in: run)
    editor?.hide()
    speech.tellFile(outcome)
    return try end(outcome, input, style, speech)
  }

  private static func end(
    _ outcome: SpeechOutcome, _ input: ConversationInput, _ style: ConversationStyle,
    _ speech: SpeechJob
  ) throws -> ExitStatus {
    try speech.settleFile(isWhole: true)
    if let status = try speech.narrator.breakingOff(outcome.run) { return status }
    if input.wasInterrupted { return .interrupted }
    if let failure = input.gone { throw speech.source.explain(failure) }
    try speech.narrator.judgeOutputs(outcome.run)
    let totals = input.totals
    let hasFaults = totals.problems > 0 || totals.failed > 0
    if totals.expectationsMissed > 0 || style != .prompt && hasFaults { return .partial }
    let turns = outcome.turns
    let isSilent = turns.audioSamples == 0 && turns.complete + turns.empty > 0
    if style != .prompt, isSilent, turns.cancelled == 0 { throw UserError.nothingHeard }
    return .done
  }

  private static func voices(of door: ServiceDoor) -> Result<[Voice], ConversationProblem> {
    do {
      return .success(try door.voices())
    } catch {
      return .failure(ConversationProblem(UserError(telling: error).message))
    }
  }
}
