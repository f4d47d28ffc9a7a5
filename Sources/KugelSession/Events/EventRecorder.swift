import KugelWire

/// Says what happens as events that programs read. Pure: times come in.
package struct EventRecorder: Sendable {
  /// Words for what went wrong with a session.
  package typealias Explanation = @Sendable (SessionFailure) -> SpeechEvent.Trouble

  private let start: ContinuousClock.Instant
  /// Audio is told of at most this often; nil tells every frame.
  private let audioEvery: Duration?
  private let explain: Explanation
  /// Samples received and not told of, and with them all samples, by turn.
  private var untold: [Int: (samples: Int, total: Int)] = [:]
  private var audioToldAt: ContinuousClock.Instant?
  /// Kinds of what went wrong and was told, so that the end of the run does not tell it again.
  private var troubles: Set<String> = []

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

  /// The run ends with an error.
  ///
  /// - Returns: nil when the end of a turn has told it, in words that may be others.
  package func last(
    _ trouble: SpeechEvent.Trouble, at now: ContinuousClock.Instant
  ) -> SpeechEvent? { troubles.contains(trouble.code) ? nil : event(.error(trouble), at: now) }

  package mutating func tell(_ happenings: [Happening]) -> [SpeechEvent] {
    happenings.flatMap { tell($0) }
  }

  package mutating func tell(_ happening: Happening) -> [SpeechEvent] {
    bodies(of: happening).map { body in
      var event = SpeechEvent(
        body, time: happening.at - start, turn: happening.turn, line: happening.line)
      event.context = happening.context
      return event
    }
  }

  private mutating func bodies(of happening: Happening) -> [SpeechEvent.Body] {
    switch happening.what {
    case .connected(let parts, let total):
      return [
        .connect(
          SpeechEvent.ConnectionTimes(parts ?? ConnectTimes(), total: total), reused: false)
      ]
    case .reused: return [.connect(SpeechEvent.ConnectionTimes(), reused: true)]
    case .retrying(let attempt, let delay, let cause):
      return [.retry(cause: cause.cause, attempt: attempt, delay: delay)]
    case .resumed(let source): return [.resume(source: source)]
    case .unreachable(let failure): return [error(failure)]
    case .settingsRefused(let error): return [.warning(error.message)]
    case .turnBegan: return [.turnBegin]
    case .text(let text, from: let source):
      return [
        .text(
          characters: text.unicodeScalars.count, source: source.source(of: 0..<source.count))
      ]
    case .segment(let segment):
      return [.segment(chunk: segment.chunk, text: segment.text, source: segment.source)]
    case .words(let words):
      return words.map {
        .word($0.text, samples: $0.samples, source: $0.source, score: $0.score)
      }
    case .sound(let sound): return audio(sound, turn: happening.turn ?? 0, at: happening.at)
    case .firstByte(let after): return [.firstByte(after: after)]
    case .firstSound(let after): return [.firstSound(after: after)]
    case .ranDry(let cushion): return [.underrun(cushion: cushion)]
    case .turnEnded(let turn, let report):
      return ended(turn, report, as: happening.turn ?? turn.number, at: happening.at)
    case .heard(let turn): return turn.samples > 0 ? [.heard(position: turn.samples)] : []
    case .cut(let turn):
      // Told with its end already, if that is what ended it.
      return turn.report?.ending == .cancelled ? [] : [.cancel(turn.cut ?? turn.heard)]
    case .contextClosed(let usage): return usage.map { [.usage($0)] } ?? []
    case .contexts(let active): return [.contexts(active: active)]
    case .keptAlive: return [.keepalive]
    case .greeted(let session): return [.session(session)]
    case .connecting, .written, .settingsUpdated, .placed, .soundReached, .finished: return []
    }
  }

  private mutating func error(_ failure: SessionFailure) -> SpeechEvent.Body {
    let trouble = explain(failure)
    troubles.insert(trouble.code)
    return .error(trouble)
  }

  private mutating func ended(
    _ turn: SpokenTurn, _ report: TurnReport, as number: Int, at now: ContinuousClock.Instant
  ) -> [SpeechEvent.Body] {
    var bodies = takeUntold(turn: number, at: now)
    untold[number] = nil
    bodies += report.warnings.map { .warning($0) }
    if case .failed(let failure) = report.ending { bodies.append(error(failure)) }
    if report.ending == .cancelled { bodies.append(.cancel(turn.cut ?? turn.heard)) }
    bodies.append(.turnEnd(TurnFigures(turn, report)))
    if report.ending != .empty { bodies.append(.usage(report.usage)) }
    return bodies
  }

  private mutating func audio(
    _ sound: Happening.Sound, turn: Int, at now: ContinuousClock.Instant
  ) -> [SpeechEvent.Body] {
    untold[turn] = ((untold[turn]?.samples ?? 0) + sound.samples, sound.total)
    if let audioEvery, let last = audioToldAt, now - last < audioEvery { return [] }
    return takeUntold(turn: turn, at: now)
  }

  private mutating func takeUntold(
    turn: Int, at now: ContinuousClock.Instant
  ) -> [SpeechEvent.Body] {
    guard let (samples, total) = untold[turn], samples > 0 else { return [] }
    audioToldAt = now
    untold[turn] = (0, total)
    return [.audio(samples: samples, total: total)]
  }
}
