import KugelAudio
import KugelServiceCore
import KugelText
import KugelTransport
import KugelWire
import Synchronization

/// One job of a `RequestConnection`: its requests, one after the other, and what comes of them. Reads on the
/// transport's thread, and stops reading while the owner is behind or wants nothing.
final class SpeechExchange: Sendable {
  /// Where requests go, and what all of them have learnt.
  struct Place: Sendable {
    let service: RemoteService
    let codec: any RequestCodec
    let loop: EventLoop
    /// Hz of sound that does not say.
    let rate: Int?
    let form: SharedForm
    let connections: KeptConnections
    let trace: (@Sendable (WireLine) -> Void)?
  }

  struct State {
    /// What is still to be said.
    var runs: ArraySlice<MarkedText.Run> = []
    var exchange: HTTPExchange?
    /// Tells the events of one request from those of another.
    var request = 0
    var reply = Reply.awaited
    var form = SoundForm.samples
    /// What is being said.
    var said = SourcedText()
    /// Of sound that only a library reads.
    var decoder: StreamDecoder?
    /// Samples handed over and not yet taken by the owner.
    var backlog = 0
    var isHeld = false
    var isPaused = false
    var isOver = false
  }

  enum Reply {
    case awaited
    case sound(any SpeechReplyReader)
    case refusal(ResponseHead, body: [UInt8])

    /// The whole of a refusal.
    var told: (head: ResponseHead, body: [UInt8])? {
      if case .refusal(let head, let body) = self { (head, body) } else { nil }
    }
  }

  /// Two and a half seconds at the usual rate.
  private static let mostBacklog = 60_000
  /// For the head of an answer: many make all of the sound first. The session's own patience is shorter.
  private static let patience = Duration.seconds(600)

  let job: SynthesisJob
  let place: Place
  private let news: @Sendable (JobRelay.News) -> Void
  let state = Mutex(State())

  /// - Parameter news: called on either thread, the last news last.
  init(_ job: SynthesisJob, at place: Place, news: @escaping @Sendable (JobRelay.News) -> Void) {
    self.job = job
    self.place = place
    self.news = news
  }

  // MARK: On the owner's thread

  func start() {
    do throws(MarkupError) {
      let text = try SpeechMarkup.parse(
        job.spoken.string, language: job.utterance.language, breaks: job.breaks)
      state.withLock { $0.runs = text.runs[...] }
      proceed()
    } catch {
      end(.failed(.validation(error.description)))
    }
  }

  func hold(_ held: Bool) {
    state.withLock { state in
      state.isHeld = held
      adjust(&state)
    }
  }

  /// The owner has taken so many samples.
  func taken(_ samples: Int) {
    state.withLock { state in
      state.backlog -= samples
      adjust(&state)
    }
  }

  /// Ends it; nothing more is told.
  func close() {
    let exchange = state.withLock { state in
      state.isOver = true
      defer { (state.exchange, state.decoder) = (nil, nil) }
      return state.exchange
    }
    exchange?.cancel()
  }

  // MARK: Requests

  /// Says what is next, or that nothing is.
  func proceed() {
    while true {
      guard let run = state.withLock({ $0.isOver ? nil : $0.runs.first }) else { break }
      switch run {
      case .pause(let milliseconds):
        state.withLock { _ = $0.runs.popFirst() }
        tell(.pause(milliseconds: milliseconds))
      case .speech(let text, let speed):
        guard SentenceSplitter.hasSound(text.string) else {
          state.withLock { _ = $0.runs.popFirst() }
          continue
        }
        return ask(text.through(job.spoken), speed: speed)
      }
    }
    end(.finished)
  }

  private func ask(_ text: SourcedText, speed: Double?) {
    var settings = job.settings
    settings.speed = speed ?? settings.speed
    let form = place.form.best(of: place.codec.forms(settings))
    let message = place.codec.request(
      for: text.string, settings: settings, form: form, at: place.service.address)
    var request = place.service.showing(settings.hints.credential).request(message.target)
    request.method = "POST"
    request.headers.append("content-type", message.contentType)
    request.body = message.body
    request.answerTimeout = Self.patience
    if let name = place.service.capabilities.costHeader { request.wantedHeaders.append(name) }
    if let trace = place.trace { trace(.sent(message.body)) }
    let number = state.withLock { state in
      state.request += 1
      state.reply = .awaited
      state.form = form
      state.said = text
      state.decoder = nil
      return state.request
    }
    tell(.speech)
    let exchange = HTTPExchange(
      request, stallTimeout: Self.patience, over: place.connections, on: place.loop
    ) { [self] event in hear(event, of: number) }
    let isOver = state.withLock { state in
      if state.request == number, !state.isOver {
        state.exchange = exchange
        if state.isPaused { exchange.pauseReceiving() }
      }
      return state.isOver
    }
    if isOver { exchange.cancel() }
  }

  // MARK: On either

  func tell(_ part: JobRelay.News) {
    if !state.withLock({ $0.isOver }) { news(part) }
  }

  func end(_ last: JobRelay.News) {
    let (wasOver, exchange) = state.withLock { state in
      defer { (state.isOver, state.exchange, state.decoder) = (true, nil, nil) }
      return (state.isOver, state.exchange)
    }
    exchange?.cancel()
    if !wasOver { news(last) }
  }

  /// Under the lock, so that the last word is the exchange's too. On its own thread reading is never resumed:
  /// what came then would be told at once.
  func adjust(_ state: inout State) {
    let share = state.isPaused ? 2 : 1
    let isBehind = state.backlog > Self.mostBacklog / share
    let pauses = state.isHeld || isBehind
    guard pauses != state.isPaused, pauses || !place.loop.isCurrent else { return }
    state.isPaused = pauses
    if pauses { state.exchange?.pauseReceiving() } else { state.exchange?.resumeReceiving() }
  }
}
