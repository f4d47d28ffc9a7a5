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
    var voices: [Voice] = []
    while voices.count < limit {
      let count = min(100, limit - voices.count)
      let target = kind.codec.voicesTarget(
        at: address, language: language, count: count, offset: voices.count)
      let page = try page(target, language: language, loop: loop)
      voices += page.voices
      let isLast = page.total.map { voices.count >= $0 } ?? (page.voices.count < count)
      if isLast || page.voices.isEmpty { break }
    }
    return Array(voices.prefix(limit))
  }

  /// The ids of its models. Blocks.
  package func models(loop: EventLoop = EventLoop()) throws(ServiceFailure) -> [String] {
    let answer = try fetch(kind.codec.modelsTarget(at: address), loop: loop)
    guard answer.head.status == 200 else {
      throw ServiceFailure(
        status: answer.head.status, headers: answer.head.headers, body: answer.body)
    }
    guard let list = ModelList(body: answer.body) else {
      throw .protocolViolation("something else than a list of models")
    }
    return list.ids
  }

  private func page(
    _ target: String, language: String?, loop: EventLoop
  ) throws(ServiceFailure) -> VoicePage {
    let answer = try fetch(target, loop: loop)
    if [404, 405, 501].contains(answer.head.status), let voices = kind.codec.unlistedVoices {
      return VoicePage(voices: voices, total: voices.count)
    }
    guard answer.head.status == 200 else {
      throw ServiceFailure(
        status: answer.head.status, headers: answer.head.headers, body: answer.body)
    }
    guard let page = kind.codec.voices(answer.body, language: language) else {
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
