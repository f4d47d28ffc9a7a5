import KugelAudio
import KugelService
import KugelServiceCore
import KugelTransport
import KugelWire

/// A service that takes each text in a request of its own. Turns, contexts and sentences are the business
/// of a service core in this process; only its jobs go elsewhere, a few at a time.
package final class RequestConnection: SpeechConnection {
  private let service: RemoteService
  private let codec: any RequestCodec
  private let endpoint: Endpoint
  private let place: SpeechExchange.Place
  private let news: @Sendable (ConnectionNews) -> Void
  package var deliver: (LinkEvent) -> Void = { _ in }

  private var driver: ServiceDriver?
  private var opening = 0
  private var relay: JobRelay
  private var exchanges: [Int: SpeechExchange] = [:]
  private var sounds: [Int: JobSound] = [:]
  private var bills = Bills()
  private var isPumping = false

  /// - Parameters:
  ///   - codec: of the service's protocol.
  ///   - endpoint: `.multi` for contexts; else turns.
  ///   - rate: Hz of sound that does not say; nil: as the turn's settings have it.
  ///   - trace: called on either thread.
  ///   - news: called on the transport's thread; brings the news to the owner's, which hands them to
  ///     `receive`.
  package init(
    _ service: RemoteService, _ codec: any RequestCodec, endpoint: Endpoint = .stream,
    rate: Int? = nil, loop: EventLoop = EventLoop(),
    trace: (@Sendable (WireLine) -> Void)? = nil,
    news: @escaping @Sendable (ConnectionNews) -> Void
  ) {
    self.service = service
    self.codec = codec
    self.endpoint = endpoint
    self.news = news
    place = SpeechExchange.Place(
      service: service, codec: codec, loop: loop, rate: rate, form: SharedForm(),
      connections: KeptConnections(on: loop), trace: trace)
    relay = JobRelay(limit: service.capabilities.requestsAtOnce)
  }

  package var deadline: ContinuousClock.Instant? { driver?.deadline }

  /// There is nothing to connect: each request does so itself.
  package func open() {
    close()
    let profile = ServiceProfile(ofRequestsTo: service.capabilities)
    let core: any ServiceCore =
      endpoint == .multi ? MultiService(profile: profile) : StreamService(profile: profile)
    let made = ServiceDriver(core: core)
    made.start(with: RequestJobs(of: self), for: self)
    driver = made
    var usual = ClientFrame()
    usual.settings.chunkLengthSchedule =
      endpoint == .tts ? [service.capabilities.charactersPerTurn] : service.capabilities.schedule
    if !usual.settings.isEmpty { made.receive(.frame(usual)) }
    deliver(.opened)
  }

  package func send(_ frame: ClientFrame) {
    driver?.receive(.frame(frame))
    pump()
  }

  package func receive(_ news: ConnectionNews) {
    guard news.opening == opening, case .request(let part, let job) = news.content else { return }
    relay.hear(part, of: job)
    pump()
  }

  package func tick(at now: ContinuousClock.Instant) {
    driver?.receive(.tick, at: now)
    pump()
  }

  package func close() {
    // News that are still on their way are of no opening any more.
    opening += 1
    abortAll()
    driver = nil
  }

  // MARK: The way of the news

  /// Begins what can be begun, and tells what can be told.
  private func pump() {
    // Whoever is told may send, and that pumps too.
    guard !isPumping else { return }
    isPumping = true
    defer { isPumping = false }
    // Nothing of the relay is held while a step is taken: whoever hears of it may submit and forget.
    while let step = relay.next() {
      switch step {
      case .begin(let job): begin(job)
      case .tell(let news, let job): tell(news, of: job)
      }
    }
  }

  private func begin(_ job: SynthesisJob) {
    let exchange = SpeechExchange(job, at: place) { [news, opening] part in
      news(ConnectionNews(.request(part, job: job.id), opening: opening, at: .now))
    }
    exchanges[job.id] = exchange
    sounds[job.id] = JobSound(job)
    exchange.start()
  }

  private func tell(_ news: JobRelay.News, of job: SynthesisJob) {
    let report = { [driver] (news: EngineNews) in
      if case .samples(let samples) = news, samples.isEmpty { return }
      driver?.receive(.engine(news, job: job.id))
    }
    switch news {
    case .started: report(.started)
    case .samples(let more, let rate):
      exchanges[job.id]?.taken(more.count)
      guard let samples = sounds[job.id]?.take(more, rate: rate) else {
        end(job.id)
        return report(.failed(ServiceError("sound that cannot be read", name: "", code: 0)))
      }
      report(.samples(samples))
    case .speech: sounds[job.id]?.beginSpeech()
    case .billed(let characters): bills.add(characters, of: job.context)
    case .words(let words): report(.words(sounds[job.id]?.moved(words) ?? []))
    case .pause(let milliseconds): report(.samples(sounds[job.id]?.pause(milliseconds) ?? []))
    case .finished:
      let (samples, words) = sounds[job.id]?.finish() ?? ([], [])
      end(job.id)
      report(.samples(samples))
      if !words.isEmpty { report(.words(words)) }
      report(.finished)
    case .failed(let error):
      end(job.id)
      report(.failed(error))
    case .lost(let failure):
      close()
      deliver(.lost(failure))
    }
  }

  private func end(_ job: Int) {
    exchanges.removeValue(forKey: job)?.close()
    sounds[job] = nil
  }
}

