import KugelServiceCore
import KugelSession
import KugelWire
import TestSupport

@testable import KugelAudio

/// A client, a service, an engine, a network and a sound card on one clock that nobody waits for: hours
/// pass in seconds.
struct SimulatedDay {
  /// What a day came to.
  struct Tally: Equatable {
    var turns = 0
    var complete = 0
    var cancelled = 0
    var failed = 0
    var losses = 0
    var resumed = 0
    var samples = 0
  }

  private let start = ContinuousClock.now
  private var now: Duration = .zero
  private var random: SeededGenerator
  private var user: SimulatedUser
  private var session: SpeechSession
  private var decoder = ServiceDecoder.ofTurns(Self.voiced)
  private var service: StreamService?
  private var engine = SimulatedEngine()
  private(set) var device = SimulatedDevice()
  private var (upward, downward) = (SimulatedWire(), SimulatedWire())
  private var isSending = false
  /// When a connection under way is open.
  private var opening: Duration?
  private var nextLoss: Duration
  private var isUserDone = false
  private var isOver = false

  /// Of the turn under way.
  private var expected = ""
  private var heard: [Int16] = []
  private var lastTurn = 0
  private(set) var tally = Tally()
  private(set) var troubles: [String] = []
  /// Of the machines between turns.
  private(set) var sizes: [Int] = []

  private static let voiced: TurnSettings = {
    var settings = TurnSettings()
    settings.voice = .id(7)
    return settings
  }()

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    user = SimulatedUser(seed: seed &+ 1)
    var policy = SessionPolicy()
    policy.retries = 5
    session = SpeechSession(settings: Self.voiced, policy: policy)
    nextLoss = .seconds(60)
  }

  /// Lets time pass up to `end`, then ends what is under way.
  mutating func run(until end: Duration, each hour: (SimulatedDay) -> Void = { _ in }) {
    var nextHour = Duration.seconds(3600)
    user.plan(at: now)
    while !isOver, troubles.count < 10 {
      let moments = [
        session.deadline.map { $0 - start }, service?.deadline.map { $0 - start }, engine.due,
        upward.due, downward.due, opening, device.due, user.due, nextLoss,
      ]
      guard let next = moments.compactMap(\.self).min() else { break }
      now = max(now, next)
      step()
      if now >= nextHour {
        hour(self)
        nextHour += .seconds(3600)
      }
      // A turn is waited for, but not for ever.
      if user.due == nil, !session.isBusy {
        sizes.append(stateSize(session) + stateSize(service as Any) + stateSize(device.plan))
        now >= end ? finish() : user.plan(at: now)
      }
      if now > end + .seconds(600) {
        troubles.append("it does not end")
        return
      }
    }
    device.finish(at: now)
    while let due = device.due, !device.isDrained, due < end + .seconds(700) {
      now = max(now, due)
      device.look(at: now)
    }
  }

  private mutating func finish() {
    guard !isUserDone else { return }
    isUserDone = true
    tell(.finish)
  }

  private mutating func step() {
    if let act = user.next(at: now) { perform(act) }
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
    if let due = device.due, due <= now { device.look(at: now) }
  }

  // MARK: The client

  private mutating func perform(_ act: SimulatedUser.Act) {
    switch act {
    case .text(let text):
      expected += text
      tell(.text(text))
    case .endTurn: tell(.endTurn)
    case .cancel where session.isBusy:
      tell(.cancel)
      device.hush(at: now)
    case .cancel: break
    }
  }

  private mutating func tell(_ event: SpeechSession.Event) {
    for action in session.receive(event, at: start + now) { perform(action) }
  }

  private mutating func perform(_ action: SpeechSession.Action) {
    switch action {
    case .connect: opening = now + delay
    case .disconnect: hangUp()
    case .send(let frame):
      if let bytes = KugelCodec.encode(frame, at: .stream) {
        upward.send(bytes, at: now, taking: delay)
      }
    case .play(let frame, let turn):
      if turn != lastTurn + 1 { troubles.append("audio of turn \(turn) in \(lastTurn + 1)") }
      heard += frame.samples
      tally.samples += frame.samples.count
      device.arrive(frame.samples.count, at: now)
    case .turnEnded(let report): end(report)
    case .resumed: tally.resumed += 1
    case .finished: isOver = true
    case .unreachable(let failure): if isUserDone { troubles.append("\(failure)") }
    case .turnBegan, .segment, .words, .settingsUpdated, .settingsRefused, .retrying: break
    }
  }

  private mutating func end(_ report: TurnReport) {
    if report.turn != lastTurn + 1 {
      troubles.append("turn \(report.turn) ended after turn \(lastTurn)")
    }
    lastTurn = report.turn
    tally.turns += 1
    let all = expected.split(whereSeparator: \.isWhitespace).flatMap(SimulatedEngine.samples)
    switch report.ending {
    case .complete, .empty:
      tally.complete += 1
      if heard != all {
        troubles.append(
          "turn \(report.turn) at \(now): \(heard.count) samples, not \(all.count): \(expected)")
      }
    case .cancelled:
      tally.cancelled += 1
      if !all.starts(with: heard) {
        troubles.append("turn \(report.turn) at \(now): not the beginning of: \(expected)")
      }
    case .failed(let failure):
      tally.failed += 1
      troubles.append("turn \(report.turn) at \(now): \(failure)")
    }
    (expected, heard) = ("", [])
    device.endTurn(at: now)
  }

  private mutating func arriveAtClient(_ bytes: [UInt8]) {
    let frames: [ServiceFrame] =
      switch decoder.decode(bytes) {
      case .frame(let frame): [frame]
      case .frames(let frames): frames
      case .greeting, .unknown, .malformed: []
      }
    if frames.isEmpty { troubles.append("unreadable: \(String(decoding: bytes, as: UTF8.self))") }
    for frame in frames { tell(.received(frame.message)) }
  }

  // MARK: The network

  /// Of one message or a connection; now and then a long one.
  private var delay: Duration {
    mutating get {
      let isSlow = Int.random(in: 0..<200, using: &random) == 0
      return .milliseconds(Int.random(in: isSlow ? 200...900 : 2...20, using: &random))
    }
  }

  private mutating func open() {
    opening = nil
    (decoder, engine) = (ServiceDecoder.ofTurns(Self.voiced), SimulatedEngine())
    service = StreamService(profile: ServiceProfile { _ in 1 })
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
      tellService(.frame(try KugelCodec.decodeClientFrame(bytes, at: .stream)))
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
        downward.send(KugelCodec.encode(frame, at: .stream), at: now, taking: delay)
        guard !isSending else { continue }
        isSending = true
        tellService(.sending(true))
      case .synthesise(let job): engine.speak(job, at: now)
      case .abort: engine.abort()
      case .close(let code, _):
        hangUp()
        tell(.lost(.closed(code: code)))
      case .abortContext, .releaseContext, .turnEnded: break
      }
    }
  }
}

extension ServiceDecoder {
  /// As the usual service speaks.
  static func ofTurns(_ settings: TurnSettings) -> ServiceDecoder {
    guard let codec = ServiceProtocol.kugelAudio.socket else {
      preconditionFailure("turns travel over a socket")
    }
    return ServiceDecoder(codec, settings: settings)
  }
}
