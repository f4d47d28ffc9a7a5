import KugelAudio
import KugelClient
import KugelConversation
import KugelFloor
import KugelQueue
import KugelSession
import KugelSystem
import KugelText
import KugelWire

/// What people are told while somebody speaks, and how it ended.
final class RunNarrator: RunListener {
  let request: RunRequest
  let host: Host
  /// Whether they are told how it goes.
  let talks: Bool
  private let isRemote: Bool
  private let begun = ContinuousClock.now
  /// What was made did not take the place of what was there.
  private var keepsOldFile = false

  /// What is shown while it goes on, if anything is.
  let display: SpeechDisplay?
  /// Text that is copied to the terminal on which people are told, or typed there.
  var shownLine: CopiedLine?

  /// - Parameters:
  ///   - isRemote: a service elsewhere speaks.
  ///   - display: nil shows nothing.
  init(_ request: RunRequest, host: Host, isRemote: Bool, display: SpeechDisplay?) {
    self.request = request
    self.host = host
    self.isRemote = isRemote
    self.display = display
    talks =
      switch request.verbosity {
      case .quiet: false
      case .normal: host.isTerminal(host.standardError)
      case .verbose, .wire: true
      }
  }

  func say(_ text: String) {
    display?.hide()
    host.tell(shownLine?.end() == true ? "\n" + text : text)
  }

  /// Nothing more is copied or typed: what follows on the terminal begins a line.
  func endLine() {
    if shownLine?.end() == true { try? Descriptor.writeAll("\n", to: host.standardError) }
  }

  /// With the milliseconds since the start, for those who want to know much.
  func tell(_ event: @autoclosure () -> String) {
    guard request.isVerbose else { return }
    say("kugel: \((ContinuousClock.now - begun).milliseconds) ms: \(event())")
  }

  func hear(_ notice: RunNotice) {
    switch notice {
    case .keys: say("kugel: \(ReadingKeys.help)")
    case .dropped(let why): if request.verbosity != .quiet { say("kugel: \(why.sentence)") }
    case .warning(let sentence):
      if request.verbosity != .quiet { say(Self.warning(sentence)) }
    case .floor(let notice): hear(notice)
    case .waitIsOver: _ = display?.wait(for: nil)
    }
  }

  private func hear(_ notice: FloorNotice) {
    if case .waiting(let process, let source) = notice {
      if display?.wait(for: FloorNotice.name(of: process, source).printable) == true || !talks {
        return
      }
    }
    if request.verbosity != .quiet { say("kugel: \(notice.sentence.printable)") }
  }

  static func warning(_ sentence: String) -> String { "kugel: warning: \(sentence)" }

  // MARK: What happens

  func hear(_ happening: Happening) {
    switch happening.what {
    case .retrying(let attempt, let pause, let cause):
      if talks { say("kugel: \(cause.cause); try \(attempt) in \(pause.milliseconds) ms") }
    case .resumed: if talks { say("kugel: going on where the sound broke off") }
    default: if request.isVerbose { detail(happening) }
    }
  }

  /// What only those are told who want to know much.
  private func detail(_ happening: Happening) {
    let mark = happening.context.map { "\($0): " } ?? ""
    let turn = mark + "turn \(happening.turn ?? 0)"
    switch happening.what {
    case .connecting: if isRemote { tell("connecting") }
    case .connected: if isRemote { tell("connected") }
    case .greeted(let session): tell("the service calls this session \(Quoting.quote(session))")
    case .ranDry(let cushion):
      let now = cushion > .zero ? "; from now on \(cushion.milliseconds) ms are kept ready" : ""
      tell(mark + "the sound broke off" + now)
    case .contexts(let active):
      tell(active == 1 ? "1 context is open" : "\(active) contexts are open")
    case .contextClosed(let usage): tell(mark + "closed" + Self.cost(usage))
    case .turnBegan: tell("\(turn) begins")
    case .segment(let segment):
      tell(
        mark + "speaking piece \(segment.chunk), \(segment.text.unicodeScalars.count) characters")
    case .turnEnded(let spoken, let report):
      if report.ending == .cancelled { tell(Self.cut(spoken, turn)) }
      tell("\(turn) \(Self.line(report))")
    case .cut(let spoken): if spoken.report?.ending != .cancelled { tell(Self.cut(spoken, turn)) }
    default: break
    }
  }

