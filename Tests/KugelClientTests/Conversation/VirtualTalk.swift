import KugelConversation
import KugelEngine
import KugelServiceCore
import KugelSession
import KugelText
import KugelWire

/// A whole conversation in virtual time: commands, session, service and tone engine, and a sound
/// device that plays as fast as sound does. Nothing waits, and everything happens at a known moment.
struct VirtualTalk {
  /// How the world around behaves.
  struct World {
    /// From client to service and back, each.
    var lag = Duration.milliseconds(5)
    /// From a job to its first samples, when the engine was idle.
    var thinking = Duration.milliseconds(100)
    /// Seconds of sound made in a second.
    var pace = 20.0
    /// A service that says nothing of a cancel.
    var ignoresCancel = false
    var policy = SessionPolicy()
    /// nil: nothing is played, only recorded.
    var hasDevice = true
    /// No connection can be made.
    var isUnreachable = false
    var wordTimes = true
    /// The service is elsewhere: it has to be asked for its voices, and that takes so long.
    var listing: Duration?
    var listingFails = false
  }

  private enum Coming {
    case toService(ClientFrame)
    case toClient(ServiceMessage)
    case opened
    case lost(ServiceFailure)
    case news(EngineNews, job: Int)
    case voices
  }

  let world: World
  let style: ConversationStyle
  let began = ContinuousClock.now
  private(set) var now: ContinuousClock.Instant
  private(set) var conversation: Conversation
  private(set) var happenings = Happenings()
  private(set) var recorder: EventRecorder
  private(set) var events: [SpeechEvent] = []
  private(set) var answers: [Conversation.Answer] = []
  /// What left the speakers, or went to the file.
  private(set) var heard: [Int16] = []
  private(set) var reports: [TurnReport] = []
  private(set) var isFinished = false
  private(set) var openings = 0
  private(set) var listings = 0
  private(set) var recordings: [String?] = []
  private var session: SpeechSession
  private var service: StreamService?
  private var coming: [(at: ContinuousClock.Instant, order: Int, what: Coming, opening: Int)] = []
  private var order = 0
  private var engineFreeAt: ContinuousClock.Instant
  private var text: LineParser
  private var json: JSONLineParser
  private(set) var isPaused = false
  private(set) var offered = 0
  private var played = 0.0
  private var playedAt: ContinuousClock.Instant
  init(_ style: ConversationStyle = .script, world: World = World()) {
    self.world = world
    self.style = style
    now = began
    engineFreeAt = began
    playedAt = began
    let offer = SettingOffer(
      of: "all",
      SettingKey.ofSession.map {
        $0 == .speed ? SettingTerms($0, .number(0.25...4)) : SettingTerms($0)
      })
    text = LineParser(style: style, offer: offer)
    json = JSONLineParser(offer: offer)
    let isElsewhere = world.listing != nil
    conversation = Conversation(
      Conversation.Setup(
        style: style, voices: isElsewhere ? nil : VoiceCatalogue(ToneEngine().voices),
        takesUnlistedVoices: isElsewhere))
    recorder = EventRecorder(start: began, explain: Self.explain)
    var settings = TurnSettings()
    settings.voice = .id(1)
    settings.wordTimestamps = world.wordTimes ? true : nil
    session = SpeechSession(settings: settings, policy: world.policy)
    apply(.start)
  }

  static let explain: @Sendable (SessionFailure) -> SpeechEvent.Trouble = { failure in
    switch failure {
    case .service(let failure):
      SpeechEvent.Trouble(code: "service", message: failure.cause, exit: 69)
    case .timedOut(let stage, after: _):
      SpeechEvent.Trouble(code: "time-out", message: stage.rawValue, exit: 75)
    }
  }

  // MARK: The user

  mutating func type(_ line: String) {
    let input = style == .json ? json.parse(line) : text.parse(line)
    if let input { give(.input(input)) }
  }

  mutating func type(_ lines: [String]) { for line in lines { type(line) } }

  mutating func give(_ event: Conversation.Event) {
    let actions = conversation.receive(event, in: happenings, at: now)
    perform(actions)
    proceed()
  }

