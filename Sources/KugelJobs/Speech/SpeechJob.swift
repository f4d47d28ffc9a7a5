import Glibc
import KugelClient
import KugelFloor
import KugelSession
import KugelText

/// What `say`, `stream` and `session` do once their request is checked: everything that is opened for
/// one voice.
struct SpeechJob {
  let request: SpeechRequest
  let job: RunJob
  let source: any SpeechSource
  let narrator: RunNarrator
  let outputs: RunOutputs
  /// nil when nothing is played.
  let speakers: RunSpeakers?
  private let entry: FloorEntry

  static func run(_ request: SpeechRequest, in host: Host) throws -> ExitStatus {
    if request.prints { return try PrintJob.run(request, in: host) }
    LocalEngine.prepare(request.engine, voice: request.voice, language: request.language)
    try request.refuseSharedFiles(in: host)
    let bargesIn = request.style == .prompt || request.turnEnd != .endOfInput
    return try RunJob.run(request.run, bargesIn: bargesIn, in: host) { job in
      guard let request = try HookInput.read(request, in: host, inbox: job.inbox) else {
        return .done
      }
      let entry = try FloorEntry.take(
        request.run, takesTurns: request.takesTurns, saying: request.knownText, in: host,
        inbox: job.inbox)
      defer { entry.floor?.leave() }
      let speech = try SpeechJob(request, job, entry)
      if let style = request.style { return try SessionJob.run(speech, style: style) }
      return try speech.speak()
    }
  }

  private init(_ request: SpeechRequest, _ job: RunJob, _ entry: FloorEntry) throws {
    self.request = request
    self.job = job
    self.entry = entry
    let news = job.inbox.news()
    let source: any SpeechSource =
      request.engine.isRemote
      ? try RemoteSource(request, in: job.host, news: news)
      : LocalSource(
        engine: try LocalEngine(request, in: job.host),
        warm: WarmService.find(for: request, in: job.host), limits: request.limits, news: news)
    self.source = source
    outputs = RunOutputs(request.run, inbox: job.inbox)
    try outputs.check()
    speakers = RunSpeakers(request.run, service: source.hostName, in: job.host)
    entry.guardSound(of: speakers?.control, inbox: job.inbox)
    narrator = RunNarrator(
      request.run, host: job.host, isRemote: request.engine.isRemote,
      display: request.style == nil && !request.sharesTerminal(in: job.host)
        ? SpeechDisplay(
          request.run, host: job.host, control: speakers?.control, pace: outputs.pace) : nil)
  }

  private func speak() throws -> ExitStatus {
    let input = try InputText.open(request, for: source.target(for: request), in: job.host)
    var setup = try setup()
    if job.wantsWords || request.tee == .spoken {
      setup.settings.wordTimestamps =
        request.karaoke == .word || request.run.subtitles != nil
        ? true : setup.settings.wordTimestamps ?? true
    }
    var run = try runSetup()
    if request.tee != nil {
      run.copyTo = job.host.standardOutput
      if [job.host.standardOutput, job.host.standardError].allSatisfy(job.host.isTerminal) {
        run.copiedLine = narrator.shownLine ?? CopiedLine()
        narrator.shownLine = run.copiedLine
      }
    }
    if request.tee == .spoken {
      setup.keepsTexts = true
      run.observers.append(
        SpokenCopy(
          isTerminal: job.host.isTerminal(job.host.standardOutput),
          clock: speakers?.control.clock ?? outputs.pace))
    }
    let subtitles = try SubtitleTrack(
      request.run, language: source.target(for: request).language, in: job.host)
    if let subtitles { run.listeners.append(subtitles) }
    input.show(on: run.typedLine)
    let outcome = try SpeechPart.perform(setup, input, in: run)
    narrator.endLine()
    try subtitles?.finish()
    try settleFile(isWhole: outcome.isWhole)
    tellFile(outcome)
    speakers?.keepCushion()
    return try end(outcome)
  }

  /// All but the input.
  func setup() throws -> SpeechSetup {
    var setup = SpeechSetup(
      settings: try source.settings(for: request), connection: try source.connection())
    setup.policy = source.policy
    setup.keepsTexts = job.keepsTexts(narrator)
    job.tellStart(engine: request.engine, voice: setup.settings.voice?.description)
    if narrator.talks { narrator.say("kugel: \(source.description) speaks") }
    return setup
  }

  /// A run that failed or was cut leaves a file that was there as it was.
  func settleFile(isWhole: Bool) throws {
    try narrator.settle(outputs, isWhole: isWhole)
  }

  /// - Parameter recordsHeard: files hold what was heard and nothing else.
  func runSetup(recordsHeard: Bool = false) throws -> RunSetup {
    job.setup(
      try outputs.open(
        control: speakers?.control, memory: entry.memory(), recordsHeard: recordsHeard),
      control: speakers?.control, floor: entry.turns, narrator,
      isTyped: request.style != nil || request.readsStandardInput)
  }

  func tellFile(_ outcome: SpeechOutcome) {
    // In a conversation a turn that is cut is no fault of the file.
    let wasCut =
      outcome.signal != nil
      || request.style == nil && !outcome.turns.isWhole
    if let report = outputs.report(outcome.run, wasCut: wasCut) { job.events?.note(report) }
  }

  /// Tells what there is to tell, and gives the status of what came first.
  private func end(_ outcome: SpeechOutcome) throws -> ExitStatus {
    narrator.display?.end()
    summarise(outcome)
    if let status = try narrator.breakingOff(outcome.run) { return status }
    let isEmpty = outcome.hasWholeInput && !outcome.turns.hadText
    if isEmpty && !request.allowsEmpty { throw UserError.nothingToSay }
    if let failure = outcome.firstFailure { throw source.explain(failure) }
    try narrator.judgeOutputs(outcome.run)
    if outcome.isSilent && !request.allowsEmpty { throw UserError.nothingAudible }
    return .done
  }

  private func summarise(_ outcome: SpeechOutcome) {
    guard narrator.talks, outcome.turns.hadText else { return }
    var words =
      "kugel: spoke \(RunNarrator.tenths(outcome.heardSeconds)) s, \(outcome.turns.characters) characters"
    if let first = outcome.timeToFirstSound {
      words += ", first sound after \(first.milliseconds) ms"
    }
    words += narrator.place(outcome.run)
    narrator.say(words + RunNarrator.summary(of: speakers?.control))
  }
}

extension SpeechRequest {
  /// The text itself appears on a terminal, copied there or typed: a line that is drawn over and over
  /// would spoil it. Whoever asked for karaoke and types gets it all the same.
  fileprivate func sharesTerminal(in host: Host) -> Bool {
    if tee != nil && host.isTerminal(host.standardOutput) { return true }
    return run.karaoke == nil && readsStandardInput && host.isTerminal(host.standardInput)
  }
}

extension SpeechOutcome {
  /// Everything asked for was spoken.
  var isWhole: Bool {
    run.signal == nil && run.copyError == nil && run.inputError == nil && firstFailure == nil
      && !run.speakersWereTaken && turns.isWhole
  }

  /// All was done, and no sample came of it.
  var isSilent: Bool { turns.hadText && turns.audioSamples == 0 }

  /// Why the service did not do what was asked, if it did not.
  package var firstFailure: SessionFailure? { failure ?? turns.firstFailure }
}
