import KugelAudio
import KugelClient
import KugelNarration
import KugelSession
import KugelText
import KugelWire

/// Drives a run that narrates: each take is a turn, judged when it has ended and made again where it is
/// doubted.
final class NarrationTurns: SpeechInput {
  private struct Attempt {
    var sound: (samples: [Int16], rate: Int)
    var words: [SoundTimeline.Span]
    var sentences: [SentenceSound]
    var doubts: [[DoubtKind]]

    var weight: Int { doubts.count { !$0.isEmpty } }
  }

  private let request: NarrateRequest
  private let desk: NarrationDesk
  /// Of the run under way.
  private(set) var tape = TakeTape()
  /// Set before the first run.
  var speaker: KnownSpeaker?

  private var maker: ItemMaker?
  /// Of the item's takes.
  private var index = 0
  private var tries = 0
  private var best: Attempt?
  private var current: TurnSettings?
  /// Unicode scalars that were sent before the take, and with it.
  private var (origin, sent) = (0, 0)
  private var isSpeaking = false
  private var ending: TurnReport.Ending?
  private var words: [Happening.Word] = []
  private var pausedUntil: ContinuousClock.Instant?
  private var isOver = false
  /// The next take is spoken otherwise than a connection can be told that has spoken others: what was set
  /// for those stays set there.
  private(set) var needsConnection = false

  init(_ request: NarrateRequest, _ desk: NarrationDesk) {
    self.request = request
    self.desk = desk
  }

  /// The item under way.
  var task: ItemTask? { maker?.task }

  func settings(for speech: SpeechRequest) throws -> TurnSettings {
    var settings = try speaker?.settings(for: speech) ?? TurnSettings()
    settings.wordTimestamps = true
    return settings
  }

  /// Another run begins, with a sound of its own.
  func prepare() { tape = TakeTape() }

  private func explain(_ failure: SessionFailure) -> UserError {
    speaker?.explain(failure) ?? UserError(telling: failure)
  }

  /// Leaves nothing of an item that did not become whole.
  func abandon() {
    maker?.abandon()
    maker = nil
  }

  var descriptor: CInt { -1 }
  var deadline: ContinuousClock.Instant? { pausedUntil }
  var readsTexts: Bool { true }
  var endsWithFailure: Bool { false }

  func begin(in run: HappeningStream, at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    (origin, sent, current) = (0, 0, nil)
    (isSpeaking, isOver, needsConnection) = (false, false, false)
    return []
  }

  func ready(at now: ContinuousClock.Instant) -> [SpeechInputEvent] { [] }

  func tick(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    if let due = pausedUntil, now >= due { pausedUntil = nil }
    return []
  }

  func hear(_ happenings: [Happening], at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    for happening in happenings {
      switch happening.what {
      case .words(let words): self.words += words
      case .turnEnded(_, let report): ending = report.ending
      case .unreachable(let failure): ending = .failed(failure)
      default: break
      }
    }
    return []
  }

  func next(at now: ContinuousClock.Instant) -> [SpeechInputEvent]? {
    if let ending, isSpeaking {
      self.ending = nil
      isSpeaking = false
      end(of: ending, at: now)
    }
    guard !isSpeaking, !isOver, pausedUntil == nil else { return nil }
    if desk.isClosed { return finish() }
    do {
      guard let take = try nextTake() else { return finish() }
      return try speak(take)
    } catch {
      fail(UserError(telling: error))
      return []
    }
  }

  private func finish() -> [SpeechInputEvent] {
    isOver = true
    abandon()
    return [.session(.finish)]
  }

  // MARK: Takes

  /// - Returns: nil when there is nothing more to do.
  private func nextTake() throws -> Take? {
    while true {
      if let maker {
        if index < maker.task.takes.count { return maker.task.takes[index] }
        let outcome: ItemOutcome =
          maker.isSilent ? .failed("no sound came of it") : .made(try maker.finish())
        end(outcome)
      }
      guard let task = desk.take() else { return nil }
      (index, tries, best) = (0, 0, nil)
      do {
        maker = try ItemMaker(task, request)
      } catch {
        desk.inbox.post(.ended(index: task.index, .failed(UserError(telling: error).message)))
      }
    }
  }

