import KugelText
import KugelWire

/// Turns what a run does into events. Pure: times come in.
package struct EventRecorder: Sendable {
  /// Words for what went wrong with a session.
  package typealias Explanation = @Sendable (SessionFailure) -> SpeechEvent.Trouble

  private let start: ContinuousClock.Instant
  /// Audio is told of at most this often; nil tells every frame.
  private let audioEvery: Duration?
  private let explain: Explanation
  private var ledger = TurnLedger()
  /// Unicode scalars of the input taken.
  private var source = 0
  /// Of the input, where the next text begins; counts from 1.
  private var line = 1
  /// Where in the input each turn under way begins.
  private var origins: [Int: Int] = [:]
  private var connectingSince: ContinuousClock.Instant?
  private var hasConnection = false
  private var connectionUsed = false
  /// Samples received and not told of, by turn.
  private var untold: [Int: Int] = [:]
  private var audioToldAt: ContinuousClock.Instant?

  /// - Parameters:
  ///   - start: when the program began.
  ///   - audioEvery: nil tells of every frame.
  package init(
    start: ContinuousClock.Instant, audioEvery: Duration? = nil, explain: @escaping Explanation
  ) {
    self.start = start
    self.audioEvery = audioEvery
    self.explain = explain
  }

  /// An event that is not about turns.
  package func event(
    _ body: SpeechEvent.Body, turn: Int? = nil, line: Int? = nil, at now: ContinuousClock.Instant
  ) -> SpeechEvent {
    SpeechEvent(body, time: now - start, turn: turn, line: line)
  }

  /// What `SpeechSession.receive(event, at: now)` did.
  ///
  /// - Parameter parts: of the connection that was opened, if they are known.
  package mutating func observe(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action],
    connectedIn parts: ConnectTimes? = nil, at now: ContinuousClock.Instant
  ) -> [SpeechEvent] {
    var events: [SpeechEvent] = []
    if event == .opened { events.append(opened(parts, at: now)) }
    let news = ledger.observe(event, actions, at: now)
    // The beginnings first, the ends last, as things happened.
    for piece in news { events += beginning(piece, at: now) }
    if case .text(let text) = event {
      if let taken = taken(text, at: now) { events.append(taken) }
      skipped(text)
    }
    if case .lost = event { hasConnection = false }
    for action in actions { events += observe(action, at: now) }
    for piece in news { events += ending(piece, at: now) }
    return events
  }

  private mutating func opened(
    _ parts: ConnectTimes?, at now: ContinuousClock.Instant
  ) -> SpeechEvent {
    let total = connectingSince.map { now - $0 }
    (connectingSince, hasConnection, connectionUsed) = (nil, true, false)
    let times = SpeechEvent.ConnectionTimes(parts ?? ConnectTimes(), total: total)
    return event(.connect(times, reused: false), at: now)
  }

  private mutating func began(_ turn: Int, at now: ContinuousClock.Instant) -> [SpeechEvent] {
    origins[turn] = source
    let reused = hasConnection && connectionUsed
    connectionUsed = hasConnection
    let begin = event(.turnBegin, turn: turn, at: now)
    guard reused else { return [begin] }
    return [
      begin,
      event(.connect(SpeechEvent.ConnectionTimes(), reused: true), turn: turn, at: now),
    ]
  }

  private mutating func taken(_ text: String, at now: ContinuousClock.Instant) -> SpeechEvent? {
    guard let open = ledger.open else { return nil }
    let count = text.unicodeScalars.count
    return event(
      .text(characters: count, source: source..<source + count), turn: open.number, line: line,
      at: now)
  }

  /// Input that is no text, or was taken: what follows stands behind it.
  package mutating func skipped(_ text: String) {
    source += text.unicodeScalars.count
    line += text.unicodeScalars.count { $0 == "\n" }
  }

  /// The line of the input in which the next text stands.
  package mutating func moved(toLine line: Int) { self.line = line }

  private mutating func observe(
    _ action: SpeechSession.Action, at now: ContinuousClock.Instant
  ) -> [SpeechEvent] {
    switch action {
    case .connect:
      connectingSince = now
      return []
    case .disconnect:
      hasConnection = false
      return []
    case .segment(let text, let chunk, let turn):
      let source = source(of: text, chunk: chunk, turn: turn)
      return [event(.segment(chunk: chunk, text: text, source: source), turn: turn, at: now)]
    case .play(let frame, let turn):
      untold[turn, default: 0] += frame.samples.count
      return audio(turn: turn, at: now, whole: false)
    case .words(let words, let chunk, let turn): return self.words(words, chunk, turn, at: now)
    case .retrying(let attempt, let delay, let cause):
      hasConnection = false
      return [
        event(.retry(cause: cause.cause, attempt: attempt, delay: delay), at: now)
      ]
    case .resumed(let turn):
      return [event(.resume(source: resumedSource(turn)), turn: turn, at: now)]
    case .settingsRefused(let error): return [event(.warning(error.message), at: now)]
    case .unreachable(let failure): return [event(.error(explain(failure)), at: now)]
    case .turnBegan, .turnEnded, .send, .settingsUpdated, .finished: return []
    }
  }

  private mutating func beginning(
    _ news: TurnLedger.News, at now: ContinuousClock.Instant
  ) -> [SpeechEvent] {
    switch news {
    case .began(let turn): began(turn, at: now)
    case .firstByte(let turn, let after):
      [event(.firstByte(after: after), turn: turn, at: now)]
    case .firstSound(let turn, let after):
      [event(.firstSound(after: after), turn: turn, at: now)]
    case .soundReached, .ended, .heard, .cut: []
    }
  }

  private mutating func ending(
    _ news: TurnLedger.News, at now: ContinuousClock.Instant
  ) -> [SpeechEvent] {
    switch news {
    case .ended(let turn, let report): return ended(turn, report, at: now)
    case .heard(let turn):
      origins[turn.number] = nil
      guard turn.samples > 0 else { return [] }
      return [event(.heard(position: turn.samples), turn: turn.number, at: now)]
    case .cut(let turn):
      origins[turn.number] = nil
      // Told with its end already, if that is what ended it.
      if turn.report?.ending == .cancelled { return [] }
      return [event(.cancel(turn.cut ?? turn.heard), turn: turn.number, at: now)]
    case .began, .firstByte, .firstSound, .soundReached: return []
    }
  }

  private mutating func ended(
    _ turn: SpokenTurn, _ report: TurnReport, at now: ContinuousClock.Instant
  ) -> [SpeechEvent] {
    var events = audio(turn: turn.number, at: now, whole: true)
    untold[turn.number] = nil
    events += report.warnings.map { event(.warning($0), turn: turn.number, at: now) }
    if case .failed(let failure) = report.ending {
      events.append(event(.error(explain(failure)), turn: turn.number, at: now))
    }
    if report.ending == .cancelled {
      events.append(event(.cancel(turn.cut ?? turn.heard), turn: turn.number, at: now))
    }
    events.append(event(.turnEnd(TurnFigures(turn, report)), turn: turn.number, at: now))
    if report.ending != .empty {
      events.append(event(.usage(report.usage), turn: turn.number, at: now))
    }
    return events
  }

  private mutating func audio(
    turn: Int, at now: ContinuousClock.Instant, whole: Bool
  ) -> [SpeechEvent] {
    guard let samples = untold[turn], samples > 0 else { return [] }
    if !whole, let audioEvery, let last = audioToldAt, now - last < audioEvery { return [] }
    audioToldAt = now
    untold[turn] = 0
    let total = ledger.turn(turn)?.samples ?? samples
    return [event(.audio(samples: samples, total: total), turn: turn, at: now)]
  }

  // MARK: Places in the input

  private func source(of text: String, chunk: Int, turn number: Int) -> Range<Int>? {
    guard let turn = ledger.turn(number), let origin = origins[number] else { return nil }
    let range = turn.alignment.range(
      chunk: turn.segments.count - 1, from: 0, to: text.unicodeScalars.count)
    return range.map { $0.lowerBound + origin..<$0.upperBound + origin }
  }

  private func words(
    _ words: [WordTime], _ chunk: Int, _ number: Int, at now: ContinuousClock.Instant
  ) -> [SpeechEvent] {
    guard let turn = ledger.turn(number),
      let index = turn.segments.lastIndex(where: { $0.chunk == chunk })
    else { return [] }
    return words.map { word in
      let place = turn.alignment.range(
        chunk: index, from: max(0, word.characterStart), to: max(0, word.characterEnd))
      let origin = origins[number] ?? 0
      let first = turn.segments[index].start + word.startMilliseconds * turn.rate / 1000
      let end = turn.segments[index].start + word.endMilliseconds * turn.rate / 1000
      return event(
        .word(
          word.word, samples: first..<max(first, end),
          source: place.map { $0.lowerBound + origin..<$0.upperBound + origin },
          score: word.score),
        turn: number, at: now)
    }
  }

  /// Where in the input the chunk begins that is spoken anew.
  private func resumedSource(_ number: Int) -> Int? {
    guard let turn = ledger.turn(number), let origin = origins[number] else { return nil }
    guard let last = turn.segments.indices.last else { return origin }
    return turn.alignment.offset(chunk: last, scalars: 0).map { $0 + origin }
  }

  // MARK: The sound

  /// - Parameters:
  ///   - position: samples heard of all that were given to be played.
  package mutating func played(
    _ position: Int, at now: ContinuousClock.Instant
  ) -> [SpeechEvent] {
    ledger.played(position, at: now).flatMap { ending($0, at: now) }
  }

  /// The sound was cut; `SpeechSession.Event.cancel` is to follow.
  package mutating func silenced(at position: Int, now: ContinuousClock.Instant) -> [SpeechEvent] {
    ledger.silenced(at: position, now: now).flatMap { ending($0, at: now) }
  }

  package mutating func ranDry(
    cushion: Duration, at now: ContinuousClock.Instant
  ) -> [SpeechEvent] {
    ledger.ranDry()
    let turn = ledger.turns.first { $0.samples > 0 }?.number
    return [event(.underrun(cushion: cushion), turn: turn, at: now)]
  }

  /// Whether `played` should be called again soon.
  package var wantsPosition: Bool { ledger.hasSound }
}