  mutating func interrupt() { give(.interrupt) }

  /// Ends the input and lets everything come to its end.
  mutating func finish() {
    give(.endOfInput)
    advance(.seconds(3600), until: { $0.isFinished })
  }

  // MARK: Time

  mutating func advance(_ time: Duration, until isDone: (VirtualTalk) -> Bool = { _ in false }) {
    let end = now + time
    while !isDone(self), let next = nextMoment, next <= end {
      now = max(now, next)
      step()
    }
    if !isDone(self) { now = max(now, end) }
    position()
  }

  private var nextMoment: ContinuousClock.Instant? {
    [
      coming.map(\.at).min(), session.deadline, service?.deadline,
      conversation.deadline(in: happenings),
    ]
    .compactMap(\.self).min()
  }

  private mutating func step() {
    if let index = coming.indices.min(by: { key($0) < key($1) }), coming[index].at <= now {
      let next = coming.remove(at: index)
      if next.opening == openings { arrive(next.what) }
    }
    if let due = session.deadline, now >= due { apply(.tick) }
    if let due = service?.deadline, now >= due { serve(.tick) }
    if let due = conversation.deadline(in: happenings), now >= due {
      position()
      give(.tick)
    }
    proceed()
  }

  private func key(_ index: Int) -> (ContinuousClock.Instant, Int) {
    (coming[index].at, coming[index].order)
  }

  private mutating func schedule(_ what: Coming, at moment: ContinuousClock.Instant) {
    order += 1
    coming.append((moment, order, what, openings))
  }

  private mutating func arrive(_ what: Coming) {
    switch what {
    case .toService(let frame): serve(.frame(frame))
    case .toClient(let message): apply(.received(message))
    case .opened: apply(.opened)
    case .lost(let failure): apply(.lost(failure))
    case .news(let news, let job): serve(.engine(news, job: job))
    case .voices:
      give(
        .voices(
          world.listingFails
            ? .failure(ConversationProblem("no list")) : .success(ToneEngine().voices)))
    }
  }

  // MARK: The conversation

  private mutating func proceed() {
    while let actions = conversation.next(in: happenings, at: now) { perform(actions) }
  }

  private mutating func perform(_ actions: [Conversation.Action]) {
    for action in actions {
      switch action {
      case .session(let event): apply(event)
      case .reply(let answer): answers.append(answer)
      case .silence: silence()
      case .pause(let pause):
        position()
        isPaused = pause
      case .volume, .go: break
      case .record(let path, let origin):
        recordings.append(path)
        give(.recording(path: path, error: path == "/no/where" ? "no such place" : nil, origin))
      case .listVoices:
        listings += 1
        schedule(.voices, at: now + (world.listing ?? .zero))
      }
    }
  }

  // MARK: The session

  private mutating func apply(_ event: SpeechSession.Event) {
    let actions = session.receive(event, at: now)
    let told = happenings.observe(event, actions, at: now)
    events += recorder.tell(told)
    let replies = conversation.receive(.happened(told), in: happenings, at: now)
    for action in actions { perform(action) }
    perform(replies)
  }

  private mutating func perform(_ action: SpeechSession.Action) {
    switch action {
    case .connect:
      openings += 1
      coming = []
      service = world.isUnreachable ? nil : StreamService(profile: profile)
      schedule(world.isUnreachable ? .lost(.broken) : .opened, at: now + world.lag)
    case .disconnect:
      service = nil
      coming = []
    case .send(let frame): schedule(.toService(frame), at: now + world.lag)
    case .play(let frame, turn: _): play(frame)
    case .turnEnded(let report): reports.append(report)
    case .finished: isFinished = true
    case .turnBegan, .segment, .words, .settingsUpdated, .settingsRefused, .retrying, .resumed,
      .unreachable:
      break
    }
  }

  /// The connection breaks.
  mutating func breakConnection() {
    service = nil
    coming = []
    apply(.lost(.broken))
    proceed()
  }

  // MARK: The service

