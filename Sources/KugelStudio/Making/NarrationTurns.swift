import KugelAudio
import KugelClient
import KugelJobs
import KugelNarration
import KugelSession
import KugelText
import KugelWire

/// Drives a run that narrates: each take is a turn, judged when it has ended and made again where it is
/// doubted.
final class NarrationTurns: SpeechInput {
  struct Attempt {
    var sound: (samples: [Int16], rate: Int)
    var words: [SoundTimeline.Span]
    var sentences: [SentenceSound]
    var doubts: [[DoubtKind]]

    /// Sentences that may come better another time.
    var weight: Int { doubts.count { $0.contains { $0 != .overrun } } }
  }

  let request: NarrateRequest
  let desk: NarrationDesk
  /// Of the run under way.
  private(set) var tape = TakeTape()
  /// nil where nobody asks for it.
  let listener: NarrationListener?
  /// Set before the first run.
  var speaker: KnownSpeaker?

  var maker: ItemMaker?
  /// Of the item's takes.
  var index = 0
  var tries = 0
  var best: Attempt?
  /// How much faster than usual the take is spoken, to fit where it belongs.
  var haste = 1.0
  private var current: TurnSettings?
  /// Unicode scalars that were sent before the take, and with it.
  var (origin, sent) = (0, 0)
  private var isSpeaking = false
  private var ending: TurnReport.Ending?
  var words: [Happening.Word] = []
  /// Of the turn under way: where the sound of each chunk ends.
  var chunkEnds: [Int: Int] = [:]
  private var pausedUntil: ContinuousClock.Instant?
  private var isOver = false
  /// The next take is spoken otherwise than a connection can be told that has spoken others: what was set
  /// for those stays set there.
  private(set) var needsConnection = false

  init(_ request: NarrateRequest, _ desk: NarrationDesk) {
    self.request = request
    self.desk = desk
    listener = request.verifies ? NarrationListener() : nil
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
      case .sound(let sound): chunkEnds[sound.chunk] = sound.total
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
      (index, tries, best, haste) = (0, 0, nil, 1)
      do {
        maker = try ItemMaker(task, request, isVerified: understands(task))
      } catch {
        let cause = Self.cause(UserError(telling: error), of: task)
        desk.inbox.post(.ended(index: task.index, .failed(cause)))
      }
    }
  }

  private func speak(_ take: Take) throws -> [SpeechInputEvent] {
    guard let task = maker?.task else { return [] }
    var events: [SpeechInputEvent] = []
    let wanted = try settings(for: take.slot == nil ? task.speech : task.speech.hurried(by: haste))
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
    (words, chunkEnds) = ([], [:])
    _ = tape.take()
    origin = sent
    sent += take.range.count
    isSpeaking = true
    let text = String(scalars: task.said.scalars[take.range])
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

  // MARK: The end of an item

  func fail(_ error: UserError) {
    guard let maker else { return }
    maker.abandon()
    end(.failed(Self.cause(error, of: maker.task)))
  }

  /// By the name that the file would have had.
  private static func cause(_ error: UserError, of task: ItemTask) -> String {
    error.message.replacing(task.part, with: task.file)
  }

  private func end(_ outcome: ItemOutcome) {
    guard let maker else { return }
    self.maker = nil
    desk.inbox.post(.ended(index: maker.task.index, outcome))
  }
}

extension SpeechRequest {
  /// What tells the voice from others.
  var voiceKey: String { "\(voice?.description ?? "")/\(language ?? "")/\(speed)" }
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
