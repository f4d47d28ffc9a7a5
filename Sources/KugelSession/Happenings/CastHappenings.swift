import KugelText
import KugelWire

/// What happens in a run of several speakers over one connection: the turns of each are counted, and
/// their sound has a time line of its own.
///
/// Pure. Tell it each event given to a `MultiSession` with the actions that came of it, and how far each
/// speaker has been heard.
package struct CastHappenings: Sendable {
  private let rules: TurnLedger.Rules
  /// Of the connection itself.
  private var common = Happenings()
  private var speakers: [String: Happenings] = [:]
  private var connection = ConnectionUse()

  package init(_ rules: TurnLedger.Rules = TurnLedger.Rules()) { self.rules = rules }

  package var isConnected: Bool { connection.isUp }
  package var wantsPosition: Bool { speakers.values.contains { $0.wantsPosition } }

  /// How the turns of a speaker stand.
  package func ledger(of context: String) -> TurnLedger {
    speakers[context]?.ledger ?? TurnLedger(rules)
  }

  /// Seconds of sound heard, of all speakers.
  package var heardSeconds: Double { speakers.values.reduce(0) { $0 + $1.ledger.heardSeconds } }

  /// What `MultiSession.receive(event, at: now)` did.
  ///
  /// - Parameter parts: of the connection that was opened, if they are known.
  package mutating func observe(
    _ event: MultiSession.Event, _ actions: [MultiSession.Action],
    connectedIn parts: ConnectTimes? = nil, at now: ContinuousClock.Instant
  ) -> [Happening] {
    var told: [Happening] = []
    let (whose, own) = event.ofSession
    if whose == nil, let own {
      told += common.observe(own, [], connectedIn: parts, over: &connection, at: now)
    }
    var isTaken = false
    for action in actions {
      switch action.ofSession {
      case .speaker(let name, let action):
        // The text of a turn that begins with it is the turn's.
        let isFirst = name == whose && !isTaken
        isTaken = isTaken || isFirst
        told += observe(isFirst ? own ?? .tick : .tick, [action], of: name, at: now)
      case .connection(let action):
        told += common.observe(.tick, [action], over: &connection, at: now)
      case .closed(let name, let usage):
        told.append(Happening(.contextClosed(usage: usage), at: now, context: name))
      case .nothing: break
      }
    }
    if let whose, let own, !isTaken { told += observe(own, [], of: whose, at: now) }
    if case .cancel(nil) = event {
      for name in speakers.keys.sorted() { told += observe(.cancel, [], of: name, at: now) }
    }
    return told
  }

  private mutating func observe(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action], of name: String,
    at now: ContinuousClock.Instant
  ) -> [Happening] {
    change(name) { $0.observe(event, actions, over: &$1, at: now) }
  }

  private mutating func change(
    _ name: String, _ body: (inout Happenings, inout ConnectionUse) -> [Happening]
  ) -> [Happening] {
    let first = Happenings(rules, context: name)
    return body(&speakers[name, default: first], &connection)
  }

  /// Where in the input a speaker's next text stands.
  package mutating func moved(_ context: String, toLine line: Int, place: Int? = nil) {
    _ = change(context) { speaker, _ in
      speaker.moved(toLine: line)
      if let place { speaker.moved(toPlace: place) }
      return []
    }
  }

  /// A speaker's next text was made from what was written.
  package mutating func says(_ context: String, _ source: SourceMap, of written: String) {
    _ = change(context) { speaker, _ in
      speaker.says(source, of: written)
      return []
    }
  }

  /// - Parameter position: samples heard of all that the speaker was given to be played.
  package mutating func played(
    _ position: Int, of context: String, at now: ContinuousClock.Instant
  ) -> [Happening] { change(context) { speaker, _ in speaker.played(position, at: now) } }

  /// The speaker's sound was cut; `MultiSession.Event.cancel` is to follow.
  package mutating func silenced(
    at position: Int, of context: String, now: ContinuousClock.Instant
  ) -> [Happening] { change(context) { speaker, _ in speaker.silenced(at: position, now: now) } }

  package mutating func ranDry(
    _ context: String, cushion: Duration, at now: ContinuousClock.Instant
  ) -> [Happening] { change(context) { speaker, _ in speaker.ranDry(cushion: cushion, at: now) } }
}

extension MultiSession.Event {
  /// The same for the session of one speaker, and whose it is; nil is of the connection.
  fileprivate var ofSession: (context: String?, event: SpeechSession.Event?) {
    switch self {
    case .text(let text, let name): (name, .text(text))
    case .endTurn(let name), .close(let name): (name, .endTurn)
    case .cancel(let name?): (name, .cancel)
    case .opened: (nil, .opened)
    case .lost(let loss): (nil, .lost(loss))
    case .start, .received, .open, .cancel(nil), .update, .finish, .held, .tick: (nil, nil)
    }
  }
}

extension MultiSession.Action {
  fileprivate enum Share {
    case speaker(String, SpeechSession.Action)
    case connection(SpeechSession.Action)
    case closed(String, Usage?)
    case nothing
  }

  /// Whom it concerns, as the session of one speaker would say it.
  fileprivate var ofSession: Share {
    switch self {
    case .connect: .connection(.connect)
    case .disconnect: .connection(.disconnect)
    case .retrying(let attempt, let pause, let cause):
      .connection(.retrying(attempt: attempt, after: pause, cause: cause))
    case .unreachable(let failure): .connection(.unreachable(failure))
    case .settingsUpdated(let settings): .connection(.settingsUpdated(settings))
    case .settingsRefused(let error): .connection(.settingsRefused(error))
    case .finished: .connection(.finished)
    case .turnBegan(let turn, let name): .speaker(name, .turnBegan(turn))
    case .segment(let text, let chunk, let turn, let name):
      .speaker(name, .segment(text, chunk: chunk, turn: turn))
    case .play(let frame, let turn, let name): .speaker(name, .play(frame, turn: turn))
    case .words(let words, let chunk, let turn, let name):
      .speaker(name, .words(words, chunk: chunk, turn: turn))
    case .turnEnded(let report, let name): .speaker(name, .turnEnded(report))
    case .resumed(let turn, let name): .speaker(name, .resumed(turn: turn))
    case .contextClosed(let name, let usage): .closed(name, usage)
    case .send: .nothing
    }
  }
}