  private var profile: ServiceProfile {
    var profile = ServiceProfile { reference in
      if case .found(let voice) = ToneEngine().find(reference) { voice.id } else { nil }
    }
    profile.limits.speeds = ToneEngine().speedRange
    return profile
  }

  private mutating func serve(_ event: StreamService.Event) {
    if case .frame(let frame) = event, frame.cancel, world.ignoresCancel { return }
    for action in service?.receive(event, at: now) ?? [] {
      switch action {
      case .send(let frame): schedule(.toClient(frame.message), at: now + world.lag)
      case .synthesise(let job): synthesise(job)
      case .abort:
        coming.removeAll { if case .news = $0.what { true } else { false } }
        engineFreeAt = now
      case .abortContext, .releaseContext, .turnEnded, .close: break
      }
    }
  }

  private mutating func synthesise(_ job: SynthesisJob) {
    var moment = max(engineFreeAt, now)
    schedule(.news(.started, job: job.id), at: moment)
    if engineFreeAt <= now { moment += world.thinking }
    var words: [WordTime] = []
    for piece in VirtualTalk.tone(job.utterance) {
      switch piece {
      case .samples(let samples):
        schedule(.news(.samples(samples), job: job.id), at: moment)
        moment += .seconds(Double(samples.count) / 24_000 / world.pace)
      case .words(let more): words += more
      }
    }
    if !words.isEmpty { schedule(.news(.words(words), job: job.id), at: moment) }
    schedule(.news(.finished, job: job.id), at: moment)
    engineFreeAt = moment
  }

  static func tone(_ utterance: Utterance) -> [SpokenPiece] {
    var pieces: [SpokenPiece] = []
    try? ToneEngine().speak(utterance) { piece in
      pieces.append(piece)
      return true
    }
    return pieces
  }

  static func tone(_ text: String, voice: Int = 1) -> [Int16] {
    tone(Utterance(text: text, voice: voice)).flatMap { piece -> [Int16] in
      if case .samples(let samples) = piece { samples } else { [] }
    }
  }

  // MARK: The device

  private mutating func play(_ frame: AudioFrame) {
    let isDry = catchUp() >= offered
    if world.hasDevice, frame.index > 0, isDry { _ = happenings.ranDry(cushion: .zero, at: now) }
    offered += frame.samples.count
    heard += frame.samples
    position()
  }

  /// - Returns: samples that have been heard.
  @discardableResult private mutating func catchUp() -> Int {
    guard world.hasDevice else { return offered }
    if !isPaused { played += (now - playedAt) / .seconds(1) * 24_000 }
    played = min(played, Double(offered))
    playedAt = now
    return Int(played)
  }

  private mutating func position() {
    let position = catchUp()
    let told = happenings.played(position, at: now)
    events += recorder.tell(told)
    let replies = conversation.receive(.looked(told), in: happenings, at: now)
    perform(replies)
    proceed()
  }

  private mutating func silence() {
    let position = catchUp()
    heard.removeLast(offered - position)
    played = Double(offered)
    let told = happenings.silenced(at: position, now: now)
    events += recorder.tell(told)
    give(.silenced(told))
  }

  // MARK: The record

  /// Forgets what was heard and told so far, once everything was heard; the machines know nothing of it.
  mutating func forget() {
    (events, answers, heard, reports, recordings) = ([], [], [], [], [])
  }

  /// What has to stay as it is however long a conversation goes on.
  var machines: [Any] { [conversation, happenings, session, service as Any, recorder] }

  /// The replies as lines.
  var lines: [String] {
    answers.flatMap { answer in
      answer.reply.lines(turn: answer.turn, line: answer.origin.line, explain: Self.explain)
    }
  }

  /// The replies as JSON lines.
  var jsonLines: [[UInt8]] {
    answers.flatMap { answer in
      answer.reply.bodies(operation: answer.origin.operation, explain: Self.explain).map {
        SpeechEvent(
          $0, time: .zero, turn: answer.turn, line: answer.origin.line, id: answer.origin.id
        ).bytes
      }
    }
  }
}

extension ServiceFailure {
  static var broken: ServiceFailure {
    .closed(code: 1006)
  }
}