  private static func cut(_ spoken: SpokenTurn, _ turn: String) -> String {
    let text = spoken.cut ?? spoken.heard
    return "\(turn) was cut: heard \(Quoting.quote(text.heard)), "
      + "not heard \(Quoting.quote(text.unheard))" + (text.isEstimated ? ", estimated" : "")
  }

  private static func line(_ report: TurnReport) -> String {
    var line =
      switch report.ending {
      case .complete: "complete"
      case .empty: "empty"
      case .cancelled: "cancelled"
      case .failed: "failed"
      }
    line += ", \(tenths(report.audioSeconds)) s in \(report.audioFrames) frames"
    line += cost(report.usage)
    return line + report.warnings.map { "; it warns: \($0)" }.joined()
  }

  private static func cost(_ usage: Usage?) -> String {
    guard let usage else { return "" }
    var words = "; the service counts \(tenths(usage.audioSeconds)) s"
    if let characters = usage.characters { words += ", \(characters) characters" }
    if let cost = usage.costCents { words += ", \(cost) \(usage.currency ?? "") cents" }
    return words
  }

  // MARK: The end

  /// A run that failed or was cut leaves a file that was there as it was.
  func settle(_ outputs: RunOutputs, isWhole: Bool) throws {
    let remarks = try outputs.settle(isWhole: isWhole)
    keepsOldFile = !remarks.isEmpty
    for remark in remarks { say("kugel: \(remark)") }
  }

  /// The file, if it is there, behind other figures.
  func place(_ outcome: RunOutcome) -> String {
    guard let file = request.file, file.path != "-", outcome.writtenSeconds > 0,
      outcome.sinkErrors.isEmpty, !keepsOldFile, (try? FileStatus(of: file.path)) != nil
    else { return "" }
    return ", to \(file.path)"
  }

  /// What broke a run off, if something did: the status of a signal, or an error.
  func breakingOff(_ outcome: RunOutcome) throws -> ExitStatus? {
    if let code = outcome.copyError {
      throw UserError.standardOutput(SystemError(code: code))
    }
    if outcome.speakersWereTaken { throw UserError.speakersTaken }
    // It was told when it happened.
    if outcome.dropped != nil { return .tryAgain }
    if let signal = outcome.signal { return ExitStatus(rawValue: 128 + signal) ?? .interrupted }
    switch outcome.inputError {
    case .unreadable(let name, let code):
      throw UserError.unreadable(name, code: code)
    case .binary(let name, let error): throw UserError.binary(name, error)
    case .answer(let failure): throw UserError(failure)
    case nil: return nil
    }
  }

  /// - Throws: the first output that failed; the others are told.
  func judgeOutputs(_ outcome: RunOutcome) throws {
    guard let error = outcome.sinkErrors.first else { return }
    for other in outcome.sinkErrors.dropFirst() { say(UserError(telling: other).text) }
    throw error
  }

  /// What is to be said of the speakers at the end, behind other figures.
  static func summary(of speakers: PlaybackControl?) -> String {
    guard let status = speakers?.status else { return "" }
    var words = ""
    if status.gaps > 0 {
      words += ", the sound broke off \(status.gaps == 1 ? "once" : "\(status.gaps) times")"
      if status.cushion > .zero {
        words += " (next time \(status.cushion.milliseconds) ms are kept ready)"
      }
    }
    if let other = status.substitute {
      words += "; the sound device was lost, \(other) played on"
    }
    return words
  }

  static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension Duration {
  package var milliseconds: Int { Int((self / .milliseconds(1)).rounded()) }
}
