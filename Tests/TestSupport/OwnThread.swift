import KugelSystem

/// Work that did not end in its time.
package struct Overdue: Error, CustomStringConvertible {
  package let description: String
}

/// Does work that blocks its thread on a thread of its own: of the pool that all tests share there are
/// as many threads as processors, and whoever blocks one keeps the others from running.
///
/// - Throws: `Overdue` when it has not ended after `limit`, so that what hangs fails; and whatever the
///   work throws. Work that is overdue is left to itself.
package func onOwnThread<Success: Sendable>(
  within limit: Duration = .seconds(120), _ work: @escaping @Sendable () throws -> Success
) async throws -> Success {
  let outcome = Monitor<Result<Success, any Error>?>(nil)
  let ended = try WakePipe()
  _ = try Thread(name: "test") {
    let result = Result { try work() }
    outcome.change { $0 = result }
    ended.ring()
  }
  let deadline = ContinuousClock.now + limit
  try await withCheckedThrowingContinuation { (waiter: CheckedContinuation<Void, any Error>) in
    do {
      _ = try Thread(name: "test-wait") {
        _ = Poller.wait(for: [ended.descriptor], until: deadline)
        waiter.resume()
      }
    } catch {
      waiter.resume(throwing: error)
    }
  }
  guard let result = outcome.withLock({ $0 }) else {
    throw Overdue(description: "it has not ended after \(limit)")
  }
  return try result.get()
}
