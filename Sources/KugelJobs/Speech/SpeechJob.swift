import Glibc
import KugelAudio
import KugelClient
import KugelEngine
import KugelService
import KugelSession
import KugelSystem

/// What `say`, `stream` and `session` do once their request is checked: everything that is opened for
/// one run.
package struct SpeechJob {
  package let request: SpeechRequest
  package let host: Host
  package let start: ContinuousClock.Instant
  package let inbox: Inbox<SpeechRun.Event>
  package let speaker: any Speaker
  package let narrator: Narrator
  package let events: EventLog?
  private let floor: TurnFloor?
  private let output: AudioOutput?
  /// The speakers, if anything is played.
  package let control: PlaybackControl?
  private let cushions: CushionKeeper?
  /// Of a file that replaces another.
  private let held = HeldFile()

  package static func run(_ request: SpeechRequest, in host: Host) throws -> ExitStatus {
    let start = ContinuousClock.now
    try request.refuseSharedFiles(in: host)
    let inbox = try Inbox<SpeechRun.Event>()
    let bargesIn = request.style == .prompt || request.turnEnd != .endOfInput
    try Interruption.watch(bargesIn: bargesIn, holdsSound: true) { inbox.post(.signal($0)) }
    let events = try EventLog.open(request, start: start, in: host)
    return try EventLog.telling(events, in: host) {
      let entry = try FloorEntry.take(request, in: host, inbox: inbox)
      defer { entry.floor?.leave() }
      let job = try SpeechJob(
        request, host, start: start, inbox: inbox, events: events, floor: entry.turns)
      if let style = request.style { return try SessionJob.run(job, style: style) }
      return try job.speak()
    }
  }

  private init(
    _ request: SpeechRequest, _ host: Host, start: ContinuousClock.Instant,
    inbox: Inbox<SpeechRun.Event>, events: EventLog?, floor: TurnFloor?
  ) throws {
    self.floor = floor
    self.request = request
    self.host = host
    self.start = start
    self.inbox = inbox
    self.events = events
    speaker =
      request.engine.isRemote
      ? try RemoteSpeaker(request, in: host, inbox: inbox) : try LocalEngine(request)
    output = try request.file.map { try Self.checked($0) }
    let cushions = request.speakers == nil ? nil : CushionKeeper(for: speaker, in: host)
    self.cushions = cushions
    control = request.speakers.map { speakers in
      var settings = speakers.settings
      settings.cushion = cushions?.cushion ?? .zero
      return PlaybackControl(settings: settings, volume: speakers.volume)
    }
    narrator = Narrator(request: request, host: host, speaker: speaker, control: control)
    if let device = request.speakers?.device { _ = try SoundDevices.find(device) }
  }

  private func speak() throws -> ExitStatus {
    let input = try InputText.open(request, in: host)
    var setup = try setup()
    setup.copyTo = request.tee ? host.standardOutput : nil
    if request.events != nil {
      setup.settings.wordTimestamps = setup.settings.wordTimestamps ?? true
    }
    setup.observer = narrator.display
    if request.karaoke == .word { setup.settings.wordTimestamps = true }
    narrator.begin()
    let run = try SpeechRun(setup, input: input) { narrator.hear($0) }
    let outcome = run.run()
    try settleFile(outcome)
    tellFile(outcome)
    if let control { cushions?.keep(control.status.cushion) }
    return try narrator.end(outcome)
  }

  /// All but the input.
  package func setup() throws -> SpeechSetup {
    var setup = SpeechSetup(
      settings: try speaker.settings(for: request), service: try speaker.service(),
      sinks: fileSinks(),
      // Speakers take an hour for an hour of audio; a text that is ahead of them must not be lost.
      queueSeconds: request.speakers == nil ? Self.fileSeconds : 600, inbox: inbox)
    setup.policy = speaker.policy
    setup.playback = try playback()
    setup.floor = floor
    setup.events = events
    events?.listener = { [narrator] in narrator.hear($0) }
    events?.note(
      .start(
        version: Release.version, engine: request.engine.rawValue,
        voice: setup.settings.voice?.description,
        format: SpeechEvent.Format(file: request.file?.format.rawValue, rate: request.file?.rate)))
    return setup
  }

  private static func checked(_ file: FileOutput) throws(SinkError) -> AudioOutput {
    var output = AudioOutput(
      path: file.path, format: file.format, rate: file.rate, overwrite: file.overwrite)
    (output.volume, output.leadIn) = (file.volume, file.leadIn)
    try output.check()
    return output
  }

  /// Seconds of sound that wait for a file or a pipe.
  private static let fileSeconds = 5.0

  private func fileSinks() -> [SinkRunner] {
    guard let output else { return [] }
    let (pace, held) = (request.file?.pace, held)
    return [
      SinkRunner(
        target: output.target, capacitySeconds: Self.fileSeconds,
        onChange: { [inbox] in inbox.post(.sinkChanged) },
        makeSink: { () throws(SinkError) in
          let sink = try output.open(holding: held)
          return pace == .realtime ? PacedSink(sink) : sink
        })
    ]
  }

  private func playback() throws -> DevicePlayback? {
    guard let speakers = request.speakers, let control else { return nil }
    let name =
      try speakers.device.map { try SoundDevices.find($0) } ?? ALSADevices.defaultName
    return DevicePlayback(device: name, control: control, capacity: 600) { [inbox] in
      inbox.post(.sinkChanged)
    }
  }

  /// A run that failed or was cut leaves a file that was there as it was.
  package func settleFile(_ outcome: SpeechOutcome) throws {
    if let remark = try held.settle(isWhole: outcome.isWhole || request.style != nil) {
      host.tell("kugel: \(remark)")
    }
  }

  package func tellFile(_ outcome: SpeechOutcome) {
    guard let events, let file = request.file else { return }
    let hasFailed = outcome.sinkErrors.contains { $0.target == output?.target }
    // In a conversation a turn that is cut is no fault of the file.
    let wasCut =
      outcome.signal != nil
      || request.style == nil && outcome.reports.contains { $0.ending != .complete }
    events.note(
      .file(
        path: file.path, duration: hasFailed ? nil : .seconds(outcome.writtenSeconds),
        state: hasFailed ? .failed : wasCut ? .cut : .complete))
  }

  /// Words for what went wrong with a service.
  package static let trouble: EventRecorder.Explanation = { failure in
    let told = UserError(telling: failure)
    return SpeechEvent.Trouble(
      code: "\(told.status)", message: told.message, exit: Int(told.status.rawValue))
  }
}

extension SinkError {
  fileprivate var target: String {
    switch self {
    case .cannotCreate(let target, cause: _), .failed(let target, cause: _),
      .readerGone(let target):
      target
    }
  }
}
