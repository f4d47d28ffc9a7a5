import KugelServiceCore
import KugelSession
import KugelWire
import TestSupport

/// Speakers who share one connection, each in contexts of its own, with a service, an engine and a network
/// on one clock that nobody waits for.
struct MultiDay {
  struct Tally: Equatable {
    var turns = 0
    var complete = 0
    var cancelled = 0
    var losses = 0
    var contexts = 0
  }

  private struct Speaker {
    var user: SimulatedUser
    var context = ""
    var isTalking = false
    var expected = ""
    var heard: [Int16] = []
  }

  private let start = ContinuousClock.now
  private var now: Duration = .zero
  private var random: SeededGenerator
  private var speakers: [Speaker]
  private var session: MultiSession
  private var decoder = ServiceDecoder.ofTurns(TurnSettings())
  private var service: MultiService?
  private var engine = SimulatedEngine()
  private var (upward, downward) = (SimulatedWire(), SimulatedWire())
  private var isSending = false
  private var opening: Duration?
  private var nextLoss = Duration.seconds(60)
  private var nextLook = Duration.zero
  private var isOver = false
  private(set) var tally = Tally()
  private(set) var troubles: [String] = []
  /// Of both machines, at times when nobody talks.
  private(set) var sizes: [Int] = []

  init(seed: UInt64, speakers count: Int) {
    random = SeededGenerator(seed: seed)
    speakers = (0..<count).map { Speaker(user: SimulatedUser(seed: seed &+ UInt64($0) &+ 1)) }
    var policy = SessionPolicy()
    policy.retries = 5
    session = MultiSession(policy: policy)
    for index in speakers.indices { beginContext(index) }
  }

  /// Lets time pass up to `end`, then ends what is under way.
  mutating func run(until end: Duration) {
    for index in speakers.indices { speakers[index].user.plan(at: now) }
    while !isOver, troubles.count < 10 {
      let moments =
        [
          session.deadline.map { $0 - start }, service?.deadline.map { $0 - start }, engine.due,
          upward.due, downward.due, opening, nextLoss,
        ] + speakers.map(\.user.due)
      guard let next = moments.compactMap(\.self).min() else { break }
      now = max(now, next)
      step()
      let isQuiet = !session.isBusy
      if isQuiet, now >= nextLook {
        sizes.append(stateSize(session) + stateSize(service as Any))
        nextLook = now + .seconds(20)
      }
      guard now < end else {
        if isQuiet, speakers.allSatisfy({ $0.user.due == nil }) { tell(.finish) }
        if now > end + .seconds(600) { troubles.append("it does not end") }
        if troubles.last == "it does not end" { return }
        continue
      }
      for index in speakers.indices
      where !speakers[index].isTalking && speakers[index].user.due == nil {
        if Int.random(in: 0..<8, using: &random) == 0 { beginContext(index) }
        speakers[index].user.plan(at: now)
      }
    }
  }

  private mutating func step() {
    for index in speakers.indices {
      while let act = speakers[index].user.next(at: now) { perform(act, index) }
    }
    if let opening, opening <= now { open() }
    if nextLoss <= now { lose() }
    while let bytes = upward.receive(at: now) { arriveAtService(bytes) }
    while let (news, job) = engine.next(at: now) { tellService(.engine(news, job: job)) }
    if let due = service?.deadline, due - start <= now { tellService(.tick) }
    while let bytes = downward.receive(at: now) { arriveAtClient(bytes) }
    if isSending, downward.isEmpty {
      isSending = false
      tellService(.sending(false))
    }
    if let due = session.deadline, due - start <= now { tell(.tick) }
  }

  // MARK: The client

  /// The next of the speaker's few names; the context before is needed no more.
  private mutating func beginContext(_ index: Int) {
    let old = speakers[index].context
    if !old.isEmpty { tell(.close(context: old)) }
    tally.contexts += 1
    speakers[index].context = "speaker-\(index)-\(tally.contexts % 3)"
    var settings = TurnSettings()
    settings.voice = .id(index + 1)
    tell(.open(speakers[index].context, settings))
  }

  private mutating func perform(_ act: SimulatedUser.Act, _ index: Int) {
    let context = speakers[index].context
    switch act {
    case .text(let text):
      speakers[index].expected += text
      speakers[index].isTalking = true
      tell(.text(text, context: context))
    case .endTurn: tell(.endTurn(context: context))
    case .cancel: if speakers[index].isTalking { tell(.cancel(context: context)) }
    }
  }

