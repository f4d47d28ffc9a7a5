import KugelText
import KugelWire

/// What happens in a run, computed once for all that look on: from what a session decides, and from
/// where the sound is.
///
/// Pure: opens nothing, reads no clock. Tell it each event given to the session with the actions that
/// came of it, and each position of the sound; hand what it returns, in order, to every listener.
/// Between two calls `ledger` says how the turns stand.
package struct Happenings: Sendable {
  /// The turns under way, as far as they have come and have been heard.
  package private(set) var ledger: TurnLedger
  private let context: String?
  private var places = SourcePlaces()
  private var connection = ConnectionUse()
  /// Of the text that is sent next: what was written and where that is, where it is not the text itself.
  private var saying: (source: SourceMap, written: String)?

  /// - Parameter context: whose these are, where there are several.
  package init(_ rules: TurnLedger.Rules = TurnLedger.Rules(), context: String? = nil) {
    ledger = TurnLedger(rules)
    self.context = context
  }

  package var isConnected: Bool { connection.isUp }
  /// From the first text to the first sound, of the first turn that had any.
  package private(set) var timeToFirstSound: Duration?
  /// Whether the first sound of a turn was received and is still to be heard.
  package var awaitsFirstSound: Bool { ledger.turns.contains { $0.awaitsFirstSound } }
  /// Whether `played` should be called again soon.
  package var wantsPosition: Bool { ledger.hasSound }

  // MARK: The session

  /// What `SpeechSession.receive(event, at: now)` did.
  ///
  /// - Parameter parts: of the connection that was opened, if they are known.
  package mutating func observe(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action],
    connectedIn parts: ConnectTimes? = nil, at now: ContinuousClock.Instant
  ) -> [Happening] {
    var own = connection
    defer { connection = own }
    return observe(event, actions, connectedIn: parts, over: &own, at: now)
  }

  /// - Parameter connection: where several share one, theirs.
  mutating func observe(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action],
    connectedIn parts: ConnectTimes? = nil, over connection: inout ConnectionUse,
    at now: ContinuousClock.Instant
  ) -> [Happening] {
    var told: [Happening] = []
    if case .opened = event {
      told.append(happening(.connected(parts, total: connection.opened(at: now)), at: now))
    }
    var said: (text: String, source: SourceMap, written: String)?
    if case .text(let text) = event {
      let (source, written) = saying ?? (places.verbatim(text), text)
      (saying, said) = (nil, (text, source, written))
    }
    let news = ledger.observe(event, actions, from: said?.source, at: now)
    // The beginnings first, the ends last, as things happened.
    for piece in news { told += beginning(piece, over: &connection, at: now) }
    if let said {
      told += wrote(said.written, at: now)
      if let open = ledger.open {
        let source = said.source.source(of: 0..<said.source.count)
        told.append(
          happening(
            .text(said.text, from: said.source), turn: open.number,
            line: places.line(at: source.lowerBound), at: now))
      }
    }
    if case .lost = event { connection.gone() }
    for action in actions {
      if let one = one(action, over: &connection, at: now) { told.append(one) }
    }
    for piece in news {
      if let one = ending(piece, at: now) { told.append(one) }
    }
    return told
  }

  private func happening(
    _ what: Happening.What, turn: Int? = nil, line: Int? = nil, at now: ContinuousClock.Instant
  ) -> Happening {
    Happening(what, at: now, turn: turn, context: context, line: line)
  }

  private mutating func beginning(
    _ news: TurnLedger.News, over connection: inout ConnectionUse, at now: ContinuousClock.Instant
  ) -> [Happening] {
    switch news {
    case .began(let turn):
      ledger.place(turn, at: places.taken)
      let begin = happening(.turnBegan, turn: turn, at: now)
      return connection.turnBegan() ? [begin, happening(.reused, turn: turn, at: now)] : [begin]
    case .firstByte(let turn, let after):
      return [happening(.firstByte(after: after), turn: turn, at: now)]
    case .firstSound(let turn, let after):
      timeToFirstSound = timeToFirstSound ?? after
      return [happening(.firstSound(after: after), turn: turn, at: now)]
    case .soundReached(let turn, let moment):
      return [happening(.soundReached(at: moment), turn: turn, at: now)]
    case .ended, .heard, .cut: return []
    }
  }

  private mutating func ending(
    _ news: TurnLedger.News, at now: ContinuousClock.Instant
  ) -> Happening? {
    switch news {
    case .ended(let turn, let report):
      return happening(.turnEnded(turn, report), turn: turn.number, at: now)
    case .heard(let turn): return happening(.heard(turn), turn: turn.number, at: now)
    case .cut(let turn): return happening(.cut(turn), turn: turn.number, at: now)
    case .began, .firstByte, .firstSound, .soundReached: return nil
    }
  }

  private mutating func one(
    _ action: SpeechSession.Action, over connection: inout ConnectionUse,
    at now: ContinuousClock.Instant
  ) -> Happening? {
    switch action {
    case .connect:
      connection.connecting(at: now)
      return happening(.connecting, at: now)
    case .disconnect:
      connection.gone()
      return nil
    case .retrying(let attempt, let delay, let cause):
      connection.gone()
      return happening(.retrying(attempt: attempt, after: delay, cause: cause), at: now)
    case .resumed(let number):
      let source = ledger.turn(number).flatMap { turn in
        turn.segments.isEmpty ? turn.origin : turn.start(ofSegment: turn.segments.count - 1)
      }
      return happening(.resumed(source: source), turn: number, at: now)
    case .segment(let text, let chunk, let number):
      return happening(segment(text, chunk, ledger.turn(number)), turn: number, at: now)
    case .words(let words, let chunk, let number):
      return ledger.turn(number).flatMap { self.words(words, chunk, $0) }
        .map { happening(.words($0), turn: number, at: now) }
    case .play(let frame, let number):
      return happening(.sound(sound(frame, of: number)), turn: number, at: now)
    case .settingsUpdated(let settings): return happening(.settingsUpdated(settings), at: now)
    case .settingsRefused(let error): return happening(.settingsRefused(error), at: now)
    case .unreachable(let failure): return happening(.unreachable(failure), at: now)
    case .finished: return happening(.finished, at: now)
    case .send, .turnBegan, .turnEnded: return nil
    }
  }

  // MARK: Places

  private func segment(_ text: String, _ chunk: Int, _ turn: SpokenTurn?) -> Happening.What {
    var segment = Happening.Segment(chunk: chunk, text: text, startsAt: ledger.offeredSeconds)
    if let turn, let last = turn.segments.last {
      let whole = 0..<last.text.unicodeScalars.count
      segment.source = turn.source(ofSegment: turn.segments.count - 1, whole)
      segment.said = turn.said(ofSegment: turn.segments.count - 1, whole)
    }
    return .segment(segment)
  }

  private func words(
    _ words: [WordTime], _ chunk: Int, _ turn: SpokenTurn
  ) -> [Happening.Word]? {
    guard let index = turn.segments.lastIndex(where: { $0.chunk == chunk }) else { return nil }
    let segment = turn.segments[index]
    let start = segment.start
    // Those of a chunk that was not announced have places among each other.
    let placed = segment.isMadeOfWords ? Array(segment.words.suffix(words.count)) : words
    return placed.map { word in
      let first = start + word.startMilliseconds * turn.rate / 1000
      let end = start + word.endMilliseconds * turn.rate / 1000
      let from = max(0, word.characterStart)
      let place = from..<max(from, word.characterEnd)
      return Happening.Word(
        text: word.word, chunk: chunk, samples: first..<max(first, end),
        startsAt: turn.startsAt + turn.seconds(to: first),
        source: turn.source(ofSegment: index, place), said: turn.said(ofSegment: index, place),
        score: word.score)
    }
  }

  private func sound(_ frame: AudioFrame, of turn: Int) -> Happening.Sound {
    let seconds = Double(frame.samples.count) / Double(frame.rate)
    return Happening.Sound(
      chunk: frame.chunk, samples: frame.samples.count,
      total: ledger.samples(of: turn) ?? frame.samples.count,
      startsAt: ledger.offeredSeconds - seconds,
      seconds: seconds)
  }

  /// Input was read that is of the turn under way; `says` tells what is said of it.
  package mutating func wrote(_ text: String, at now: ContinuousClock.Instant) -> [Happening] {
    let place = places.taken
    places.passed(text)
    guard !text.isEmpty, let open = ledger.open else { return [] }
    ledger.write(text)
    return [happening(.written(text, at: place), turn: open.number, at: now)]
  }

  /// The text that is sent next was made from what was written.
  ///
  /// - Parameters:
  ///   - source: where in the input each of its scalars came from.
  ///   - written: input that is read with it, and that `wrote` was not told of.
  package mutating func says(_ source: SourceMap, of written: String = "") {
    saying = (source, written)
  }

  /// Input that is no text, or was taken: what follows stands behind it.
  package mutating func skipped(_ text: String) { places.passed(text) }

  /// The line of the input in which the next text stands.
  package mutating func moved(toLine line: Int) { places.moved(toLine: line) }

  /// The place in the input where the next text stands, in Unicode scalars.
  package mutating func moved(toPlace place: Int) { places.moved(to: place) }

  // MARK: The sound

  /// - Parameter position: samples heard of all that were given to be played.
  package mutating func played(
    _ position: Int, at now: ContinuousClock.Instant
  ) -> [Happening] { tell(ledger.played(position, at: now), at: now) }

  /// The sound was cut; `SpeechSession.Event.cancel` is to follow.
  package mutating func silenced(at position: Int, now: ContinuousClock.Instant) -> [Happening] {
    tell(ledger.silenced(at: position, now: now), at: now)
  }

  package mutating func ranDry(
    cushion: Duration, at now: ContinuousClock.Instant
  ) -> [Happening] {
    ledger.ranDry().map { [happening(.ranDry(cushion: cushion), turn: $0, at: now)] } ?? []
  }

  private mutating func tell(
    _ news: [TurnLedger.News], at now: ContinuousClock.Instant
  ) -> [Happening] {
    var (told, use) = ([Happening](), connection)
    for piece in news {
      told += beginning(piece, over: &use, at: now)
      if let one = ending(piece, at: now) { told.append(one) }
    }
    return told
  }
}
