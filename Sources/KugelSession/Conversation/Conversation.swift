import KugelText
import KugelWire

/// A conversation: many turns in one session, made by commands, interrupted at will.
///
/// Pure: opens nothing, reads no clock. Report each event with its time and perform the returned
/// actions in order, then call `next` and perform what it returns until it returns nil; a session
/// event among the actions is reported back by `observed` before the next action. `deadline` says
/// when `tick` is due.
package struct Conversation: Sendable {
  package struct Setup: Sendable {
    package var style: ConversationStyle
    /// To choose from by name; nil: `listVoices` asks for them when they are needed.
    package var voices: VoiceCatalogue?
    /// The service may know voices that it does not list.
    package var takesUnlistedVoices: Bool
    /// Where a voice speaks one language only: the usual voice of a language. Another language is
    /// another voice then.
    package var voiceForLanguage: (@Sendable (String) -> Voice?)?
    /// What may be set; tells what needs another connection.
    package var offer: SettingOffer?
    /// Those at the start.
    package var settings = TurnSettings()

    package init(
      style: ConversationStyle, voices: VoiceCatalogue? = nil, takesUnlistedVoices: Bool = false
    ) {
      self.style = style
      self.voices = voices
      self.takesUnlistedVoices = takesUnlistedVoices
    }
  }

  package enum Event: Sendable {
    case input(ConversationRequest)
    case endOfInput
    /// Ctrl-C at a terminal: barge-in; a second one within a second leaves.
    case interrupt
    /// Silence, then leave.
    case stop
    /// What an event did in the session, and whether that has a connection now.
    case observed(SpeechSession.Event, [SpeechSession.Action], connected: Bool)
    /// Samples heard of all that were given to be played.
    case position(Int)
    /// The sound was cut, when so many samples had been heard.
    case silenced(at: Int)
    case ranDry
    case togglePause
    /// The answer to `record`; `error` is why it could not be done.
    case recording(path: String?, error: String?, Origin)
    /// The answer to `listVoices`.
    case voices(Result<[Voice], ConversationProblem>)
    case tick
  }

  package enum Action: Sendable {
    case session(SpeechSession.Event)
    case reply(Answer)
    /// Cut the sound now and report `silenced`.
    case silence
    case pause(Bool)
    case volume(decibels: Double)
    case record(String?, Origin)
    /// Report `voices` once they are known; meanwhile everything else goes on.
    case listVoices
  }

  /// Where a command came from.
  package struct Origin: Equatable, Sendable {
    package var line: Int?
    package var id: RequestID?
    package var operation: String?

    init() {}
    init(_ input: ConversationRequest) {
      line = input.line
      id = input.id
      operation = input.operation
    }
  }

  package struct Answer: Equatable, Sendable {
    package var reply: ConversationReply
    package var turn: Int?
    package var origin: Origin

    init(reply: ConversationReply, turn: Int?, origin: Origin) {
      self.reply = reply
      self.turn = turn
      self.origin = origin
    }

    package init(_ reply: ConversationReply, origin: Origin) {
      self.init(reply: reply, turn: nil, origin: origin)
    }
  }

  /// What the commands that follow wait for.
  enum Block: Equatable, Sendable {
    case final
    case heard
    case until(ContinuousClock.Instant)
  }

  /// A barge-in that waits for its moment.
  struct BargeIn: Equatable, Sendable {
    /// nil is the next one to begin.
    var turn: Int?
    var delay: Duration
    var due: ContinuousClock.Instant?
    var origin: Origin
  }

  struct Mark: Equatable, Sendable {
    var name: String
    var turn: Int
    /// Scalars of the turn before it that are no white space.
    var solid: Int
    var origin: Origin
  }

  let setup: Setup
  var voices: VoiceCatalogue?
  /// What cannot be done before the voices are known, and what follows it.
  var asking: ConversationRequest?
  var ledger = TurnLedger()
  var queue: [ConversationRequest] = []
  var block: (block: Block, origin: Origin)?
  var waiting: [SettingChange] = []
  /// All that was set, counting or waiting.
  var settings: TurnSettings
  var bargeIn: BargeIn?
  var marks: [Mark] = []
  var isPaused = false
  var silencing = false
  /// Text up to the end of a turn that has failed is not spoken.
  var lostTurn = false
  var connected = false
  var inputEnded = false
  var finishing = false
  var lastInterrupt: ContinuousClock.Instant?
  var lastTick: ContinuousClock.Instant?
  var textOrigin = Origin()
  var turnOrigins: [Int: Origin] = [:]
  var figures: [TurnFigures] = []
  /// Of the last turn that was completed; a barge-in leaves it as it is.
  var lastFinal: FinalStatistics?

  /// What all turns came to.
  package internal(set) var totals = ConversationTotals()
  /// The service will not answer any more.
  package internal(set) var gone: SessionFailure?
  /// Whoever was at the terminal left by interrupting.
  package internal(set) var wasInterrupted = false

  package init(_ setup: Setup) {
    self.setup = setup
    voices = setup.voices
    settings = setup.settings
  }

  /// Of the input, where the text stood that was taken last.
  package var textLine: Int? { textOrigin.line }

  /// Whether more input may be given now.
  package var wantsInput: Bool { !inputEnded && queue.count < 32 }
  package var isIdle: Bool { ledger.isIdle }

  package mutating func receive(
    _ event: Event, at now: ContinuousClock.Instant
  ) -> [Action] {
    switch event {
    case .input(let input):
      if !inputEnded { queue.append(input) }
      return []
    case .endOfInput:
      inputEnded = true
      return []
    case .interrupt: return interrupt(at: now)
    case .stop: return stop()
    case .observed(let event, let actions, let connected):
      return observed(event, actions, connected: connected, at: now)
    case .position(let position): return played(position, at: now)
    case .silenced(let position):
      silencing = false
      return ledger.silenced(at: position, now: now).flatMap { news($0, at: now) }
        + [.session(.cancel)]
    case .ranDry:
      _ = ledger.ranDry()
      return []
    case .togglePause: return pause(!isPaused, Origin())
    case .recording(let path, let error, let origin):
      guard let error else { return answer(.recording(path), origin) }
      return problem(error, origin)
    case .voices(let result): return listed(result, at: now)
    case .tick: return tick(at: now)
    }
  }

  /// What is to be done next; nil when there is nothing, or something is waited for.
  package mutating func next(at now: ContinuousClock.Instant) -> [Action]? {
    guard !silencing, !finishing, asking == nil else { return nil }
    if ledger.open == nil, !waiting.isEmpty {
      defer { waiting = [] }
      return [configuration(waiting)]
    }
    if let (block, origin) = block {
      guard isOver(block, at: now) else { return nil }
      self.block = nil
      return accepted(origin)
    }
    if !queue.isEmpty { return perform(queue.removeFirst(), at: now) }
    guard inputEnded else { return nil }
    if ledger.open != nil { return [.session(.endTurn)] }
    guard ledger.isIdle else {
      // A pause that nobody is left to end.
      return isPaused ? pause(false, Origin()) : nil
    }
    finishing = true
    return answer(.summary(totals), Origin()) + [.session(.finish)]
  }

  /// When `tick` is due, after the position was reported; nil when nothing is waited for.
  package var deadline: ContinuousClock.Instant? {
    var due: [ContinuousClock.Instant] = []
    if case .until(let end) = block?.block { due.append(end) }
    if let end = bargeIn?.due { due.append(end) }
    if ledger.hasSound, !isPaused, let lastTick {
      let isExact = !marks.isEmpty || (bargeIn != nil && bargeIn?.due == nil)
      let rate = max(ledger.turns.last?.rate ?? 0, 8000)
      let left = Duration.seconds(Double(ledger.offered - ledger.position) / Double(rate))
      due.append(lastTick + max(min(left, .milliseconds(isExact ? 20 : 250)), .milliseconds(5)))
    }
    return due.min()
  }

  private func isOver(_ block: Block, at now: ContinuousClock.Instant) -> Bool {
    switch block {
    case .final: ledger.isFinal
    case .heard: ledger.isIdle
    case .until(let end): now >= end
    }
  }

  func configuration(_ changes: [SettingChange]) -> Action {
    var settings = TurnSettings()
    for change in changes { settings.apply(change) }
    return .session(.configure(settings))
  }

  // MARK: Answers

  func answer(_ reply: ConversationReply, _ origin: Origin, turn: Int? = nil) -> [Action] {
    [.reply(Answer(reply: reply, turn: turn, origin: origin))]
  }

  /// Programs that name their requests hear of each.
  func accepted(_ origin: Origin) -> [Action] {
    setup.style == .json && origin.id != nil ? answer(.accepted, origin) : []
  }

  mutating func problem(_ message: String, _ origin: Origin) -> [Action] {
    totals.problems += 1
    return answer(.problem(message), origin)
  }

  /// About a turn, in the name of the request that began it.
  func tell(_ reply: ConversationReply, turn: Int) -> [Action] {
    var origin = Origin()
    origin.id = turnOrigins[turn]?.id
    return answer(reply, origin, turn: turn)
  }
}
