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
    let trace: (@Sendable (WireLine) -> Void)?
  }

  private struct State {
    /// What is still to be said.
    var runs: ArraySlice<MarkedText.Run> = []
    var exchange: HTTPExchange?
    /// Tells the events of one request from those of another.
    var request = 0
    var reply = Reply.awaited
    var form = SoundForm.samples
    /// Samples handed over and not yet taken by the owner.
    var backlog = 0
    var isHeld = false
    var isPaused = false
    var isOver = false
  }

  private enum Reply {
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
  private static let longestRefusal = 64 * 1024
  /// For the head of an answer: many make all of the sound first. The session's own patience is shorter.
  private static let patience = Duration.seconds(600)

  private let job: SynthesisJob
  private let place: Place
  private let news: @Sendable (JobRelay.News) -> Void
  private let state = Mutex(State())

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
      Self.adjust(&state)
    }
  }

  /// The owner has taken so many samples.
  func taken(_ samples: Int) {
    state.withLock { state in
      state.backlog -= samples
      Self.adjust(&state)
    }
  }

  /// Ends it; nothing more is told.
  func close() {
    let exchange = state.withLock { state in
      state.isOver = true
      defer { state.exchange = nil }
      return state.exchange
    }
    exchange?.cancel()
  }

  // MARK: Requests

  /// Says what is next, or that nothing is.
  private func proceed() {
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
        return ask(text.string, speed: speed)
      }
    }
    end(.finished)
  }

  private func ask(_ text: String, speed: Double?) {
    var settings = job.settings
    settings.speed = speed ?? settings.speed
    let form = place.form.value
    let message = place.codec.request(
      for: text, settings: settings, form: form, at: place.service.address)
    var request = place.service.request(message.target)
    request.method = "POST"
    request.headers.append("content-type", message.contentType)
    request.body = message.body
    request.answerTimeout = Self.patience
    if let trace = place.trace { trace(.sent(message.body)) }
    let number = state.withLock { state in
      state.request += 1
      state.reply = .awaited
      state.form = form
      return state.request
    }
    let exchange = HTTPExchange(request, stallTimeout: Self.patience, on: place.loop) {
      [self] event in hear(event, of: number)
    }
    let isOver = state.withLock { state in
      if state.request == number, !state.isOver {
        state.exchange = exchange
        if state.isPaused { exchange.pauseReceiving() }
      }
      return state.isOver
    }
    if isOver { exchange.cancel() }
  }

  // MARK: On the transport's thread

  private func hear(_ event: HTTPExchangeEvent, of request: Int) {
    guard state.withLock({ $0.request == request && !$0.isOver }) else { return }
    switch event {
    case .head(let head): begin(head)
    case .body(let bytes): read(bytes)
    case .finished: finishBody()
    case .failed(let error):
      end(.lost(ServiceFailure(error, reaching: place.service.address)))
    }
  }

  private func begin(_ head: ResponseHead) {
    guard (200...299).contains(head.status) else {
      return state.withLock { $0.reply = .refusal(head, body: []) }
    }
    let sound = SoundHead(
      contentType: head.headers["content-type"],
      rate: head.headers["x-sample-rate"].flatMap { Int($0) }.flatMap {
        AudioFrame.rates.contains($0) ? $0 : nil
      })
    let reader = place.codec.reader(sound, rate: place.rate ?? job.settings.sampleRate ?? 24_000)
    state.withLock { $0.reply = .sound(reader) }
  }

  private func read(_ bytes: [UInt8]) {
    change { state throws(SpeechReplyError) in
      switch state.reply {
      case .awaited: return []
      case .sound(var reader):
        state.reply = .awaited
        defer { state.reply = .sound(reader) }
        return try reader.read(bytes)
      case .refusal(let head, let body):
        let room = Self.longestRefusal - body.count
        state.reply = .refusal(head, body: body + bytes.prefix(max(0, room)))
        return []
      }
    }
  }

  private func finishBody() {
    if let (head, body) = state.withLock({ $0.reply.told }) { return refused(head, body) }
    change { state throws(SpeechReplyError) in
      guard case .sound(var reader) = state.reply else { return [] }
      state.reply = .awaited
      return try reader.finish()
    }
    state.withLock { state in
      _ = state.runs.popFirst()
      state.exchange = nil
    }
    proceed()
  }

  /// What can be mended by asking otherwise is asked again; what may pass is for the session to decide.
  private func refused(_ head: ResponseHead, _ body: [UInt8]) {
    if let trace = place.trace { trace(.received("HTTP \(head.status)", body)) }
    let form = state.withLock { $0.form }
    if place.codec.refuses(form, status: head.status, body: body) {
      place.form.giveUp(form)
      return proceed()
    }
    let failure = ServiceFailure(status: head.status, headers: head.headers, body: body)
    if failure.replayDelay != nil { return end(.lost(failure)) }
    let told = ServiceError(httpBody: body, status: head.status)
    let error = ServiceError(
      told?.message ?? "HTTP \(head.status)", name: told?.name ?? "", code: head.status,
      requestID: head.headers["x-request-id"])
    end(.failed(error))
  }

  private func change(
    _ body: (inout State) throws(SpeechReplyError) -> [SoundPart]
  ) {
    do throws(SpeechReplyError) {
      let parts = try state.withLock { state throws(SpeechReplyError) in
        let parts = try body(&state)
        for part in parts { state.backlog += part.samples }
        Self.adjust(&state)
        return parts
      }
      for part in parts {
        if let trace = place.trace { trace(.received(part)) }
        tell(.part(part))
      }
    } catch {
      switch error {
      case .refused(let error): end(.failed(error))
      case .malformed(let what): end(.lost(.protocolViolation(what)))
      }
    }
  }

  private func tell(_ part: JobRelay.News) {
    if !state.withLock({ $0.isOver }) { news(part) }
  }

  private func end(_ last: JobRelay.News) {
    let (wasOver, exchange) = state.withLock { state in
      defer { (state.isOver, state.exchange) = (true, nil) }
      return (state.isOver, state.exchange)
    }
    exchange?.cancel()
    if !wasOver { news(last) }
  }

  /// Under the lock, so that the last word is the exchange's too.
  private static func adjust(_ state: inout State) {
    let isBehind = state.backlog > (state.isPaused ? mostBacklog / 2 : mostBacklog)
    let pauses = state.isHeld || isBehind
    guard pauses != state.isPaused else { return }
    state.isPaused = pauses
    if pauses { state.exchange?.pauseReceiving() } else { state.exchange?.resumeReceiving() }
  }
}

extension SoundPart {
  /// Samples that are handed over, as far as that is known.
  var samples: Int {
    switch self {
    case .samples(let samples, _): samples.count
    case .file: 0
    }
  }
}

/// How sound is asked for, as far as refusals have taught it.
final class SharedForm: Sendable {
  private let form = Mutex(SoundForm.samples)

  var value: SoundForm { form.withLock { $0 } }

  func giveUp(_ refused: SoundForm) { form.withLock { $0 = refused == .samples ? .wave : $0 } }
}
