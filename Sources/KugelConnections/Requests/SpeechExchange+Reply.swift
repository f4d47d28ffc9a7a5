import KugelAudio
import KugelServiceCore
import KugelText
import KugelTransport
import KugelWire

/// What comes of the requests of a job.
extension SpeechExchange {
  private static let longestRefusal = 64 * 1024

  // MARK: On the transport's thread

  func hear(_ event: HTTPExchangeEvent, of request: Int) {
    guard state.withLock({ $0.request == request && !$0.isOver }) else { return }
    switch event {
    case .head(let head): begin(head)
    case .body(let bytes): read(bytes, of: request)
    case .finished: finishBody(of: request)
    case .failed(let error):
      end(.lost(ServiceFailure(error, reaching: place.service.address)))
    }
  }

  private func begin(_ head: ResponseHead) {
    guard (200...299).contains(head.status) else {
      return state.withLock { $0.reply = .refusal(head, body: []) }
    }
    let cost = place.service.capabilities.costHeader.flatMap { head.headers[$0] }
    if let characters = cost.flatMap({ Int($0) }) { tell(.billed(characters: characters)) }
    let sound = SoundHead(
      contentType: head.headers["content-type"],
      rate: head.headers["x-sample-rate"].flatMap { Int($0) }.flatMap {
        AudioFrame.rates.contains($0) ? $0 : nil
      })
    let reader = place.codec.reader(
      sound, form: state.withLock { $0.form }, settings: job.settings,
      rate: place.rate ?? job.settings.sampleRate ?? 24_000)
    state.withLock { $0.reply = .sound(reader) }
  }

  private func read(_ bytes: [UInt8], of request: Int) {
    change(of: request) { state throws(SpeechReplyError) in
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

  private func finishBody(of request: Int) {
    if let (head, body) = state.withLock({ $0.reply.told }) { return refused(head, body) }
    change(of: request) { state throws(SpeechReplyError) in
      guard case .sound(var reader) = state.reply else { return [] }
      state.reply = .awaited
      return try reader.finish()
    }
    if let decoder = state.withLock({ $0.decoder }) {
      decode { () throws(SoundReadError) in try decoder.finish() }
    }
    let isFinished = state.withLock { state in
      guard !state.isOver else { return false }
      (state.exchange, state.decoder) = (nil, nil)
      _ = state.runs.popFirst()
      return true
    }
    if isFinished { proceed() }
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
    let told = ServiceError(httpBody: body, status: head.status)
    // A service says what it does not find.
    let isElsewhere =
      failure.kind == .noSuchPath && told == nil || place.codec.isMissing(status: head.status, told)
    if failure.replayDelay != nil || isElsewhere { return end(.lost(failure)) }
    let error = ServiceError(
      told?.message ?? "HTTP \(head.status)", name: told?.name ?? "", code: head.status,
      requestID: head.headers["x-request-id"])
    end(.failed(error))
  }

  private func change(
    of request: Int, _ body: (inout State) throws(SpeechReplyError) -> [SoundPart]
  ) {
    do throws(SpeechReplyError) {
      let parts = try state.withLock { state throws(SpeechReplyError) in try body(&state) }
      for part in parts {
        if let trace = place.trace { trace(.received(part)) }
        switch part {
        case .samples(let samples, let rate): give(samples, rate: rate)
        case .file(let bytes):
          let decoder = decoder()
          decode { () throws(SoundReadError) in try decoder.take(bytes) }
        case .words(let words): place(words)
        }
      }
    } catch {
      switch error {
      case .refused(let error): end(.failed(error))
      case .malformed(let what): end(.lost(.protocolViolation(what)))
      }
    }
  }

  /// Of what was said, in the text of the job.
  private func place(_ words: [WordTime]) {
    let said = state.withLock { $0.said }
    let placed = words.filter { $0.characterEnd <= said.count }.map { word in
      var word = word
      let source = said.source(of: word.characterStart..<word.characterEnd)
      (word.characterStart, word.characterEnd) = (source.lowerBound, source.upperBound)
      return word
    }
    if !placed.isEmpty { tell(.words(placed)) }
  }

  private func give(_ samples: [Int16], rate: Int) {
    state.withLock { state in
      state.backlog += samples.count
      adjust(&state)
    }
    tell(.samples(samples, rate: rate))
  }

  private func decoder() -> StreamDecoder {
    state.withLock { state in
      let decoder = state.decoder ?? StreamDecoder(rate: job.rate)
      state.decoder = decoder
      return decoder
    }
  }

  private func decode(_ body: () throws(SoundReadError) -> [Int16]) {
    do throws(SoundReadError) {
      let samples = try body()
      if !samples.isEmpty { give(samples, rate: job.rate) }
    } catch {
      end(.lost(.protocolViolation("sound that cannot be read: \(error.cause)")))
    }
  }
}
