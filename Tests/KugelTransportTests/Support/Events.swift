import KugelTransport
import Synchronization

/// What a handler on the loop's thread was told, for a test to await in order.
final class Events<Event: Sendable>: Sendable {
  private let stream: AsyncStream<Event>
  private let continuation: AsyncStream<Event>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream(of: Event.self)
  }

  var handler: @Sendable (Event) -> Void {
    { [continuation] in continuation.yield($0) }
  }

  func next() async -> Event? {
    var iterator = stream.makeAsyncIterator()
    return await iterator.next()
  }

  /// The first event that `matches`, dropping others.
  func first(_ matches: (Event) -> Bool) async -> Event? {
    while let event = await next() {
      if matches(event) { return event }
    }
    return nil
  }
}

extension Events where Event == SocketEvent {
  /// The next event that is not merely `drained`.
  func nextNews() async -> SocketEvent? { await first { $0 != .drained } }

  func nextText() async -> String? {
    while let event = await next() {
      switch event {
      case .text(let bytes): return String(decoding: bytes, as: UTF8.self)
      case .closed, .failed: return nil
      case .opened, .binary, .drained, .pinged: continue
      }
    }
    return nil
  }

  func end() async -> SocketEvent? {
    await first {
      switch $0 {
      case .closed, .failed: true
      case .opened, .text, .binary, .drained, .pinged: false
      }
    }
  }
}

/// A value that a handler needs before it can be made.
final class Holder<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)

  var value: Value? {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }
}