// What the core has done elsewhere.
extension RequestConnection {
  package func hold(_ held: Bool) {
    relay.isHeld = held
    for exchange in exchanges.values { exchange.hold(held) }
    pump()
  }

  fileprivate func submit(_ job: SynthesisJob) { relay.submit(job) }

  fileprivate func abortAll() { for job in relay.forgetAll() { end(job) } }

  fileprivate func abort(_ context: String?) { for job in relay.forget(context) { end(job) } }
}

/// The connection as its driver has it, which it also owns.
private final class RequestJobs: JobPerformer {
  private weak var connection: RequestConnection?

  init(of connection: RequestConnection) { self.connection = connection }

  func submit(_ job: SynthesisJob) { connection?.submit(job) }
  func abortAll() { connection?.abortAll() }
  func abort(_ context: String?) { connection?.abort(context) }
  func hold(_ held: Bool) { connection?.hold(held) }
  /// `close` has done so, and another driver may be at work.
  func giveUp() {}
}

// What the core says, to the session in the same process.
extension RequestConnection: ServiceOutput {
  package func tell(_ frame: ServiceFrame, at now: ContinuousClock.Instant) {
    var frame = frame
    // What the core took its own watch for is not what the service says.
    if case .chunkComplete(let chunk, let seconds, _) = frame.message {
      frame.message = .chunkComplete(
        chunk: chunk, audioSeconds: seconds, generationMilliseconds: 0)
    }
    bills.note(&frame)
    deliver(.received(frame))
  }

  package func hangUp(code: UInt16, reason: String, at now: ContinuousClock.Instant) {
    deliver(.lost(.closed(code: code, reason: reason)))
  }
}

extension ServiceProfile {
  /// What a core insists on whose jobs go to such services: they judge voices and models themselves, and
  /// tell nothing of what was spent.
  fileprivate init(ofRequestsTo service: ServiceCapabilities) {
    self.init { _ in 0 }
    limits.speeds = service.settings.speeds ?? limits.speeds
    limits.takesAnyLanguage = true
    limits.takesAnyModel = true
    limits.sampleRates = service.settings[.sampleRate]?.kind.choices ?? limits.sampleRates
    contextLimit = service.contexts
    charactersPerTurn = service.charactersPerTurn
    reportsUsage = false
    // Who writes slowly is waited for; a turn ends when that is said.
    idleTimeout = .seconds(86_400)
  }
}