  private mutating func tell(_ event: MultiSession.Event) {
    for action in session.receive(event, at: start + now) { perform(action) }
  }

  private mutating func perform(_ action: MultiSession.Action) {
    switch action {
    case .connect: opening = now + delay
    case .disconnect: hangUp()
    case .send(let frame):
      if let bytes = KugelCodec.encode(frame, at: .multi) {
        upward.send(bytes, at: now, taking: delay)
      }
    case .play(let frame, turn: _, let context):
      guard let index = index(of: context) else {
        return troubles.append("sound of \(context), which nobody speaks in")
      }
      speakers[index].heard += frame.samples
    case .turnEnded(let report, let context): end(report, context)
    case .finished: isOver = true
    case .unreachable(let failure): troubles.append("\(failure)")
    case .settingsRefused(let error): troubles.append("refused: \(error)")
    case .turnBegan, .segment, .words, .resumed, .contextClosed, .settingsUpdated, .retrying: break
    }
  }

  private func index(of context: String) -> Int? {
    speakers.firstIndex { $0.context == context }
  }

  private mutating func end(_ report: TurnReport, _ context: String) {
    guard let index = index(of: context), speakers[index].isTalking else {
      return troubles.append("turn \(report.turn) of \(context) ended, which nobody speaks in")
    }
    let speaker = speakers[index]
    let all = speaker.expected.split(whereSeparator: \.isWhitespace).flatMap(
      SimulatedEngine.samples)
    tally.turns += 1
    let isRight: Bool
    switch report.ending {
    case .complete, .empty:
      tally.complete += 1
      isRight = speaker.heard == all
    case .cancelled:
      tally.cancelled += 1
      isRight = all.starts(with: speaker.heard)
    case .failed: isRight = false
    }
    if !isRight {
      troubles.append(
        "turn \(report.turn) of \(context) at \(now) \(report.ending): "
          + "\(speaker.heard.count) of \(all.count) samples")
    }
    (speakers[index].expected, speakers[index].heard) = ("", [])
    speakers[index].isTalking = false
  }

  private mutating func arriveAtClient(_ bytes: [UInt8]) {
    switch decoder.decode(bytes) {
    case .frame(let frame): tell(.received(frame))
    case .frames(let frames): for frame in frames { tell(.received(frame)) }
    case .greeting, .unknown, .malformed:
      troubles.append("unreadable: \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  // MARK: The network

  private var delay: Duration {
    mutating get { .milliseconds(Int.random(in: 2...20, using: &random)) }
  }

  private mutating func open() {
    opening = nil
    decoder = ServiceDecoder.ofTurns(TurnSettings())
    engine = SimulatedEngine()
    service = MultiService(profile: ServiceProfile { _ in 1 })
    tell(.opened)
  }

  private mutating func hangUp() {
    opening = nil
    upward.cut()
    downward.cut()
    tellService(.disconnected)
    engine.abort()
    (service, isSending) = (nil, false)
  }

  private mutating func lose() {
    nextLoss = now + .seconds(Int.random(in: 5...400, using: &random))
    guard service != nil || opening != nil else { return }
    tally.losses += 1
    hangUp()
    tell(.lost(.closed(code: [1006, 1012, nil].randomElement(using: &random) ?? nil)))
  }

  // MARK: The service

  private mutating func arriveAtService(_ bytes: [UInt8]) {
    do {
      tellService(.frame(try KugelCodec.decodeClientFrame(bytes, at: .multi)))
    } catch {
      troubles.append("refused: \(String(decoding: bytes, as: UTF8.self)): \(error.message)")
    }
  }

  private mutating func tellService(_ event: ServiceEvent) {
    let moment = start + now
    let actions = service?.receive(event, at: moment) ?? []
    for action in actions {
      switch action {
      case .send(let frame):
        downward.send(KugelCodec.encode(frame, at: .multi), at: now, taking: delay)
        guard !isSending else { continue }
        isSending = true
        tellService(.sending(true))
      case .synthesise(let job): engine.speak(job, at: now)
      case .abort: engine.abort()
      case .abortContext(let name): engine.abort(name)
      case .close(let code, _):
        hangUp()
        tell(.lost(.closed(code: code)))
      case .releaseContext, .turnEnded: break
      }
    }
  }
}
