import KugelAudio
import KugelClient
import KugelFloor
import KugelSession
import KugelSystem

/// What every command that speaks opens around its run, once its request is checked.
struct RunJob {
  let request: RunRequest
  let host: Host
  let start: ContinuousClock.Instant
  let inbox: Inbox<RunEvent>
  let events: EventLog?

  /// Runs `body`; signals are heard from now on, and programs that read events are told how it ended.
  ///
  /// - Parameter bargesIn: INT is for what is being said, as long as nobody insists.
  static func run(
    _ request: RunRequest, bargesIn: Bool = false, in host: Host,
    _ body: (RunJob) throws -> ExitStatus
  ) throws -> ExitStatus {
    let start = ContinuousClock.now
    let inbox = try Inbox<RunEvent>()
    try Interruption.watch(bargesIn: bargesIn, holdsSound: true) { inbox.post(.signal($0)) }
    let events = try EventLog.open(request, start: start, in: host)
    return try EventLog.telling(events, in: host) {
      try body(
        RunJob(request: request, host: host, start: start, inbox: inbox, events: events))
    }
  }

  /// With who listens and looks on; the part adds what is its own.
  ///
  /// - Parameters:
  ///   - control: of the speakers; nil when nothing is played.
  ///   - isTyped: the text is read from standard input, or something else is.
  func setup(
    _ outputs: OutputSet, control: PlaybackControl?, floor: TurnFloor?, _ narrator: RunNarrator,
    isTyped: Bool
  ) -> RunSetup {
    var setup = RunSetup(inbox: inbox, outputs: outputs)
    if isTyped, [host.standardInput, host.standardError].allSatisfy(host.isTerminal) {
      narrator.shownLine = CopiedLine()
      setup.typedLine = narrator.shownLine
    }
    setup.floor = floor
    setup.desktop = control.map { DesktopKeys(in: host, inbox: inbox, control: $0) }
    setup.keys = Keyboard.open(request, isTyped: isTyped, in: host, inbox: inbox)
    setup.events = events
    setup.listeners = [narrator]
    setup.observers = [narrator.display].compactMap(\.self)
    setup.notify = { narrator.hear($0) }
    return setup
  }

  /// Whether somebody wants to know what of a text was heard, or where it stands.
  func keepsTexts(_ narrator: RunNarrator) -> Bool {
    events != nil || request.isVerbose || narrator.display != nil || request.subtitles != nil
  }

  /// Whether words are to be told with their times.
  var wantsWords: Bool {
    events != nil || request.karaoke == .word || request.subtitles != nil
  }

  func tellStart(engine: EngineName, voice: String?) {
    events?.note(
      .start(
        version: Release.version, engine: engine.rawValue, voice: voice,
        format: SpeechEvent.Format(
          file: request.file?.format.rawValue, rate: request.file?.rate)))
  }

  /// Words for what went wrong with a service.
  static let trouble: EventRecorder.Explanation = { failure in
    SpeechEvent.Trouble(UserError(telling: failure))
  }
}

extension SpeechEvent.Trouble {
  init(_ told: UserError) {
    self.init(code: "\(told.status)", message: told.message, exit: Int(told.status.rawValue))
  }
}
