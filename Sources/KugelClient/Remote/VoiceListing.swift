import KugelSystem
import KugelText
import KugelTransport
import KugelWire

extension RemoteService {
  /// Its voices, page after page, in its order.
  ///
  /// - Parameters:
  ///   - language: only those that speak it; the service's own filter.
  ///   - limit: at most so many.
  /// - Throws: what was refused or went wrong. Blocks.
  package func voices(
    language: String? = nil, limit: Int = .max, loop: EventLoop = EventLoop()
  ) throws(ServiceFailure) -> [Voice] {
    if dialect == .elevenLabs {
      return try elevenLabsVoices(language: language, limit: limit, loop: loop)
    }
    var voices: [Voice] = []
    while voices.count < limit {
      let size = min(100, limit - voices.count)
      var query = [("limit", "\(size)"), ("offset", "\(voices.count)")]
      if let language { query.append(("language", language)) }
      let page = try page(address.target("/v1/voices", query: query), loop: loop)
      voices += page.voices
      let isLast = page.total.map { voices.count >= $0 } ?? (page.voices.count < size)
      if isLast || page.voices.isEmpty { break }
    }
    return Array(voices.prefix(limit))
  }

  /// All of them come at once, and there is no filter.
  private func elevenLabsVoices(
    language: String?, limit: Int, loop: EventLoop
  ) throws(ServiceFailure) -> [Voice] {
    let answer = try fetch(address.target("/v1/voices"), loop: loop)
    guard answer.head.status == 200 else {
      throw ServiceFailure(
        status: answer.head.status, headers: answer.head.headers, body: answer.body)
    }
    guard let list = ElevenLabsVoices(body: answer.body) else {
      throw .protocolViolation("something else than a list of voices")
    }
    guard let language else { return Array(list.voices.prefix(limit)) }
    return Array(list.voices.filter { $0.languages.contains(language) }.prefix(limit))
  }

  private func page(_ target: String, loop: EventLoop) throws(ServiceFailure) -> VoicePage {
    let answer = try fetch(target, loop: loop)
    guard answer.head.status == 200 else {
      throw ServiceFailure(
        status: answer.head.status, headers: answer.head.headers, body: answer.body)
    }
    guard let page = VoicePage(body: answer.body) else {
      throw .protocolViolation("something else than a list of voices")
    }
    return page
  }

  private func fetch(_ target: String, loop: EventLoop) throws(ServiceFailure) -> HTTPAnswer {
    let answer = Monitor<Result<HTTPAnswer, TransportError>?>(nil)
    let exchange = HTTPExchange.fetch(request(target), on: loop) { result in
      answer.change { $0 = result }
    }
    defer { exchange.cancel() }
    switch answer.wait(for: { $0 }) {
    case .success(let answer): return answer
    case .failure(let error): throw ServiceFailure(error, reaching: address)
    }
  }
}