  private func speak(_ take: Take) throws -> [SpeechInputEvent] {
    guard let task = maker?.task else { return [] }
    var events: [SpeechInputEvent] = []
    let wanted = try settings(for: task.speech)
    if wanted != current {
      if var told = current {
        told.merge(wanted)
        guard told == wanted else {
          (needsConnection, isOver) = (true, true)
          return [.session(.finish)]
        }
      }
      current = wanted
      events.append(.session(.configure(wanted)))
    }
    words = []
    _ = tape.take()
    origin = sent
    sent += take.range.count
    isSpeaking = true
    let text = String(scalars: task.item.said.scalars[take.range])
    return events + [.session(.text(text)), .session(.endTurn)]
  }

  private func end(of ending: TurnReport.Ending, at now: ContinuousClock.Instant) {
    switch ending {
    case .complete, .empty: judge(at: now)
    case .cancelled: break
    case .failed(let failure):
      tries += 1
      if failure.endsEverything {
        desk.inbox.post(.broken(explain(failure)))
        desk.close()
      } else if tries > request.retries {
        fail(explain(failure))
      } else {
        pausedUntil = now + SessionPolicy.pause(before: tries, chance: .random(in: 0..<1))
      }
    }
  }

  private func judge(at now: ContinuousClock.Instant) {
    guard let maker else { return }
    let take = maker.task.takes[index]
    let sound = tape.take()
    let spans = placed(take, count: sound.samples.count)
    let sentences = TakeMeasure.sentences(
      of: take, in: maker.task.item.said, words: spans, count: sound.samples.count)
    let doubts = desk.judge(
      sentences, sound: sound, voice: maker.task.voiceKey, speed: maker.task.speech.speed)
    let attempt = Attempt(sound: sound, words: spans, sentences: sentences, doubts: doubts)
    if best.map({ attempt.weight < $0.weight }) ?? true { best = attempt }
    guard let kept = best, kept.weight > 0, tries < request.retries else {
      keep()
      return
    }
    tries += 1
  }

  private func keep() {
    guard let maker, let best else { return }
    desk.learn(
      best.sentences, doubts: best.doubts, sound: best.sound, voice: maker.task.voiceKey,
      speed: maker.task.speech.speed)
    do throws(SinkError) {
      try maker.add(
        best.sound, words: best.words, sentences: Array(zip(best.sentences, best.doubts)))
      desk.inbox.post(
        .progress(
          seconds: Double(best.sound.samples.count) / Double(max(1, best.sound.rate)),
          characters: maker.task.takes[index].range.count))
      (index, tries, self.best) = (index + 1, 0, nil)
    } catch {
      fail(UserError(telling: error))
    }
  }

  /// The words with their places in what is said and in the sound of the take.
  private func placed(_ take: Take, count: Int) -> [SoundTimeline.Span] {
    words.compactMap { word in
      guard let source = word.source else { return nil }
      let start = source.lowerBound - origin + take.range.lowerBound
      let end = source.upperBound - origin + take.range.lowerBound
      guard start >= take.range.lowerBound, start < end, end <= take.range.upperBound else {
        return nil
      }
      let from = min(max(0, word.samples.lowerBound), count)
      let to = min(max(from, word.samples.upperBound), count)
      // A word that was told and did not sound was not spoken.
      guard from < count else { return nil }
      return SoundTimeline.Span(text: start..<end, samples: from..<to)
    }
  }

  // MARK: The end of an item

  private func fail(_ error: UserError) {
    maker?.abandon()
    end(.failed(error.message))
  }

  private func end(_ outcome: ItemOutcome) {
    guard let maker else { return }
    self.maker = nil
    desk.inbox.post(.ended(index: maker.task.index, outcome))
  }
}

extension ItemTask {
  /// What tells the voice from others.
  fileprivate var voiceKey: String {
    "\(speech.voice?.description ?? "")/\(speech.language ?? "")/\(speech.speed)"
  }
}

extension SessionFailure {
  /// Whether other texts would meet the same: the key or the credit, or nobody there.
  fileprivate var endsEverything: Bool {
    switch self {
    case .service(let failure): failure.kind == .refused || failure.kind == .noCredit
    case .timedOut: false
    }
  }
}
