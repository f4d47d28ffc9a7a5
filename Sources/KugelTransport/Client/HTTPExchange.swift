/// What happens in an HTTP exchange. Exactly one of `finished` and `failed` ends it.
package enum HTTPExchangeEvent: Sendable, Equatable {
  case head(ResponseHead)
  /// The next piece of the body, its transfer coding undone.
  case body([UInt8])
  case finished
  case failed(TransportError)
}

/// One HTTP request and its answer, received as it comes. For use from any thread.
package final class HTTPExchange: Sendable {
  private let transaction: Future<HTTPTransaction>

  /// Begins the exchange. Redirects are answers like others: nobody follows them.
  ///
  /// - Parameters:
  ///   - stallTimeout: how long the body may pause while we read; nil for ever.
  ///   - kept: of this server and loop; nil closes the connection behind the answer.
  ///   - handler: called on the loop's thread.
  package init(
    _ request: ClientRequest, stallTimeout: Duration? = .seconds(60),
    over kept: KeptConnections? = nil, on loop: EventLoop,
    handler: @escaping @Sendable (HTTPExchangeEvent) -> Void
  ) {
    let transaction = Future<HTTPTransaction>(inbox: loop.inbox)
    self.transaction = transaction
    let accepted = loop.inbox.perform { core in
      let made = HTTPTransaction(
        request, stallTimeout: stallTimeout, kept: kept, core: core, handler: handler)
      transaction.fulfil(made)
      made.start()
    }
    if !accepted { handler(.failed(loop.inbox.refusal)) }
  }

  /// Reads no more of the body until `resumeReceiving`; the server notices by flow control.
  package func pauseReceiving() {
    transaction.use { $0.pause() }
  }

  package func resumeReceiving() {
    transaction.use { $0.resume() }
  }

  /// Ends at once, without a further event.
  package func cancel() {
    transaction.use { $0.abandon() }
  }
}

/// A whole answer in memory.
package struct HTTPAnswer: Sendable, Equatable {
  package var head: ResponseHead
  package var body: [UInt8]
}

extension HTTPExchange {
  /// Fetches a whole answer; one longer than `limit` bytes is a violation.
  ///
  /// - Parameter done: called once, on the loop's thread.
  @discardableResult
  package static func fetch(
    _ request: ClientRequest, limit: Int = 16 << 20, on loop: EventLoop,
    done: @escaping @Sendable (Result<HTTPAnswer, TransportError>) -> Void
  ) -> HTTPExchange {
    let inbox = loop.inbox
    let collector = Future<AnswerCollector>(inbox: inbox)
    inbox.perform { _ in collector.fulfil(AnswerCollector(limit: limit, done: done)) }
    return HTTPExchange(request, on: loop) { event in
      // A loop that takes no work makes no collector.
      if case .failed(let error) = event, !inbox.isCurrent { return done(.failure(error)) }
      collector.use { $0.receive(event) }
    }
  }
}

private final class AnswerCollector {
  private let limit: Int
  private var done: ((Result<HTTPAnswer, TransportError>) -> Void)?
  private var answer: HTTPAnswer?

  init(limit: Int, done: @escaping (Result<HTTPAnswer, TransportError>) -> Void) {
    self.limit = limit
    self.done = done
  }

  func receive(_ event: HTTPExchangeEvent) {
    switch event {
    case .head(let head): answer = HTTPAnswer(head: head, body: [])
    case .body(let bytes):
      answer?.body.append(contentsOf: bytes)
      if let answer, answer.body.count > limit {
        finish(.failure(.violation(closeCode: 1009, cause: "an answer over \(limit) bytes")))
      }
    case .finished: if let answer { finish(.success(answer)) }
    case .failed(let error): finish(.failure(error))
    }
  }

  private func finish(_ result: Result<HTTPAnswer, TransportError>) {
    let done = done
    self.done = nil
    done?(result)
  }
}
